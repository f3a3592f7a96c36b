import { parseImageSize } from '../../../job/image/image-size.ts'
import type { PixelLimits, SizeRule } from '../../model-spec.ts'
import type { SchemaField } from '../../schema/endpoint-schema.ts'

/** The fields in which a size is said. */
export const SIZE_FIELDS = ['image_size', 'aspect_ratio', 'resolution'] as const

/** How an endpoint takes a size: its pixels or presets, else its ratios and resolutions. */
export function inferSize(fields: readonly SchemaField[]): SizeRule {
  const [size, ratio, resolution] = SIZE_FIELDS.map((name) =>
    fields.find((field) => field.name === name),
  )
  const bySize = size && inferPixels(size)
  if (bySize !== undefined) return bySize
  const byRatio = inferRatio(ratio, resolution)
  return byRatio.rule === 'none' ? (inferEdges(fields) ?? byRatio) : byRatio
}

/** `width` and `height` of what is made, which has a prompt: others say so where to cut. */
function inferEdges(fields: readonly SchemaField[]): SizeRule | undefined {
  const named = (name: string) =>
    fields.find((field) => field.name === name && field.type === 'integer')
  const [width, height] = [named('width'), named('height')]
  const draws = fields.some(({ name }) => name === 'prompt')
  if (width === undefined || height === undefined || !draws) return undefined
  const min = Math.max(width.min ?? 0, height.min ?? 0)
  const max = Math.min(width.max ?? Infinity, height.max ?? Infinity)
  const usual = [width.default, height.default].filter((edge) => typeof edge === 'number').join('x')
  const said = { ...(min > 0 && { minEdge: min }), ...(max < Infinity && { maxEdge: max }) }
  const size = parseImageSize(usual)?.pixels === undefined ? undefined : usual
  return { rule: 'pixels', presets: [], edges: true, limits: toLimits(said, size), default: size }
}

function inferRatio(ratio: SchemaField | undefined, resolution: SchemaField | undefined): SizeRule {
  const ratios = sizesAmong(ratio?.values ?? [])
  const resolutions = (resolution?.values ?? []).map(String).filter((word) => TIER.test(word))
  if (ratios.length + resolutions.length === 0) return { rule: 'none' }
  const usual = toDefault(ratio)
  return {
    rule: 'ratio',
    ratios,
    ...(resolutions.length > 0 && { resolutions }),
    ...(ratio?.inside !== undefined && { inside: ratio.inside }),
    ...(ratio?.required === true && { required: true as const }),
    default: usual,
  }
}

const TIER = /^\d+(?:\.\d+)?(?:k|mp)$/i

function inferPixels(field: SchemaField): SizeRule | undefined {
  const names = (field.values ?? []).map(String).filter((name) => name !== 'auto')
  const required = field.required ? { required: true as const } : {}
  if (field.pixels !== undefined) {
    const usual = toDefault(field)
    const limits = toLimits(field.pixels, usual)
    return { rule: 'pixels', presets: names, limits, ...required, default: usual }
  }
  const sizes = sizesAmong(names)
  return sizes.length === 0
    ? undefined
    : { rule: 'listed', sizes, ...required, default: toDefault(field) }
}

/**
 * Where nothing is said, what all diffusion models of the day can do: fal's schemas stop at 14,142 pixels,
 * but a model that was not made for it answers such a size with nonsense, or runs out of memory.
 */
function toLimits(said: PixelLimits, usual: string | undefined): PixelLimits {
  const { step = 16, ...rest } = said
  if (Object.keys(rest).length > 0) return { step: said.step ?? 8, ...rest }
  const pixels = parseImageSize(usual ?? 'auto')?.pixels
  const maxEdge = Math.max(2048, pixels?.width ?? 0, pixels?.height ?? 0)
  return { step, minEdge: 256, maxEdge }
}

function sizesAmong(values: readonly (string | number)[]): readonly string[] {
  return values.map(String).filter((name) => parseImageSize(name)?.ratio !== undefined)
}

function toDefault(field: SchemaField | undefined): string | undefined {
  const usual = field?.default
  return typeof usual === 'string' && usual !== 'auto' ? usual : undefined
}
