import { globSync, statSync } from 'node:fs'
import path from 'node:path'

import { build } from 'vite'

const ROOT = path.join(import.meta.dirname, '..')

/** Builds the page at `/` into `dist/page`, which the Worker serves as static assets. */
export async function buildPage(): Promise<void> {
  const root = path.join(ROOT, 'playground')
  await build({ root, configFile: path.join(root, 'vite.config.ts') })
}

/** Builds the page when it has not been built since it was last changed. */
export async function buildChangedPage(): Promise<void> {
  const times = globSync('playground/**/*.*', { cwd: ROOT }).map(changedAt)
  if (changedAt('dist/page/index.html') < Math.max(...times)) await buildPage()
}

/** Milliseconds since 1970; 0: it is not there. */
function changedAt(file: string): number {
  return statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
