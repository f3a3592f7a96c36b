import { parseImageSize } from '../../../job/image/image-size.ts'
import { linesOf } from '../../../job/video/video-size.ts'
import type { PixelLimits } from '../../model-spec.ts'
import type { SchemaField } from '../../schema/endpoint-schema.ts'
import type { PixelRule, VideoEndpointSpec, WordRule } from '../video-spec.ts'

// Of a few endpoints the resolution is a list of sizes in pixels.
const RATIO_FIELDS = ['aspect_ratio', 'ratio', 'resolution']
const RESOLUTION_FIELDS = ['resolution', 'target_resolution']
const PIXEL_FIELDS = ['video_size', 'resolution', 'image_size']

/** How an endpoint takes a size: pixels, a shape, lines. */
export function inferLook(
  fields: readonly SchemaField[],
): Pick<VideoEndpointSpec, 'ratio' | 'resolution' | 'pixels'> {
  const named = (names: readonly string[]) => fields.filter(({ name }) => names.includes(name))
  const ratio = first(named(RATIO_FIELDS), (text) => parseImageSize(text)?.ratio !== undefined)
  const resolution = first(named(RESOLUTION_FIELDS), (text) => linesOf(text) !== undefined)
  const pixels = named(PIXEL_FIELDS).find((field) => field.pixels !== undefined)
  return {
    ...(ratio && { ratio }),
    ...(resolution && { resolution }),
    ...(pixels && { pixels: toPixelRule(pixels) }),
  }
}

/** The first field with words of the kind; of free text only the default is known to be taken. */
function first(
  fields: readonly SchemaField[],
  isOne: (text: string) => boolean,
): WordRule | undefined {
  const rules = fields.flatMap((field): readonly WordRule[] => {
    const { name, type, required, default: usual, pixels } = field
    if (type !== 'string' || pixels !== undefined) return []
    const values = (field.values ?? (usual === undefined ? [] : [usual])).map(String).filter(isOne)
    if (values.length === 0) return []
    const known = values.find((value) => value === usual)
    return [
      {
        field: name,
        values,
        ...(known !== undefined && { default: known }),
        ...(required && { required: true as const }),
      },
    ]
  })
  return rules[0]
}

/** Where nothing is said: video models work in blocks of 32 pixels, and up to 1080p. */
const USUAL_LIMITS: PixelLimits = { step: 32, minEdge: 256, maxEdge: 1920 }

function toPixelRule({ name, values = [], pixels = {}, default: usual }: SchemaField): PixelRule {
  const known = typeof usual === 'string' && usual !== 'auto' ? usual : undefined
  return {
    field: name,
    presets: values.map(String).filter((word) => word !== 'auto'),
    limits: Object.keys(pixels).length > 0 ? pixels : USUAL_LIMITS,
    ...(known !== undefined && { default: known }),
  }
}
