import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { answerHelp } from './lib/usage.ts'

/**
 * Far from Cloudflare's own limit (3 MB on the free plan), near enough to show what came along by mistake. What
 * users feel is guarded by the bench: the start's CPU and that of an answer, beside the floor's. Of it the words that
 * tell wishes from talk in thirty languages are 38 KB, the tables of endpoints 28 KB, zod 11 KB.
 */
const LIMIT_BYTES = 250 * 1024

answerHelp(`npm run size

Says how large dist/index.js is, and fails when it has outgrown its limit. Build it first: npm run build.`)

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
