import type { Endpoint } from '../endpoints/endpoints.ts'
import { resolveSchema, type JsonSchema } from '../endpoints/json-schema.ts'

export type FieldMedium = 'image' | 'video' | 'sound' | 'other'

/** A field of a model's answer that holds a file, or several. */
export interface MediaField {
  readonly name: string
  readonly medium: FieldMedium
  readonly many: boolean
  /** The type of one file: an object with `url`, or the URL itself as a string. */
  readonly item: JsonSchema
}

/** The file's type promises its size, so it has to be made before it can be told of. */
export const isSized = ({ item }: MediaField): boolean =>
  item.required?.includes('file_size') ?? false

type Components = Endpoint['components']

const BY_TYPE: Readonly<Record<string, FieldMedium>> = {
  Image: 'image',
  ImageFile: 'image',
  Video: 'video',
  VideoFile: 'video',
  VideoOutput: 'video',
  Audio: 'sound',
  AudioFile: 'sound',
}

const BY_NAME: readonly (readonly [RegExp, FieldMedium])[] = [
  [/zip|mesh|glb|fbx|obj|splat|lora|config|dataset|lottie|captions|embedding|model|json/, 'other'],
  [/audio|sound|song|music|vocals|drums|bass|guitar|piano|residual|target/, 'sound'],
  [/video|media/, 'video'],
  [/image|thumbnail|spritesheet|mask|depth|map|visualization|texture/, 'image'],
]

function mediumOf(name: string, schema: JsonSchema): FieldMedium {
  const byType = BY_TYPE[schema.title ?? '']
  return byType ?? BY_NAME.find(([names]) => names.test(name))?.[1] ?? 'other'
}

const FILE_NAMES = /^(audio|video|image)s?$/
const PLAIN_FILE: JsonSchema = { type: 'object', properties: { url: { type: 'string' } } }

/** The type of one file behind an array or a choice; `undefined` when it is no file. */
function toItem(name: string, schema: JsonSchema, components: Components): JsonSchema | undefined {
  const resolved = resolveSchema(schema, components)
  if (resolved.items) return toItem(name, resolved.items, components)
  if (resolved.anyOf) {
    return resolved.anyOf.map((branch) => toItem(name, branch, components)).find(Boolean)
  }
  if (resolved.type === 'string' && /_urls?$/.test(name)) return resolved
  if (resolved.properties && 'url' in resolved.properties) return resolved
  // Some of the client's types got another one's name: what is called so is a file nevertheless.
  return resolved.type === 'object' && FILE_NAMES.test(name) ? PLAIN_FILE : undefined
}

/** The files in an endpoint's answer, in the order of its type. */
function listMediaFields({ output, components }: Endpoint): readonly MediaField[] {
  return Object.entries(output.properties ?? {}).flatMap(([name, schema]) => {
    const item = toItem(name, schema, components)
    if (!item) return []
    const many = resolveSchema(schema, components).items !== undefined
    return [{ name, many, item, medium: mediumOf(name, item) }]
  })
}

/** Optional files that the model gives all the same. */
const GIVEN = /^(thumbnail|spritesheet)$/
const PREFERRED: readonly FieldMedium[] = ['image', 'video', 'sound', 'other']

/** The files that the endpoint's answer has: those that it promises, at least one, and previews. */
export function chooseMediaFields(endpoint: Endpoint): readonly MediaField[] {
  const { required = [] } = endpoint.output
  const all = listMediaFields(endpoint)
  const promised = all.filter(({ name }) => required.includes(name))
  const main = promised.some(({ medium }) => medium !== 'other')
    ? []
    : PREFERRED.flatMap((medium) => all.filter((field) => field.medium === medium)).slice(0, 1)
  const given = all.filter(({ name }) => GIVEN.test(name))
  return [...new Set([...main, ...promised, ...given])]
}
