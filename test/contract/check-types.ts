import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A value as it came over the wire, and the type that it must have. */
export interface Sample {
  readonly name: string
  /** A type that the preamble knows. */
  readonly type: string
  readonly value: unknown
}

const ROOT = path.join(import.meta.dirname, '../..')

/** Longer texts are pictures: their beginning is enough, and the compiler is spared megabytes. */
const MOST_LETTERS = 200

/**
 * Lets the TypeScript compiler itself check values against types: each value is written down as a literal
 * of its type, so that missing fields, wrong types, unknown words and undeclared fields are all errors.
 *
 * @param preamble imports and types
 * @returns what the compiler says of each sample that does not fit, by name
 */
export async function checkTypes(
  preamble: string,
  samples: readonly Sample[],
): Promise<Readonly<Record<string, string>>> {
  // Below the project, so that its packages are found, and where no other check looks.
  const cache = path.join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'contract-'))
  try {
    const lines = samples.map(({ type, value }, index) => {
      return `export const sample${index}: ${type} = ${JSON.stringify(value, shorten)}`
    })
    writeFileSync(path.join(folder, 'samples.ts'), [preamble, ...lines].join('\n'))
    const config = { extends: path.join(ROOT, 'tsconfig.base.json'), files: ['samples.ts'] }
    const options = { lib: ['esnext', 'dom'], types: ['node'], noUnusedLocals: false }
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ ...config, compilerOptions: options }),
    )
    return toFaults(await compile(folder), samples, preamble.split('\n').length)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function shorten(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, MOST_LETTERS) : value
}

async function compile(folder: string): Promise<string> {
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc')
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], (_, output) => {
      resolve(output)
    })
  })
}

function toFaults(
  output: string,
  samples: readonly Sample[],
  before: number,
): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {}
  for (const line of output.split('\n')) {
    const [, at, message] = /samples\.ts\((\d+),\d+\): error (.*)/.exec(line) ?? []
    if (at === undefined) {
      // What is wrong with the preamble, or with the compiler's settings, must not pass for success.
      if (line.startsWith('error')) throw new Error(output)
      continue
    }
    const sample = samples[Number(at) - before - 1]
    if (sample === undefined) throw new Error(output)
    faults[sample.name] ??= message ?? ''
  }
  return faults
}
