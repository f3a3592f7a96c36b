import { isJsonObject } from '../../lib/json.ts'
import type { FieldCheck, PixelLimits } from '../model-spec.ts'
import type { EndpointSchema, SchemaField } from './endpoint-schema.ts'
import { readLengthProse, readMostProse, readNumberProse, readSizeProse } from './read-prose.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Reads an endpoint's own OpenAPI document (fal's platform API, `expand=openapi-3.0`).
 *
 * @param document foreign: nothing in it is believed
 * @returns undefined when it does not describe the endpoint
 */
export function readOpenApi(id: string, document: unknown): EndpointSchema | undefined {
  const paths = child(document, 'paths')
  const components = toObject(child(document, 'components', 'schemas'))
  const input = contentOf(child(paths, `/${id}`, 'post', 'requestBody'))
  if (input === undefined) return undefined
  const result = Object.values(toObject(paths)).find((path) => {
    const schema = contentOf(child(path, 'get', 'responses', '200'))
    return schema !== undefined && !isStatus(resolve(schema, components))
  })
  const output = contentOf(child(result, 'get', 'responses', '200'))
  const { properties, required } = resolve(input, components)
  const needed = new Set(toArray(required))
  return {
    id,
    fields: Object.entries(toObject(properties)).map(([name, schema]) =>
      readField(name, schema, needed.has(name), components),
    ),
    output: Object.keys(toObject(resolve(output, components)['properties'])),
  }
}

function readField(
  name: string,
  schema: unknown,
  required: boolean,
  components: Json,
): SchemaField {
  const own = toObject(schema)
  const all = branchesOf(schema, components, 0)
  const plain = all.find((one) => one['properties'] === undefined) ?? {}
  const description = typeof own['description'] === 'string' ? own['description'] : ''
  const usual = toDefault(own['default'])
  return {
    name,
    type: typeOf(plain, all),
    required,
    ...proseOf(name, description),
    ...limitsOf({ ...plain, ...own }, name, description),
    ...(usual !== undefined && { default: usual }),
    ...choicesOf(all, components, description),
  }
}

/** The values it takes, or those of the object that it takes. */
function choicesOf(
  all: readonly Json[],
  components: Json,
  description: string,
): Pick<SchemaField, 'values' | 'pixels' | 'inside'> {
  const nested = all.find((one) => one['properties'] !== undefined)
  const sides = toObject(nested?.['properties'])
  const isSize = 'width' in sides && 'height' in sides
  const pixels = isSize ? { pixels: pixelsOf(sides, components, description) } : {}
  const values = valuesOf(all)
  if (values.length > 0) return { values, ...pixels }
  const [inside, ...more] = Object.keys(sides)
  if (inside === undefined || more.length > 0) return pixels
  const boxed = valuesOf(branchesOf(sides[inside], components, 0))
  return boxed.length === 0 ? pixels : { values: boxed, inside, ...pixels }
}

const TYPES: readonly FieldCheck['type'][] = ['string', 'number', 'integer', 'boolean', 'array']

function typeOf(plain: Json, all: readonly Json[]): FieldCheck['type'] {
  const known = TYPES.find((type) => type === plain['type'])
  if (known !== undefined) {
    const texts = known === 'array' && !isTextList(plain)
    return texts ? 'any' : known
  }
  if (plain['enum'] !== undefined) return 'string'
  return all.some((one) => one['properties'] !== undefined) ? 'object' : 'any'
}

function isTextList(schema: Json): boolean {
  const items = toObject(schema['items'])
  return items['type'] === 'string' && items['enum'] === undefined
}

/** The alternatives of a schema, references followed, null left out. */
function branchesOf(schema: unknown, components: Json, depth: number): readonly Json[] {
  const own = resolve(schema, components)
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => toArray(own[word]))
  if (parts.length === 0 || depth > MOST_DEPTH) return own['type'] === 'null' ? [] : [own]
  return parts.flatMap((part) => branchesOf(part, components, depth + 1))
}

const MOST_DEPTH = 4

function valuesOf(branches: readonly Json[]): readonly (string | number)[] {
  const all = branches.flatMap((branch) =>
    'const' in branch ? [branch['const']] : toArray(branch['enum']),
  )
  return all.filter((value) => typeof value === 'string' || typeof value === 'number')
}

type Limits = Pick<SchemaField, 'min' | 'max'>

function limitsOf(schema: Json, name: string, description: string): Limits {
  const find = (...words: string[]): number | undefined =>
    words.map((word) => schema[word]).find((value) => typeof value === 'number')
  const least = find('minimum', 'minLength', 'minItems') ?? beside(schema, 'exclusiveMinimum', 1)
  const most = find('maximum', 'maxLength', 'maxItems') ?? beside(schema, 'exclusiveMaximum', -1)
  const said = /(?:image|images)(?:_urls)?$/.test(name) ? readMostProse(description) : undefined
  const max = most ?? said
  return { ...(least !== undefined && { min: least }), ...(max !== undefined && { max }) }
}

/** Steps of numbers that are not whole: near enough to a limit that is itself not allowed. */
const SMALL_STEP = 0.001

/** The first value beside a limit that is not allowed itself. */
function beside(schema: Json, word: string, sign: 1 | -1): number | undefined {
  const limit = schema[word]
  if (typeof limit !== 'number') return undefined
  return limit + sign * (schema['type'] === 'integer' ? 1 : SMALL_STEP)
}

/** Fields that say how long a video is, or how many frames a second it has. */
const TIMES = /^(?:duration|num_frames|number_of_frames|fps|frames_per_second|frame_rate)$/

/** What words say of a number or a prompt; the schema's own limits go before it. */
function proseOf(name: string, description: string): Limits & Pick<SchemaField, 'step'> {
  if (TIMES.test(name)) return readNumberProse(description)
  const max = name === 'prompt' ? readLengthProse(description) : undefined
  return max === undefined ? {} : { max }
}

function pixelsOf(sides: Json, components: Json, description: string): PixelLimits {
  const { max } = limitsOf(resolve(sides['width'], components), 'width', '')
  const said = readSizeProse(description)
  return { ...(max !== undefined && max < ANY_EDGE && { maxEdge: max }), ...said }
}

/** In every `ImageSize` of fal's; it says nothing of the endpoint. */
const ANY_EDGE = 14_142

function toDefault(value: unknown): SchemaField['default'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  const { width, height } = toObject(value)
  return typeof width === 'number' && typeof height === 'number' ? `${width}x${height}` : undefined
}

function isStatus(schema: Json): boolean {
  const properties = toObject(schema['properties'])
  return 'status_url' in properties || 'success' in properties
}

function contentOf(body: unknown): unknown {
  return child(body, 'content', 'application/json', 'schema')
}

const REFERENCE = '#/components/schemas/'

function resolve(schema: unknown, components: Json): Json {
  const own = toObject(schema)
  const reference = own['$ref']
  if (typeof reference !== 'string') return own
  const found = toObject(components[reference.slice(REFERENCE.length)])
  return '$ref' in found ? {} : found
}

function child(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => toObject(at)[key], value)
}

function toObject(value: unknown): Json {
  return isJsonObject(value) ? value : {}
}

function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
