import type { ImageFormat } from '../../../job/image/image-job.ts'
import type { EndpointSpec, OptionMap } from '../../model-spec.ts'
import type { EndpointSchema, SchemaField } from '../../schema/endpoint-schema.ts'
import { soleText, toFurtherFields, toPromptFacts } from '../../schema/field-facts.ts'
import { inferSize, SIZE_FIELDS } from './infer-size.ts'
import { inferMask, inferSources } from './infer-sources.ts'

/** What an endpoint does with images. */
export type Work =
  | 'generate'
  | 'edit'
  | 'inpaint'
  | 'upscale'
  | 'remove-background'
  | 'vary'
  | 'other'

/** What an endpoint's schema says of it. */
export type Inferred =
  | { readonly kind: 'image'; readonly work: Work; readonly spec: EndpointSpec }
  /** It gives back something else than images. */
  | { readonly kind: 'not-an-image-model'; readonly output: readonly string[] }

const IMAGES = /^images?$/
const OTHER_MEDIA = /video|audio|mesh|glb|gaussian|lora/

/** Makes of an endpoint's schema the same facts that a curated model states. */
export function inferSpec(schema: EndpointSchema): Inferred {
  const { output } = schema
  const draws = output.some((name) => IMAGES.test(name))
  if (!draws || output.some((name) => OTHER_MEDIA.test(name))) {
    return { kind: 'not-an-image-model', output }
  }
  const spec = toSpec(schema)
  return { kind: 'image', work: workOf(spec), spec }
}

function toSpec({ id, fields }: EndpointSchema): EndpointSpec {
  const field = (name: string): SchemaField | undefined => fields.find((one) => one.name === name)
  const count = COUNT_FIELDS.map(field).find((one) => one !== undefined)
  const prompt = field('prompt') ?? soleText(fields, (name) => !NO_WORDS.test(name))
  const said = {
    ...inferFormats(field('output_format')),
    ...inferOptionMaps(fields),
    ...inferWork(id, fields),
  }
  const size = inferSize(fields)
  const taken = takenBy({ ...said, size }, [prompt, count])
  const others = fields.filter(
    ({ name, required }) => !taken.has(name) && !(required && isSource(name, said)),
  )
  return {
    id,
    size,
    maxImages: count?.max ?? 1,
    ...(count !== undefined && { countField: count.name }),
    ...said,
    ...toPromptFacts(prompt),
    ...(STREAMING.has(id) && { streaming: true as const }),
    ...toFurtherFields(others),
  }
}

/**
 * Schemas do not say who streams. The first two are known by their `/stream` ids in the types of fal's client,
 * the third by use; of Ideogram's fourth model all routes do. A wrong one costs a 404 and no image.
 */
const STREAMING = new Set([
  'fal-ai/flux-lora',
  'fal-ai/flux-krea-lora',
  'fal-ai/flux-kontext-lora',
  'ideogram/v4',
  'ideogram/v4/fast',
  'ideogram/v4/instant',
])

type WorkFacts = Pick<EndpointSpec, 'sources' | 'mask'>

function inferWork(id: string, fields: readonly SchemaField[]): WorkFacts {
  const sources = inferSources(fields)
  const mask = inferMask(id, fields)
  return { ...(sources !== undefined && { sources }), ...(mask !== undefined && { mask }) }
}

/** A source that may be left out may also be sent as the field that it is. */
function isSource(name: string, { sources }: WorkFacts): boolean {
  return sources !== undefined && [sources.field, ...(sources.more ?? [])].includes(name)
}

/** The fields that words of a job become, so that they are not passed on as they are. */
function takenBy(
  { size, formats, mask, quality, background, moderation }: Partial<EndpointSpec>,
  named: readonly (SchemaField | undefined)[],
): ReadonlySet<string> {
  const optionMaps = [quality, background, moderation].map((optionMap) => optionMap?.field)
  return new Set([
    ...named.flatMap((one) => one?.name ?? []),
    ...optionMaps.flatMap((name) => (name !== undefined && OPENAI.has(name) ? [name] : [])),
    ...(mask === undefined ? [] : [mask.field]),
    ...(size?.rule === 'none' ? [] : SIZE_FIELDS),
    ...(size?.rule === 'pixels' && size.edges === true ? ['width', 'height'] : []),
    ...(formats === undefined ? [] : ['output_format']),
    // Images travel by URL.
    'sync_mode',
  ])
}

/** Words of OpenAI's: what the caller says in them is not fal's. */
const OPENAI = new Set(['quality', 'background', 'moderation'])

/** The first is that of nearly all; the others are of single families. */
const COUNT_FIELDS = ['num_images', 'num_samples', 'num_results', 'number_of_images']

/** Texts that are no words: an endpoint may take those as `instruction` or `object_name`. */
const NO_WORDS = /url|image|mask|_id$/

const FORMATS: readonly ImageFormat[] = ['png', 'jpeg', 'webp', 'gif', 'svg']

type FormatFacts = Pick<EndpointSpec, 'formats' | 'formatWords' | 'defaultFormat'>

function inferFormats(field: SchemaField | undefined): FormatFacts | undefined {
  const words = field?.values ?? []
  const hasJpg = words.includes('jpg') && !words.includes('jpeg')
  const formats = FORMATS.filter((name) => words.includes(hasJpg && name === 'jpeg' ? 'jpg' : name))
  if (formats.length === 0) return undefined
  const usual = field?.default === 'jpg' ? 'jpeg' : field?.default
  const defaultFormat = formats.find((name) => name === usual)
  return {
    formats,
    ...(hasJpg && { formatWords: { jpeg: 'jpg' } }),
    ...(defaultFormat !== undefined && { defaultFormat }),
  }
}

type OptionMaps = Pick<EndpointSpec, 'quality' | 'background' | 'moderation'>

/** OpenAI's words in the endpoint's, where it has a field for them. */
function inferOptionMaps(fields: readonly SchemaField[]): OptionMaps {
  const named = (name: string) => fields.find((one) => one.name === name)?.values ?? []
  const quality =
    mapOption('quality', named('quality'), {
      low: ['low'],
      medium: ['medium'],
      high: ['high'],
      xhigh: ['xhigh', 'high'],
      max: ['max', 'xhigh', 'high'],
    }) ??
    mapOption('rendering_speed', named('rendering_speed'), {
      low: ['TURBO'],
      medium: ['BALANCED'],
      high: ['QUALITY'],
      xhigh: ['QUALITY'],
      max: ['QUALITY'],
    })
  const background = mapOption('background', named('background'), {
    transparent: ['transparent'],
    opaque: ['opaque'],
  })
  const moderation =
    mapOption('safety_tolerance', named('safety_tolerance'), { low: ['5'] }) ??
    mapOption('moderation', named('moderation'), { low: ['low'] })
  return {
    ...(quality && { quality }),
    ...(background && { background }),
    ...(moderation && { moderation }),
  }
}

function mapOption<Step extends string>(
  field: string,
  words: readonly (string | number)[],
  steps: Readonly<Record<Step, readonly string[]>>,
): OptionMap<Step> | undefined {
  const values: Partial<Record<Step, string>> = {}
  for (const step in steps) {
    const word = steps[step].find((one) => words.includes(one))
    if (word !== undefined) values[step] = word
  }
  return Object.keys(values).length === 0 ? undefined : { field, values }
}

const TOOLS: readonly (readonly [Work, RegExp])[] = [
  ['upscale', /upscal|super-resolution|esrgan|aura-sr|seedvr|ccsr|drct|thera$/],
  ['remove-background', /background[/-]remov|remove-background|rembg|birefnet|ben\/v2/],
  ['vary', /redux|reimagine|remix|vary|variation/],
]

function workOf({ id, sources, mask, prompt, fields }: EndpointSpec): Work {
  if (sources === undefined) return prompt === 'none' ? 'other' : 'generate'
  if (mask?.required === true) return 'inpaint'
  const tool = TOOLS.find(([, words]) => words.test(id))?.[0]
  if (tool !== undefined) return tool
  // A source that may be left out is among the other fields too.
  const optional = fields.includes(sources.field)
  if (optional && prompt !== 'none' && !/edit|image-to-image/.test(id)) return 'generate'
  return prompt === 'none' ? 'other' : 'edit'
}
