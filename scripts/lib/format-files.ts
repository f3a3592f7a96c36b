import { spawnSync } from 'node:child_process'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '../..')
const OXFMT = path.join(ROOT, 'node_modules/oxfmt/bin/oxfmt')

/**
 * Gives written files the house's format, as `npm run format` would.
 *
 * @throws Error what the formatter says, when it cannot read a file
 */
export function formatFiles(...files: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [OXFMT, ...files], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`oxfmt failed:\n${stderr}`)
}
