import { startLineProcess } from './line-process.ts'

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
  const node = startLineProcess(process.execPath, ['--input-type=module', '-e', LOOP])
  return {
    run: async (script) => String(await node.ask(script, 'printed')),
    close: () => node.close(),
  }
}
