import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { parseAst } from 'vite'
import { vi } from 'vitest'

const SRC = path.join(import.meta.dirname, '../../../src')

/** A regular expression and where in `src/` it is written. */
export interface Expression {
  readonly place: string
  readonly expression: RegExp
}

/** Every file of the Worker's own code. */
function sources(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file))
    .toSorted()
}

/** The expressions that are written out, and how many are put together by `new RegExp`, by file. */
export function findExpressions(): {
  readonly written: readonly Expression[]
  readonly built: ReadonlyMap<string, number>
} {
  const written: Expression[] = []
  const built = new Map<string, number>()
  for (const file of sources()) {
    const text = readFileSync(path.join(SRC, file), 'utf8')
    for (const node of nodesOf(parseAst(text, { lang: 'ts' }))) {
      if (isBuilt(node)) built.set(file, (built.get(file) ?? 0) + 1)
      const { regex, start } = node
      if (typeof regex !== 'object' || regex === null || typeof start !== 'number') continue
      const { pattern, flags } = Object.assign({ pattern: '', flags: '' }, regex)
      const line = text.slice(0, start).split('\n').length
      written.push({ place: `${file}:${line}`, expression: new RegExp(pattern, flags) })
    }
  }
  return { written, built }
}

const ONCE = path.join(SRC, 'lib/once.ts')

/** What the modules of the Worker put together while they are loaded, and once when it is first used. */
export async function findBuilt(): Promise<readonly Expression[]> {
  const found: Expression[] = []
  const late: (() => unknown)[] = []
  const { once } = await import('../../../src/lib/once.ts')
  vi.doMock(ONCE, () => ({
    once(make: () => unknown) {
      const made = once(make)
      late.push(made)
      return made
    },
  }))
  const real = globalThis.RegExp
  globalThis.RegExp = new Proxy(real, {
    construct(target, given: readonly unknown[]) {
      const [pattern, flags] = given
      const text = pattern instanceof real ? pattern.source : String(pattern)
      const expression = new target(text, typeof flags === 'string' ? flags : '')
      const caller = new Error('who calls').stack?.split('\n')[2] ?? ''
      const place = /\/src\/(.+\.ts)/.exec(caller)?.[1]
      if (place !== undefined) found.push({ place, expression })
      return expression
    },
  })
  try {
    for (const file of sources()) {
      // They take a module of the Workers runtime.
      if (file === 'worker.ts' || file === 'ledger/ledger-object.ts') continue
      // Afresh: other tests of the same process have loaded them already.
      await import(`${path.join(SRC, file)}?afresh`)
    }
    for (const make of late) make()
  } finally {
    globalThis.RegExp = real
    vi.doUnmock(ONCE)
  }
  const bySource = found.map((one) => [`${one.place} ${String(one.expression)}`, one] as const)
  return [...new Map(bySource).values()]
}

type Node = Readonly<Record<string, unknown>>

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  const node: Node = { ...value }
  if (typeof node['type'] === 'string') yield node
  for (const inside of Object.values(node)) yield* nodesOf(inside)
}

function isBuilt({ type, callee }: Node): boolean {
  if (type !== 'NewExpression' && type !== 'CallExpression') return false
  return (
    typeof callee === 'object' && callee !== null && 'name' in callee && callee.name === 'RegExp'
  )
}
