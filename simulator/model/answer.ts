import { resolveSchema } from '../endpoints/json-schema.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import { contentTypeOf, type MediaItem } from '../media/media-store.ts'
import { describeFile } from './describe-file.ts'
import type { MediaField } from './output-fields.ts'
import type { OutputRequest } from './output-request.ts'
import { toSample } from './sample.ts'
import { hear, HEARD_FIELDS } from './sound/hear.ts'
import type { ToldFile } from './told-file.ts'
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

type Say = (facts: Telling) => unknown

const mainItems = ({ filled }: AnswerFacts): readonly MediaItem[] => filled[0]?.items ?? []

interface Telling extends AnswerFacts {
  readonly files: readonly ToldFile[]
}

/** Of the first sound, or of the video. */
function tellSeconds({ files, length }: Telling): number {
  return files.find(({ seconds }) => seconds !== undefined)?.seconds ?? length.seconds
}

function tellRate(facts: Telling): unknown {
  const [item] = mainItems(facts)
  const rate = item?.spec.kind === 'sound' ? item.spec.sampleRate : 0
  // Maya tells it in words.
  const { type } = facts.endpoint.output.properties?.['sample_rate'] ?? {}
  return type === 'string' ? `${rate / 1000} kHz` : rate
}

const FIELDS: Readonly<Record<string, Say>> = {
  seed: ({ seed }) => seed,
  seeds: (facts) => mainItems(facts).map((_, index) => (index === 0 ? facts.seed : index)),
  prompt: ({ input }) => input['prompt'] ?? '',
  actual_prompt: ({ input }) => input['prompt'] ?? '',
  timings: ({ endpoint, seconds }) => {
    const { output, components } = endpoint
    const sample = toSample(resolveSchema(output.properties?.['timings'], components), components)
    return { ...(isJsonObject(sample) && sample), inference: seconds }
  },
  has_nsfw_concepts: ({ flagged }) => flagged,
  duration: tellSeconds,
  duration_ms: (facts) => Math.round(tellSeconds(facts) * 1000),
  durations: ({ files }) => files.map(({ seconds }) => seconds ?? 0),
  sample_rate: tellRate,
  generation_time: ({ seconds }) => seconds,
  total_generation_time: ({ seconds }) => seconds,
  rtf: (facts) => facts.seconds / Math.max(0.1, tellSeconds(facts)),
  average_rtf: (facts) => facts.seconds / Math.max(0.1, tellSeconds(facts)),
  lyrics: ({ input }) => input['lyrics'] ?? input['lyrics_prompt'] ?? '',
  tags: ({ input }) => input['tags'] ?? '',
  custom_voice_id: ({ seed }) => `pretended-voice-${seed}`,
  content_type: ({ filled }) => filled[0]?.items.map(({ spec }) => contentTypeOf(spec))[0] ?? '',
  size_bytes: ({ files }) => files[0]?.length ?? 0,
}

/** Optional fields that the model fills all the same. */
const GIVEN = ['actual_prompt']

function toFiles(facts: Telling, { field, items, first }: Filled): readonly unknown[] {
  return items.map(({ spec, bytes }, index) => {
    const file = facts.files[first + index] ?? { url: '' }
    return field.item.type === 'string'
      ? file.url
      : describeFile(facts, { field, spec, bytes, file })
  })
}

function toMediaEntry(facts: Telling, filled: Filled): readonly [string, unknown] {
  const files = toFiles(facts, filled)
  const shape = filled === facts.filled[0] ? facts.shape : undefined
  const name = shape ?? filled.field.name
  const many = shape === undefined ? filled.field.many : shape.endsWith('s')
  return [name, many ? files : (files[0] ?? null)]
}

/** The fields that the endpoint's output type requires, in its order, and what is told besides. */
export function toAnswer(
  facts: AnswerFacts,
  files: readonly ToldFile[],
  progress?: number,
): JsonObject {
  const telling: Telling = { ...facts, files }
  const { endpoint, input, sources } = facts
  const { required = [], properties = {} } = endpoint.output
  const media = facts.filled.map((filled) => toMediaEntry(telling, filled))
  const named = new Set(facts.filled.map(({ field }) => field.name))
  const heard = sources.sound && hear(endpoint, input, sources.sound, progress)
  const given = [...GIVEN, ...(heard ? HEARD_FIELDS : [])].filter((name) => name in properties)
  const flags = facts.flagged.includes(true) ? ['has_nsfw_concepts'] : []
  const others = [...new Set([...required, ...given, ...flags])].filter((name) => !named.has(name))
  const rest = others.map((name): readonly [string, unknown] => [
    name,
    heard?.(name) ??
      FIELDS[name]?.(telling) ??
      toSample(properties[name] ?? {}, endpoint.components),
  ])
  return Object.fromEntries([...media, ...rest])
}
