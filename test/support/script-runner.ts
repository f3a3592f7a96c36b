import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Where a script lies and runs, and all that it finds in its environment. */
interface Script {
  readonly file: string
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

/** A Node in which scripts share what they import: loading a client takes longer than what they do with it. */
export interface ScriptRunner {
  /**
   * Runs a module as if it had been started by itself.
   *
   * @returns what it printed
   * @throws Error what was not caught
   */
  run(script: Script): Promise<string>
  close(): Promise<void>
}

const LOOP = `
import { createInterface } from 'node:readline'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
const write = process.stdout.write.bind(process.stdout)
let count = 0
for await (const line of createInterface({ input: process.stdin })) {
  const { file, folder, env } = JSON.parse(line)
  process.chdir(folder)
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  let printed = ''
  process.stdout.write = (text) => {
    printed += text
    return true
  }
  let said = {}
  try {
    // What has the same address is not run again.
    await import(pathToFileURL(path.join(folder, file)).href + '?' + (count += 1))
    said = { printed }
  } catch (error) {
    said = { trace: String(error?.stack ?? error) }
  }
  process.stdout.write = write
  write(JSON.stringify(said) + '\\n')
}
`

export function startScriptRunner(): ScriptRunner {
  const args = ['--input-type=module', '-e', LOOP]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  const runNext = async (script: Script): Promise<string> => {
    child.stdin.write(`${JSON.stringify(script)}\n`)
    const { value, done } = await lines.next()
    if (done === true) throw new Error('Node ended')
    const said: unknown = JSON.parse(value)
    if (typeof said === 'object' && said !== null && 'printed' in said) return String(said.printed)
    throw new Error(JSON.stringify(said).replaceAll(String.raw`\n`, '\n'))
  }
  // It has one environment: one script after the other.
  let before: Promise<unknown> = Promise.resolve()
  return {
    run(script) {
      const running = before.then(() => runNext(script))
      before = running.catch(() => undefined)
      return running
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
