import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { toTable } from '../bench/report.ts'
import { readLatest, toSentence } from '../bench/results.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

answerHelp(`npm run docs:performance

Writes what the latest complete run of the bench found into docs/performance.md.`)

const MARKED = /(?<=<!-- results -->\n)[\s\S]*(?=<!-- end of results -->)/

const file = path.join(import.meta.dirname, '../docs/performance.md')
const page = readFileSync(file, 'utf8')
if (!MARKED.test(page)) throw new Error('docs/performance.md has no place for results')
const result = readLatest()
writeFileSync(
  file,
  // Not a text but a function: figures may hold what a replacement would take for its own signs.
  page.replace(MARKED, () => `\n${toSentence(result)}\n\n${toTable(result.figures)}\n`),
)
formatFiles(file)
console.log(`docs/performance.md shows the run of ${result.date}`)
