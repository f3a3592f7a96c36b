// The bundle must stay small: a Worker starts in the time its code takes to load.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT_BYTES = 100 * 1024

const bundle = readFileSync(path.join(import.meta.dirname, '../dist/index.js'))
const packed = gzipSync(bundle, { level: 9 }).length
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`
console.log(
  `dist/index.js: ${kilobytes(bundle.length)}, gzip ${kilobytes(packed)} of ${kilobytes(LIMIT_BYTES)}`,
)
if (packed > LIMIT_BYTES) {
  console.error('The bundle is too large.')
  process.exit(1)
}
