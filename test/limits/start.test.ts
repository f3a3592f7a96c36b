import path from 'node:path'

import { build, type Metafile } from 'esbuild'
import { expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')
const ENTRY = 'src/worker.ts'

// Bytes of minified code that run before the first answer. Measured: 302,000 of 760,000, of which 51,000 are the
// table of image endpoints; with every medium 739,000.
const MOST_BYTES = 320_000

/** The Worker as wrangler bundles it, and which module imports which. */
async function bundle(): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    metafile: true,
    write: false,
    outfile: 'worker.js',
    logLevel: 'error',
  })
  return metafile
}

/** The modules that run when the Worker is loaded. */
function eagerOf({ inputs }: Metafile): ReadonlySet<string> {
  const eager = new Set<string>()
  const walk = (file: string): void => {
    const input = inputs[file]
    if (input === undefined || eager.has(file)) return
    eager.add(file)
    for (const { path: imported, kind } of input.imports) {
      if (kind !== 'dynamic-import') walk(imported)
    }
  }
  walk(ENTRY)
  return eager
}

test('what is loaded when it is first asked for is not there before', async () => {
  const metafile = await bundle()
  const eager = eagerOf(metafile)
  const later = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ kind }) => kind === 'dynamic-import')
    .map(({ path: imported }) => imported)
  expect(later.length).toBeGreaterThan(10)
  expect(later.filter((file) => eager.has(file))).toEqual([])
})

test('a first image runs less than half of the code', async () => {
  const metafile = await bundle()
  const eager = eagerOf(metafile)
  const written = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  const bytes = written
    .filter(([file]) => eager.has(file))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0)
  process.stdout.write(`code that runs before the first answer: ${bytes} bytes\n`)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
})
