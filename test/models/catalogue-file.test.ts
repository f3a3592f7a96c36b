import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { test } from 'vitest'

import { TABLE_FOLDER, writeCatalogue } from '../../scripts/catalogue.ts'
import { PRICES } from '../../scripts/catalogue/prices.ts'
import { PAGE_FILE, writeModelsPage } from '../../scripts/models-page.ts'
import { SOURCE } from '../../src/models/generated/source.ts'

const client = path.join(import.meta.dirname, '../../node_modules/@fal-ai/client')

test('the tables are of the installed client: `npm run models:update` writes them anew', ({
  expect,
}) => {
  const version = /"version": "([^"]+)"/.exec(readFileSync(`${client}/package.json`, 'utf8'))?.[1]
  const types = readFileSync(`${client}/src/types/endpoints.d.ts`)
  const sha256 = createHash('sha256').update(types).digest('hex')
  expect(SOURCE).toEqual({ package: '@fal-ai/client', version, sha256 })
})

test('nobody changed the tables by hand, and the reader of schemas is the one that wrote them', ({
  expect,
}) => {
  for (const [name, text] of writeCatalogue()) {
    expect(readFileSync(path.join(TABLE_FOLDER, name), 'utf8') === text, name).toBe(true)
  }
})

test('docs/models.md says what the catalogue says', ({ expect }) => {
  expect(plain(readFileSync(PAGE_FILE, 'utf8')) === plain(writeModelsPage())).toBe(true)
})

test('every price is of an endpoint that the page names', ({ expect }) => {
  const page = readFileSync(PAGE_FILE, 'utf8')
  for (const [id, { price }] of Object.entries(PRICES)) {
    const line = page.split('\n').find((one) => one.includes(`\`${id}\``) && one.includes(price))
    expect(line, id).toBeDefined()
  }
})

/** The formatter pads the cells of a table. */
const plain = (page: string): string => page.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

test('they take little of the bundle', ({ expect }) => {
  for (const name of writeCatalogue().keys()) {
    const packed = gzipSync(readFileSync(path.join(TABLE_FOLDER, name)), { level: 9 }).length
    process.stdout.write(`${name}: ${(packed / 1024).toFixed(1)} KB gzip\n`)
    expect(packed, name).toBeLessThan(25 * 1024)
  }
})
