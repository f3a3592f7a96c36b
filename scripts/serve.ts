// `npm run serve`: the gateway on this machine in plain workerd, with its ledger on disk; see serve/main.ts.
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { usageOf } from '../serve/usage.ts'
import { answerHelp } from './lib/usage.ts'

answerHelp(usageOf('npm run serve --'))

const ROOT = path.join(import.meta.dirname, '..')
const PROGRAM = path.join(ROOT, 'dist/serve/main.js')

/** What the build reads. */
const SOURCES = [
  'src/**/*.ts',
  'serve/**/*.*',
  'playground/**/*.*',
  'scripts/build.ts',
  'scripts/{lib,openapi}/*.ts',
  'package.json',
  'wrangler.jsonc',
]

const changed = globSync(SOURCES, { cwd: ROOT }).map((file) => changedAt(path.join(ROOT, file)))
if (changedAt(PROGRAM) < Math.max(...changed)) {
  const build = path.join(ROOT, 'scripts/build.ts')
  // Standard output is the gateway's log.
  const { status } = spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
}
await import(pathToFileURL(PROGRAM).href)

/** Milliseconds since 1970; 0: it is not there. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
