import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { minify } from 'vite'

import { buildPage } from './lib/build-page.ts'
import { buildServe } from './lib/build-serve.ts'
import { answerHelp } from './lib/usage.ts'

answerHelp(`npm run build

Builds the page at / into dist/page, the Worker into one file, dist/index.js, that can be pasted into
Cloudflare's dashboard, and what npm run serve needs besides into dist/serve.`)

const root = path.join(import.meta.dirname, '..')
const dist = path.join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
await buildPage()
const built = spawnSync('wrangler', ['deploy', '--dry-run', '--minify', '--outdir', dist], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
  encoding: 'utf8',
  shell: process.platform === 'win32',
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
})
if (built.status !== 0) {
  process.stderr.write(built.stdout)
  process.exit(built.status ?? 1)
}
// wrangler names the bundle after its entry.
rmSync(path.join(dist, 'README.md'), { force: true })
rmSync(path.join(dist, 'worker.js.map'), { force: true })

// wrangler's own minifier writes every letter that is not ASCII as six; this one writes it as it is, and less of
// the wrappers that make modules start late.
const { code: bundle, errors } = await minify(
  'worker.js',
  readFileSync(path.join(dist, 'worker.js'), 'utf8'),
  { module: true },
)
if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
rmSync(path.join(dist, 'worker.js'))
writeFileSync(path.join(dist, 'index.js'), bundle)

const imported = [...bundle.matchAll(/(?:^|[;}\s])import[^'"()]*?from\s*["']([^"']+)["']/g)]
const foreign = imported
  .map((match) => match[1])
  .filter((name) => !/^(cloudflare|node):/.test(name ?? ''))
if (foreign.length > 0)
  throw new Error(`the bundle imports what a Worker does not have: ${foreign.join(', ')}`)
await buildServe()
console.log(`dist/index.js, ${Buffer.byteLength(bundle)} bytes`)
