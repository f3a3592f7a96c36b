import { globSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { build } from 'vite'

import { toOpenApi } from '../openapi/openapi.ts'

const ROOT = path.join(import.meta.dirname, '../..')

/** Builds the page at `/` and `/openapi.json` into `dist/page`, which the Worker serves as static assets. */
export async function buildPage(): Promise<void> {
  const root = path.join(ROOT, 'playground')
  await build({ root, configFile: path.join(root, 'vite.config.ts') })
  writeFileSync(path.join(ROOT, 'dist/page/openapi.json'), JSON.stringify(toOpenApi()))
}

/** Builds the page when it has not been built since it was last changed. */
export async function buildChangedPage(): Promise<void> {
  const sources = ['playground/**/*.*', 'src/openai/**/*.ts', 'scripts/openapi/*.ts']
  const times = globSync(sources, { cwd: ROOT }).map(changedAt)
  if (changedAt('dist/page/index.html') < Math.max(...times)) await buildPage()
}

/** Milliseconds since 1970; 0: it is not there. */
function changedAt(file: string): number {
  return statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
