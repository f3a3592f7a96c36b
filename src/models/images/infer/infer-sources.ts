import type { MaskRule, SourceRule } from '../../model-spec.ts'
import type { SchemaField } from '../../schema/endpoint-schema.ts'

/** A field for an image: a URL, or a list of them. `image_archive_url` holds a ZIP. */
const IMAGE = /^(?:[a-z]+_)*(?:image|images|map_image)(?:_\d)?(?:_urls?|_source)?$/
const NO_IMAGE = /mask|archive|format|strength|num_|max_|prompt|size|encoder/

/** Where images to work on go when the endpoint can do without: the field made for them comes first. */
const MAIN = [
  'image_url',
  'image_urls',
  'input_image_urls',
  'reference_image_urls',
  'image_source',
  'uov_image_url',
  'inpaint_image_url',
]

/** The first image is the one worked on: the person before the garment. */
const FIRST = /^(?:image_|input_image|human|person|model)/

/** Where no maximum is stated. */
const USUAL_MOST = 10

/** Which fields take images to work on: those that must be there, else the one made for it. */
export function inferSources(fields: readonly SchemaField[]): SourceRule | undefined {
  const images = fields.filter(isImage)
  const needed = images.filter(({ required }) => required)
  const main = MAIN.map((name) => images.find((one) => one.name === name)).find(Boolean)
  const slots = (needed.length > 0 ? needed : main === undefined ? [] : [main]).toSorted(
    (a, b) => rank(a) - rank(b),
  )
  const [first, ...more] = slots
  const last = slots.at(-1)
  if (first === undefined || last === undefined) return undefined
  const list = last.type === 'array'
  const most = list ? (last.max ?? USUAL_MOST) : 1
  const least = more.length + (list ? Math.max(1, last.min ?? 1) : 1)
  return {
    field: first.name,
    list,
    max: more.length + most,
    ...(least > 1 && { min: least }),
    ...(more.length > 0 && { more: more.map(({ name }) => name) }),
  }
}

/** A list takes all the rest, so it comes last. */
function rank({ name, type }: SchemaField): number {
  return type === 'array' ? 2 : FIRST.test(name) ? 0 : 1
}

function isImage({ name, type, values }: SchemaField): boolean {
  const holds = type === 'string' || type === 'array'
  return holds && values === undefined && IMAGE.test(name) && !NO_IMAGE.test(name)
}

const MASKS = new Set(['mask_url', 'mask_image_url'])

/** Which field takes a mask. OpenAI's own models keep to OpenAI's custom. */
export function inferMask(id: string, fields: readonly SchemaField[]): MaskRule | undefined {
  const field = fields.find(({ name, type }) => MASKS.has(name) && type === 'string')
  if (field === undefined) return undefined
  return {
    field: field.name,
    change: /gpt-image/.test(id) ? 'transparent' : 'white',
    ...(field.required && { required: true as const }),
  }
}
