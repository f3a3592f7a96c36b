import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { createEndpoints } from '../simulator/endpoints/endpoints.ts'
import { toOpenApi } from '../simulator/endpoints/openapi-document.ts'
import { inferSpec } from '../src/models/images/infer-spec.ts'
import type { EndpointSchema } from '../src/models/schema/endpoint-schema.ts'
import { readOpenApi } from '../src/models/schema/read-openapi.ts'
import { toTable } from './catalogue/catalogue-rows.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

const root = path.join(import.meta.dirname, '..')
const client = path.join(root, 'node_modules/@fal-ai/client')

/** Where the table is written. */
export const TABLE_FILE = path.join(root, 'src/models/generated/endpoint-table.ts')

/** The whole file, from the client that is installed. */
export function writeCatalogue(): string {
  const types = readFileSync(path.join(client, 'src/types/endpoints.d.ts'))
  const { version } = readVersion(readFileSync(path.join(client, 'package.json'), 'utf8'))
  const table = toTable(readImageSchemas(types.toString()))
  return [
    '// Written by `npm run models:update`; do not change it by hand.\n',
    '/** What the table was made of. */',
    'export const SOURCE = {',
    "  package: '@fal-ai/client',",
    `  version: '${version}',`,
    `  sha256: '${createHash('sha256').update(types).digest('hex')}',`,
    '} as const\n',
    '/** One input field a line. */',
    `export const FIELDS =\n  ${quote(table.fields)}\n`,
    '/** One endpoint a line, and the numbers of its fields. */',
    `export const ENDPOINTS =\n  ${quote(table.endpoints)}\n`,
  ].join('\n')
}

/** The image endpoints among the types, with the limits that fal's documents state. */
function readImageSchemas(types: string): readonly EndpointSchema[] {
  const endpoints = createEndpoints([])
  const ids = [...types.matchAll(/^ {4}"([^"]+)": \{\n {8}input: /gm)].map(
    (match) => match[1] ?? '',
  )
  return ids.toSorted().flatMap((id) => {
    const found = endpoints.find(id)
    if ('missing' in found) throw new Error(found.missing)
    const schema = readOpenApi(id, toOpenApi(found.endpoint, ''))
    if (schema === undefined) throw new Error(`no schema of ${id}`)
    return inferSpec(schema).kind === 'image' ? [schema] : []
  })
}

function readVersion(text: string): { readonly version: string } {
  return { version: /"version": "([^"]+)"/.exec(text)?.[1] ?? '' }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
}

if (import.meta.main) {
  answerHelp(`npm run models:update

Writes src/models/generated/endpoint-table.ts, what every image endpoint takes in the types of the
@fal-ai/client that is installed, and docs/models.md, the same for people.`)
  const text = writeCatalogue()
  writeFileSync(TABLE_FILE, text)
  formatFiles(TABLE_FILE)
  console.log(`${path.relative(root, TABLE_FILE)}: ${text.length} bytes`)
  // Only now: the page is made of the table.
  const { PAGE_FILE, writeModelsPage } = await import('./models-page.ts')
  writeFileSync(PAGE_FILE, writeModelsPage())
  formatFiles(PAGE_FILE)
  console.log(path.relative(root, PAGE_FILE))
}
