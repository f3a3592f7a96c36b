import type { EndpointSpec, ModelSpec, PixelLimits } from '../../src/models/model-spec.ts'

/** The columns of the table in `docs/models.md`. */
const COLUMNS = [
  'Name',
  'Further names',
  'Endpoint',
  'Sizes',
  'Pictures per request',
  'Formats',
  'Prompt',
  'Successors',
] as const

/** The table of `docs/models.md` as its cells: the heading, then one row a model. */
export function toModelTable(models: readonly ModelSpec[]): readonly (readonly string[])[] {
  return [COLUMNS, ...models.map(toRow)]
}

function toRow({ names: [name, ...further], generate, successors = [] }: ModelSpec): string[] {
  const { promptLength } = generate
  return [
    code(name),
    codes(further),
    code(generate.id),
    toSizes(generate),
    String(generate.maxImages),
    codes(generate.formats ?? []),
    promptLength === undefined ? '' : `${promptLength.min} to ${promptLength.max}`,
    codes(successors),
  ]
}

function toSizes({ size }: EndpointSpec): string {
  switch (size.rule) {
    case 'ratio':
      return codes([...size.ratios, ...(size.resolutions ?? [])])
    case 'listed':
      return codes(size.sizes)
    case 'pixels':
      return ['pixels', ...toLimits(size.limits)].join(', ')
    case 'none':
      return 'none'
  }
}

function toLimits(limits: PixelLimits): string[] {
  const { step, minEdge, maxEdge, minPixels, maxPixels, maxRatio } = limits
  return [
    ...(step === undefined ? [] : [`multiples of ${step}`]),
    ...toRange('edges', minEdge, maxEdge),
    ...toRange('in all', minPixels, maxPixels),
    ...(maxRatio === undefined ? [] : [`up to ${maxRatio}:1`]),
  ]
}

function toRange(what: string, least: number | undefined, most: number | undefined): string[] {
  if (least === undefined && most === undefined) return []
  if (least === undefined) return [`${what} up to ${most}`]
  return [most === undefined ? `${what} from ${least}` : `${what} ${least} to ${most}`]
}

function code(text: string): string {
  return `\`${text}\``
}

function codes(texts: readonly string[]): string {
  return texts.map(code).join(' ')
}
