import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

import { buildPage } from './lib/build-page.ts'
import { buildServe } from './lib/build-serve.ts'
import { buildWorker } from './lib/build-worker.ts'
import { answerHelp } from './lib/usage.ts'

answerHelp(`npm run build

Builds the page at / into dist/page, the Worker into one file, dist/index.js, that can be pasted into
Cloudflare's dashboard, and what npm run serve needs besides into dist/serve.`)

const root = path.join(import.meta.dirname, '..')
const dist = path.join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
await buildPage()
await buildWorker()

const bundle = readFileSync(path.join(dist, 'index.js'), 'utf8')
const imported = [...bundle.matchAll(/(?:^|[;}\s])import[^'"()]*?from\s*["']([^"']+)["']/g)]
const foreign = imported
  .map((match) => match[1])
  .filter((name) => !/^(cloudflare|node):/.test(name ?? ''))
if (foreign.length > 0)
  throw new Error(`the bundle imports what a Worker does not have: ${foreign.join(', ')}`)
await buildServe()
console.log(`dist/index.js, ${Buffer.byteLength(bundle)} bytes`)
