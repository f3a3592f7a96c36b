import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { createEndpoints } from '../simulator/endpoints/endpoints.ts'
import { toOpenApi } from '../simulator/endpoints/openapi-document.ts'
import { inferSpec } from '../src/models/images/infer/infer-spec.ts'
import type { EndpointSchema } from '../src/models/schema/endpoint-schema.ts'
import { readOpenApi } from '../src/models/schema/read-openapi.ts'
import { SPEECH_FAMILIES } from '../src/models/speech/families/index.ts'
import { inferSpeech } from '../src/models/speech/infer-speech.ts'
import { TRANSCRIPT_FAMILIES } from '../src/models/transcripts/families/index.ts'
import { inferTranscript } from '../src/models/transcripts/infer-transcript.ts'
import { isVideoSchema } from '../src/models/videos/infer/infer-spec.ts'
import { toTables } from './catalogue/catalogue-rows.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

const root = path.join(import.meta.dirname, '..')
const client = path.join(root, 'node_modules/@fal-ai/client')

/** Where the tables are written. */
export const TABLE_FOLDER = path.join(root, 'src/models/generated')

/** One table: the file's name, what its endpoints give back, and which they are. */
interface Medium {
  readonly name: string
  readonly output: readonly string[]
  /** Whether endpoints that give back something else say so in their row. */
  readonly differs?: true
  readonly has: (schema: EndpointSchema) => boolean
}

const MEDIA: readonly Medium[] = [
  { name: 'images', output: ['images'], has: (schema) => inferSpec(schema).kind === 'image' },
  { name: 'videos', output: ['video'], has: isVideoSchema },
  {
    name: 'speech',
    output: ['audio'],
    differs: true,
    has: (schema) => inferSpeech(schema) !== undefined,
  },
  {
    name: 'transcripts',
    output: ['text', 'words'],
    differs: true,
    has: (schema) => inferTranscript(schema) !== undefined,
  },
]

/** The files by their names, from the client that is installed. */
export function writeCatalogue(): ReadonlyMap<string, string> {
  const types = readFileSync(path.join(client, 'src/types/endpoints.d.ts'))
  const schemas = readSchemas(types.toString())
  const { fields, endpoints } = toTables(
    MEDIA.map(({ output, differs, has }) => ({
      schemas: schemas.filter(has).map(withoutCurated),
      usual: differs && output,
    })),
  )
  return new Map([
    ['source.ts', writeSource(types)],
    ['fields.ts', writeFields(fields)],
    ...MEDIA.map(
      (medium, at) => [`${medium.name}.ts`, writeTable(medium, endpoints[at] ?? '')] as const,
    ),
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

function writeFields(fields: string): string {
  return [
    HEADING,
    '/** What the endpoints of all tables take, one input field a line. */',
    `export const FIELDS =\n  ${quote(fields)}\n`,
  ].join('\n')
}

function writeTable({ output, differs }: Medium, endpoints: string): string {
  return [
    HEADING,
    differs
      ? '/** What an endpoint gives back whose row says nothing of it. */'
      : '/** What every endpoint of the table gives back. */',
    `export const OUTPUT = [${output.map((name) => `'${name}'`).join(', ')}] as const\n`,
    '/** One endpoint a line, and the numbers of its fields in `FIELDS`. */',
    `export const ENDPOINTS =\n  ${quote(endpoints)}\n`,
  ].join('\n')
}

/** The fields that curated endpoints with sound pass on, by their ids. */
const CURATED: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ...SPEECH_FAMILIES.flatMap(({ speak, more = [] }) => [speak, ...more]),
    ...TRANSCRIPT_FAMILIES.flatMap(({ transcribe, more = [] }) => [transcribe, ...more]),
  ].map(({ id, fields }) => [id, fields]),
)

/** What its family says of an endpoint, its voices among it, is not said again. */
function withoutCurated(schema: EndpointSchema): EndpointSchema {
  const passed = CURATED.get(schema.id)
  if (passed === undefined) return schema
  return { ...schema, fields: schema.fields.filter(({ name }) => passed.includes(name)) }
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

Writes src/models/generated/, what every endpoint for images, videos and sound takes in the types of the @fal-ai/client
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
