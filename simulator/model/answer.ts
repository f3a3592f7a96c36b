import { resolveSchema, type JsonSchema } from '../endpoints/json-schema.ts'
import type { JsonObject } from '../json.ts'
import type { MediaItem } from '../media/media-store.ts'
import { describeFile } from './describe-file.ts'
import type { MediaField } from './output-fields.ts'
import type { OutputRequest } from './output-request.ts'
import type { VideoLength } from './video-length.ts'

/** A field of files with what fills it. */
interface Filled {
  readonly field: MediaField
  readonly items: readonly MediaItem[]
  /** The place of the first among all files of the answer. */
  readonly first: number
}

export interface AnswerFacts extends OutputRequest {
  readonly seed: number | bigint
  readonly length: VideoLength
  readonly flagged: readonly boolean[]
  readonly filled: readonly Filled[]
  /** The main field's name, when it shall be another one (fault `shape`). */
  readonly shape: string | undefined
  readonly forced: { readonly size: boolean; readonly noSize: boolean }
}

/** Something of the right type, for the fields that a model of ours has nothing to say about. */
function toSample(facts: AnswerFacts, schema: JsonSchema): unknown {
  const { components } = facts.endpoint
  const { type, anyOf, properties, required, enum: listed } = resolveSchema(schema, components)
  if (anyOf?.[0]) return toSample(facts, anyOf[0])
  if (listed) return listed[0]
  if (type === 'object') {
    const fields = (required ?? []).map((name) => [name, toSample(facts, properties?.[name] ?? {})])
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

type Say = (facts: AnswerFacts) => unknown

const mainItems = ({ filled }: AnswerFacts): readonly MediaItem[] => filled[0]?.items ?? []

const FIELDS: Readonly<Record<string, Say>> = {
  seed: ({ seed }) => seed,
  seeds: (facts) => mainItems(facts).map((_, index) => (index === 0 ? facts.seed : index)),
  prompt: ({ input }) => input['prompt'] ?? '',
  actual_prompt: ({ input }) => input['prompt'] ?? '',
  timings: ({ seconds }) => ({ inference: seconds }),
  has_nsfw_concepts: ({ flagged }) => flagged,
  duration: ({ length }) => length.seconds,
}

/** Optional fields that the model fills all the same. */
const GIVEN = ['actual_prompt']

function toFiles(facts: AnswerFacts, { field, items, first }: Filled, urls: readonly string[]) {
  return items.map(({ spec, bytes }, index) => {
    const url = urls[first + index] ?? ''
    return field.item.type === 'string' ? url : describeFile(facts, { field, spec, bytes, url })
  })
}

function toMediaEntry(
  facts: AnswerFacts,
  filled: Filled,
  urls: readonly string[],
): readonly [string, unknown] {
  const files = toFiles(facts, filled, urls)
  const shape = filled === facts.filled[0] ? facts.shape : undefined
  const name = shape ?? filled.field.name
  const many = shape === undefined ? filled.field.many : shape.endsWith('s')
  return [name, many ? files : (files[0] ?? null)]
}

/** The fields that the endpoint's output type requires, in its order, and what is told besides. */
export function toAnswer(facts: AnswerFacts, urls: readonly string[]): JsonObject {
  const { required = [], properties = {} } = facts.endpoint.output
  const media = facts.filled.map((filled) => toMediaEntry(facts, filled, urls))
  const named = new Set(facts.filled.map(({ field }) => field.name))
  const given = GIVEN.filter((name) => name in properties)
  const flags = facts.flagged.includes(true) ? ['has_nsfw_concepts'] : []
  const others = [...new Set([...required, ...given, ...flags])].filter((name) => !named.has(name))
  const rest = others.map((name): readonly [string, unknown] => [
    name,
    FIELDS[name]?.(facts) ?? toSample(facts, properties[name] ?? {}),
  ])
  return Object.fromEntries([...media, ...rest])
}
