import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { aPicture } from '../support/pictures.ts'
import type { Python } from '../support/python.ts'
import type { ScriptRunner } from '../support/script-runner.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { ROOT, type Block } from './page.ts'

/** What a block did. */
export interface Run {
  readonly stdout: string
  /** Where it ran, with the files that it made. */
  readonly folder: string
}

const LIMIT_MS = 30_000
/** A picture as base64 may be in it. */
const OUTPUT_BYTES = 64_000_000

/** Where and against what blocks run. */
export interface Workshop {
  /** Each block gets an empty folder in it. */
  readonly folder: string
  /** The running gateway, for the one in the text. */
  readonly gatewayUrl: string
  readonly node: ScriptRunner
  /** Absent where there is none with the client. */
  readonly python?: Python
}

/** Runs a block of `sh`, `js` or `python`. */
export async function runBlock(
  { language, code }: Block,
  { folder: base, gatewayUrl, node, python }: Workshop,
): Promise<Run> {
  const folder = mkdtempSync(path.join(base, 'block-'))
  const script = code
    .replaceAll('http://localhost:8787', gatewayUrl)
    .replaceAll('https://your-worker.example.workers.dev', gatewayUrl)
    .replaceAll('sk-local', ACCESS_KEY)
    .replaceAll('your access key', ACCESS_KEY)
  // What an earlier block of a page has made.
  if (/[@'"]cat\.png/.test(code)) writeFileSync(path.join(folder, 'cat.png'), await aPicture())
  if (/ data$/m.test(code)) mkdirSync(path.join(folder, 'data/run'), { recursive: true })
  if (language === 'sh') return run('bash', ['-euo', 'pipefail', '-c', script], folder)
  if (language === 'js') {
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
    writeFileSync(path.join(folder, 'block.mjs'), script)
    return { stdout: await node.run({ file: 'block.mjs', folder, env: envIn(folder) }), folder }
  }
  if (language === 'python') {
    if (python === undefined) throw new Error('no Python with the client')
    writeFileSync(path.join(folder, 'block.py'), script)
    return { stdout: await python.runScript('block.py', folder, envIn(folder)), folder }
  }
  throw new Error(`no way to run ${language}`)
}

/** Nothing of the machine's own: no proxy, no keys; curl's settings are in the home folder. */
function envIn(folder: string): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  return { PATH, NODE_COMPILE_CACHE, HOME: folder, NO_PROXY: '*', PYTHONUSERBASE: '' }
}

function run(command: string, args: readonly string[], folder: string): Promise<Run> {
  const env = envIn(folder)
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env, timeout: LIMIT_MS, maxBuffer: OUTPUT_BYTES }
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, folder })
      else reject(new Error(`${error.message}\n${stdout}\n${stderr}`))
    })
  })
}
