import type { Endpoint } from '../endpoints/endpoints.ts'
import { resolveSchema, type JsonSchema } from '../endpoints/json-schema.ts'
import { readField } from '../endpoints/validate-input.ts'
import type { JsonObject } from '../json.ts'
import type { PictureFormat, PictureSpec } from '../media/draw-picture.ts'
import type { Picture } from '../media/pictures.ts'
import type { Faults } from '../queue/faults.ts'
import { readByteCount } from '../units.ts'
import { choosePictureSize, type PictureSize } from './picture-size.ts'

export interface OutputRequest {
  readonly endpoint: Endpoint
  readonly input: JsonObject
  readonly prompt: string
  readonly faults: Faults
  readonly source: { readonly bytes: Buffer; readonly size: PictureSize } | undefined
  readonly seconds: number
  /** A stream makes one picture, whatever was asked. */
  readonly onlyOne: boolean
}

/** A model's answer, with the pictures still to be given their URLs. */
export interface ModelOutput {
  readonly pictures: readonly Picture[]
  /** The answer for these URLs, one per picture. */
  withUrls(urls: readonly string[]): JsonObject
}

interface Facts extends OutputRequest {
  readonly seed: number | bigint
  readonly flagged: readonly boolean[]
  readonly forced: { readonly size: boolean; readonly noSize: boolean }
}

/** More than any endpoint makes; keeps a wrong `num_images` from filling the memory. */
const MAX_PICTURES = 64

const BIG_SEED = 196_619_188_014_358_661n

const FORMATS: Readonly<Record<string, PictureFormat>> = {
  png: 'png',
  rgba: 'png',
  alpha: 'png',
  jpeg: 'jpeg',
  jpg: 'jpeg',
  webp: 'webp',
}

function chooseFormat(endpoint: Endpoint, input: JsonObject): PictureFormat {
  const asked = readField(endpoint, input, 'output_format')
  const usual = endpoint.id.includes('sdxl') ? 'jpeg' : 'png'
  return (typeof asked === 'string' ? FORMATS[asked] : undefined) ?? usual
}

function countPictures({ endpoint, input, onlyOne }: OutputRequest): number {
  if (onlyOne || !endpoint.output.properties?.['images']) return 1
  const images = readField(endpoint, input, 'num_images') ?? 1
  const each = readField(endpoint, input, 'max_images') ?? 1
  const count = typeof images === 'number' && typeof each === 'number' ? images * each : 1
  return Math.min(Math.max(1, count), MAX_PICTURES)
}

function chooseSeed(request: OutputRequest): number | bigint {
  if (request.faults.take('big-seed') !== undefined) return BIG_SEED
  const { seed } = request.input
  return typeof seed === 'number' ? seed : Math.floor(Math.random() * 2 ** 31)
}

function chooseFlagged(faults: Faults, count: number): readonly boolean[] {
  const which = faults.take('nsfw')
  const indexes = which === '' ? undefined : (which?.split(',').map(Number) ?? [])
  return Array.from({ length: count }, (_, index) => indexes?.includes(index) ?? true)
}

function drawAll(facts: Facts): readonly Picture[] {
  const { endpoint, input, faults, source, prompt } = facts
  const bytes = readByteCount(faults.take('bytes') ?? '')
  const spec: Omit<PictureSpec, 'index' | 'black'> = {
    ...choosePictureSize(endpoint, input, source?.size),
    format: chooseFormat(endpoint, input),
    prompt,
    seed: `${facts.seed}`,
    ...(source && { source: source.bytes }),
    ...(readField(endpoint, input, 'background') === 'transparent' && { transparent: true }),
  }
  return facts.flagged.map((black, index) => ({
    spec: { ...spec, index, ...(black && { black }) },
    faults,
    bytes,
  }))
}

/** These models leave the size out of their answer, though their types have it. */
const WITHOUT_SIZE = /nano-banana|imagen|gemini|seedream/
/** This one gives nothing but the URL. */
const URL_ONLY = /seedream/

function toImage(facts: Facts, item: JsonSchema, spec: PictureSpec, url: string): JsonObject {
  const properties = resolveSchema(item, facts.endpoint.components).properties ?? {}
  const typed = 'width' in properties && !WITHOUT_SIZE.test(facts.endpoint.id)
  const sized = (typed || facts.forced.size) && !facts.forced.noSize
  const described = !URL_ONLY.test(facts.endpoint.id)
  const named = described && !('file_data' in properties && typed) && !url.startsWith('data:')
  return {
    url,
    ...(sized && { width: spec.width, height: spec.height }),
    ...(described && { content_type: `image/${spec.format}` }),
    ...(named && { file_name: url.slice(url.lastIndexOf('/') + 1) }),
  }
}

/** Something of the right type, for the fields that a picture model seldom has. */
function toSample(facts: Facts, schema: JsonSchema, images: readonly JsonObject[]): unknown {
  const {
    type,
    anyOf,
    properties,
    required,
    enum: listed,
  } = resolveSchema(schema, facts.endpoint.components)
  if (anyOf?.[0]) return toSample(facts, anyOf[0], images)
  if (listed) return listed[0]
  if (properties && 'url' in properties) return images[0]
  if (type === 'object') {
    const fields = (required ?? []).map((name) => [
      name,
      toSample(facts, properties?.[name] ?? {}, images),
    ])
    return Object.fromEntries(fields)
  }
  const samples: Readonly<Record<string, unknown>> = {
    string: '',
    number: 0,
    integer: 0,
    boolean: false,
    array: [],
  }
  return samples[type ?? ''] ?? {}
}

const FIELDS: Readonly<Record<string, (facts: Facts, images: readonly JsonObject[]) => unknown>> = {
  images: (_facts, images) => images,
  image: (_facts, images) => images[0],
  seed: ({ seed }) => seed,
  seeds: ({ seed }, images) => images.map((_, index) => (index === 0 ? seed : index)),
  prompt: ({ input }) => input['prompt'] ?? '',
  timings: ({ seconds }) => ({ inference: seconds }),
  has_nsfw_concepts: ({ flagged }) => flagged,
}

function chooseFields({ endpoint, flagged }: Facts, shape: string | undefined): readonly string[] {
  const { required = [], properties = {} } = endpoint.output
  const usual = ['images', 'image'].filter((name) => name in properties)
  const pictured = required.some((name) => usual.includes(name)) ? [] : usual.slice(0, 1)
  const fields = [...pictured, ...required]
  const reshaped = fields.map((name) => (usual.includes(name) ? (shape ?? name) : name))
  return [...new Set([...reshaped, ...(flagged.includes(true) ? ['has_nsfw_concepts'] : [])])]
}

/** What the model answers: the fields that its output type requires, with pictures as the input asks. */
export function makeOutput(request: OutputRequest): ModelOutput {
  const { faults, endpoint } = request
  const fewer = faults.take('images')
  const asked = countPictures(request)
  const count = fewer === undefined ? asked : Math.min(asked, Number(fewer))
  const facts: Facts = {
    ...request,
    seed: chooseSeed(request),
    flagged: chooseFlagged(faults, count),
    forced: {
      size: faults.take('size') !== undefined,
      noSize: faults.take('no-size') !== undefined,
    },
  }
  const pictures = drawAll(facts)
  const fields = chooseFields(facts, faults.take('shape'))
  const properties = endpoint.output.properties ?? {}
  const item = properties['images']?.items ?? properties['image'] ?? {}
  return {
    pictures,
    withUrls(urls) {
      const images = pictures.map(({ spec }, index) =>
        toImage(facts, item, spec, urls[index] ?? ''),
      )
      const entries = fields.map((name): readonly [string, unknown] => [
        name,
        FIELDS[name]?.(facts, images) ?? toSample(facts, properties[name] ?? {}, images),
      ])
      return Object.fromEntries(entries)
    },
  }
}
