import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that is asked in lines of JSON, and answers each with one. */
export interface LineProcess {
  /**
   * @returns what stands in the answer under that name
   * @throws Error the whole answer where nothing does, or that the program has ended
   */
  ask(question: unknown, name: string): Promise<unknown>
  close(): Promise<void>
}

export function startLineProcess(program: string, args: readonly string[]): LineProcess {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  const askNext = async (question: unknown, name: string): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(question)}\n`)
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`${program} ended`)
    const said: unknown = JSON.parse(value)
    if (isRecord(said) && name in said) return said[name]
    throw new Error(JSON.stringify(said).replaceAll(String.raw`\n`, '\n'))
  }
  // It has one standard input, one environment: one question after the other.
  let before: Promise<unknown> = Promise.resolve()
  return {
    ask(question, name) {
      const asking = before.then(() => askNext(question, name))
      before = asking.catch(() => undefined)
      return asking
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
