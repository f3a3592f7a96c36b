// `npm pack` runs this before and after: what is packed runs the gateway, and is not what builds it.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { toPackedPackage } from './lib/packed-package.ts'
import { answerHelp } from './lib/usage.ts'

answerHelp(`npm pack

Builds, and packs what npm run serve needs into fal-openai-worker-VERSION.tgz. Its package.json asks for
workerd alone: everything else is in the bundle. npm runs node scripts/pack.ts before, and with --restore
after.`)

const root = path.join(import.meta.dirname, '..')
const file = path.join(root, 'package.json')
/** Not among the packed files. */
const kept = path.join(root, 'dist/package.json')

if (process.argv.includes('--restore')) {
  if (existsSync(kept)) renameSync(kept, file)
} else {
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/build.ts')], {
    // Standard output is npm's, which may be writing JSON.
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(status ?? 1)
  const whole = readFileSync(file, 'utf8')
  writeFileSync(kept, whole)
  writeFileSync(file, toPackedPackage(whole))
}
