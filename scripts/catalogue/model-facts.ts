import {
  endpointsOf,
  type EndpointSpec,
  type ModelSpec,
  type PixelLimits,
} from '../../src/models/model-spec.ts'
import { toPrice } from './prices.ts'

/** The columns of the curated models' table. */
const COLUMNS = [
  'Name',
  'Further names',
  'Endpoint',
  'Sizes',
  'Pictures per request',
  'Formats',
  'Prompt',
  'Works on pictures',
  'Mask',
  'Successors',
  'Price in USD, as of July to September 2026',
] as const

/** The curated models as a table's cells: the heading, then one row a model. */
export function toModelTable(models: readonly ModelSpec[]): readonly (readonly string[])[] {
  return [COLUMNS, ...models.map(toRow)]
}

function toRow(model: ModelSpec): readonly string[] {
  const [name, ...further] = model.names
  const [main] = endpointsOf(model)
  const id = main?.id ?? ''
  return [
    code(name),
    codes(further),
    code(id),
    main === undefined ? '' : toSizes(main),
    String(main?.maxImages ?? 1),
    codes(main?.formats ?? []),
    main?.promptLength === undefined
      ? ''
      : toRange('', main.promptLength.min, main.promptLength.max),
    toWorks(model),
    masksOf(model),
    codes(model.successors ?? []),
    toPrice(id),
  ]
}

function toWorks({ edit, editMany }: ModelSpec): string {
  return [edit, editMany]
    .flatMap((spec) => (spec?.sources === undefined ? [] : [`${toCount(spec)}: ${code(spec.id)}`]))
    .join(', ')
}

function masksOf({ edit, inpaint }: ModelSpec): string {
  const masked = [edit, inpaint].filter((spec) => spec?.mask !== undefined)
  return masked.map((spec) => code(spec?.id ?? '')).join(', ')
}

/** One endpoint in a line: sizes, count, pictures, mask, formats. */
export function toLine(spec: EndpointSpec): string {
  const { id, maxImages, sources, mask, formats = [], required = [] } = spec
  const price = toPrice(id)
  return [
    toSizes(spec),
    ...(maxImages > 1 ? [`n up to ${maxImages}`] : []),
    ...(sources === undefined ? [] : [`takes ${toCount(spec)}`]),
    ...(mask === undefined ? [] : [mask.required === true ? 'needs a mask' : 'takes a mask']),
    ...(formats.length === 0 ? [] : [formats.join(', ')]),
    ...(required.length === 0 ? [] : [`needs ${codes(required)}`]),
    ...(price === '' ? [] : [`USD ${price}`]),
  ].join('; ')
}

function toCount({ sources }: EndpointSpec): string {
  const { min = 1, max = 1 } = sources ?? {}
  if (max === 1) return '1 picture'
  return min === max ? `${max} pictures` : `${min} to ${max} pictures`
}

/** The sizes that an endpoint takes, for people. */
function toSizes({ size }: EndpointSpec): string {
  switch (size.rule) {
    case 'ratio':
      return codes([...size.ratios, ...(size.resolutions ?? [])])
    case 'listed':
      return codes(size.sizes)
    case 'pixels':
      return ['pixels', ...toLimits(size.limits)].join(', ')
    case 'none':
      return 'no size'
  }
}

function toLimits(limits: PixelLimits): readonly string[] {
  const { step, minEdge, maxEdge, minPixels, maxPixels, maxRatio } = limits
  return [
    step === undefined ? '' : `multiples of ${step}`,
    toRange('edges ', minEdge, maxEdge),
    toRange('in all ', minPixels, maxPixels),
    maxRatio === undefined ? '' : `up to ${maxRatio}:1`,
  ].filter((part) => part !== '')
}

function toRange(what: string, least: number | undefined, most: number | undefined): string {
  if (least === undefined && most === undefined) return ''
  if (least === undefined) return `${what}up to ${most}`
  return most === undefined ? `${what}from ${least}` : `${what}${least} to ${most}`
}

function code(text: string): string {
  return `\`${text}\``
}

function codes(texts: readonly string[]): string {
  return texts.map(code).join(' ')
}
