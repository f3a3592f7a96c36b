import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { createEndpoints } from '../simulator/endpoints/endpoints.ts'
import { toOpenApi } from '../simulator/endpoints/openapi-document.ts'
import { inferSpec } from '../src/models/images/infer/infer-spec.ts'
import type { EndpointSchema } from '../src/models/schema/endpoint-schema.ts'
import { readOpenApi } from '../src/models/schema/read-openapi.ts'
import { isVideoSchema } from '../src/models/videos/infer/infer-spec.ts'
import { toTable } from './catalogue/catalogue-rows.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

const root = path.join(import.meta.dirname, '..')
const client = path.join(root, 'node_modules/@fal-ai/client')

/** Where the tables are written. */
export const TABLE_FOLDER = path.join(root, 'src/models/generated')

/** One table: the file's name, what its endpoints give back, and which they are. */
interface Medium {
  readonly name: string
  readonly output: string
  readonly has: (schema: EndpointSchema) => boolean
}

const MEDIA: readonly Medium[] = [
  { name: 'images', output: 'images', has: (schema) => inferSpec(schema).kind === 'image' },
  { name: 'videos', output: 'video', has: isVideoSchema },
]

/** The files by their names, from the client that is installed. */
export function writeCatalogue(): ReadonlyMap<string, string> {
  const types = readFileSync(path.join(client, 'src/types/endpoints.d.ts'))
  const schemas = readSchemas(types.toString())
  return new Map([
    ['source.ts', writeSource(types)],
    ...MEDIA.map((medium) => [`${medium.name}.ts`, writeTable(medium, schemas)] as const),
  ])
}

const HEADING = '// Written by `npm run models:update`; do not change it by hand.\n'

function writeSource(types: Buffer): string {
  const { version } = readVersion(readFileSync(path.join(client, 'package.json'), 'utf8'))
  return [
    HEADING,
    '/** What the tables were made of. */',
    'export const SOURCE = {',
    "  package: '@fal-ai/client',",
    `  version: '${version}',`,
    `  sha256: '${createHash('sha256').update(types).digest('hex')}',`,
    '} as const\n',
  ].join('\n')
}

function writeTable({ output, has }: Medium, schemas: readonly EndpointSchema[]): string {
  const table = toTable(schemas.filter(has))
  return [
    HEADING,
    '/** What every endpoint of the table gives back. */',
    `export const OUTPUT = ['${output}'] as const\n`,
    '/** One input field a line. */',
    `export const FIELDS =\n  ${quote(table.fields)}\n`,
    '/** One endpoint a line, and the numbers of its fields. */',
    `export const ENDPOINTS =\n  ${quote(table.endpoints)}\n`,
  ].join('\n')
}

/** All endpoints among the types, with the limits that fal's documents state. */
function readSchemas(types: string): readonly EndpointSchema[] {
  const endpoints = createEndpoints([])
  const ids = [...types.matchAll(/^ {4}"([^"]+)": \{\n {8}input: /gm)].map(
    (match) => match[1] ?? '',
  )
  return ids.toSorted().map((id) => {
    const found = endpoints.find(id)
    if ('missing' in found) throw new Error(found.missing)
    const schema = readOpenApi(id, toOpenApi(found.endpoint, ''))
    if (schema === undefined) throw new Error(`no schema of ${id}`)
    return schema
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

Writes src/models/generated/, what every image and video endpoint takes in the types of the @fal-ai/client
that is installed, and docs/models.md, the same for people.`)
  for (const [name, text] of writeCatalogue()) {
    const file = path.join(TABLE_FOLDER, name)
    writeFileSync(file, text)
    formatFiles(file)
    console.log(`${path.relative(root, file)}: ${text.length} bytes`)
  }
  // Only now: the page is made of the tables.
  const { PAGE_FILE, writeModelsPage } = await import('./models-page.ts')
  writeFileSync(PAGE_FILE, writeModelsPage())
  formatFiles(PAGE_FILE)
  console.log(path.relative(root, PAGE_FILE))
}
