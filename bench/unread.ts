import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The floor with all of our code behind it in a function that nobody calls: what a process takes to read the code,
 * before any of it runs. V8 looks at every function of a module once, and one file cannot put that off; how dear it
 * is beside the rest of a start differs from machine to machine by more than what our code does then.
 *
 * @returns one module's source
 */
export function toUnreadModule(): string {
  const floor = readFileSync(path.join(import.meta.dirname, 'floor-worker.js'), 'utf8')
  const bundle = readFileSync(path.join(import.meta.dirname, '../dist/index.js'), 'utf8')
  const body = bundle.replaceAll(IMPORT, '').replace(EXPORT, '')
  return `${floor}\nglobalThis.unread = async function () {${body}\n}\n`
}

/** What only a module may have at its outermost level. */
const IMPORT = /import\s*\{[^{}]*\}\s*from\s*["']cloudflare:[^"']+["'];?/g
const EXPORT = /export\s*\{[^{}]*\};?\s*$/
