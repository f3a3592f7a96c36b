import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

const NAMED = process.env['PYTHON_WITH_OPENAI']

/** The Python whose packages hold the official client: the one that is named, or else the usual one. */
export const PYTHON = NAMED ?? 'python3'

const MISSING =
  NAMED === undefined &&
  spawnSync(PYTHON, ['-c', 'import openai'], { stdio: 'ignore' }).status !== 0

/** Why tests with the official client for Python are left out here; undefined where they run. */
export function pythonTestsLeftOut(): string | undefined {
  if (!MISSING) return undefined
  return 'No Python with the package openai: its tests are left out (set PYTHON_WITH_OPENAI; .ci/install-python-client makes one).'
}

/** A Python that has loaded its client, which takes longer than most tests. */
export interface Python {
  /**
   * Runs a piece of code, in which `openai` is the module.
   *
   * @returns what the code assigns to `answer`, as JSON
   * @throws Error what was not caught, with its trace
   */
  run(code: string): Promise<unknown>
  close(): Promise<void>
}

/** One piece a line, and one line of answer for each. */
const LOOP = `
import json, sys, traceback
import openai
for line in sys.stdin:
    names = {"openai": openai}
    try:
        exec(json.loads(line), names)
        print(json.dumps({"answer": names["answer"]}), flush=True)
    except BaseException:
        print(json.dumps({"trace": traceback.format_exc()}), flush=True)
`

/** Starts the Python of this machine that has the official client. */
export function startPython(): Python {
  const child = spawn(PYTHON, ['-c', LOOP], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  return {
    async run(code) {
      child.stdin.write(`${JSON.stringify(code)}\n`)
      const { value, done } = await lines.next()
      if (done === true) throw new Error('Python ended')
      const said: unknown = JSON.parse(value)
      if (typeof said === 'object' && said !== null && 'answer' in said) return said.answer
      throw new Error(JSON.stringify(said).replaceAll(String.raw`\n`, '\n'))
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
