interface Size {
  readonly width: number
  readonly height: number
}

interface SizeRule {
  readonly endpoints: RegExp
  /** Each edge, in px. */
  readonly edge?: readonly [number, number]
  /** Width times height, in px. */
  readonly area?: readonly [number, number]
  /** The longer edge over the shorter one, at most. */
  readonly ratio?: number
  readonly multipleOf?: number
  /** The size is fine when each edge is in `edge` OR the area is in `area`. */
  readonly either?: true
}

const square = (edge: number): number => edge ** 2

/** The limits that fal's endpoints state in the prose of their `image_size` field. */
const RULES: readonly SizeRule[] = [
  { endpoints: /^fal-ai\/flux-2($|\/(turbo|flash|edit))/, edge: [512, 2048] },
  {
    endpoints: /^openai\/gpt-image-2/,
    edge: [1, 3840],
    area: [655_360, 8_294_400],
    ratio: 3,
    multipleOf: 16,
  },
  { endpoints: /seedream\/v3/, edge: [512, 2048] },
  { endpoints: /seedream\/v4\/text-to-image/, area: [square(960), square(4096)] },
  {
    endpoints: /seedream\/v4\.5/,
    edge: [1920, 4096],
    area: [2560 * 1440, square(4096)],
    either: true,
  },
  { endpoints: /seedream\/v5\/pro/, area: [square(1024), square(2048)], ratio: 16 },
  { endpoints: /qwen-image-(2|max)($|\/)/, area: [square(512), square(2048)] },
  { endpoints: /wan-25-preview\/text-to-image/, area: [square(768), square(1440)], ratio: 4 },
  { endpoints: /wan-25-preview\/image-to-image/, edge: [384, 1440] },
]

export interface SizeProblem {
  /** Behind `["body", "image_size"]`. */
  readonly location: readonly string[]
  readonly message: string
  readonly type: string
  readonly context?: Readonly<Record<string, unknown>>
}

const within = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high

function findOddEdge(size: Size, step: number | undefined): SizeProblem | undefined {
  const edge = (['width', 'height'] as const).find((name) => size[name] % (step ?? 1) !== 0)
  if (edge === undefined) return undefined
  return {
    location: [edge],
    message: `Input should be a multiple of ${step}`,
    type: 'multiple_of',
    context: { multiple_of: step },
  }
}

function describeRange(rule: SizeRule): string {
  const edges = rule.edge && `width and height must be between ${rule.edge.join(' and ')}`
  const area = rule.area && `total pixels must be between ${rule.area.join(' and ')}`
  return [edges, area].filter((part) => part !== undefined).join(rule.either ? ', or ' : ', ')
}

function fitsRange(rule: SizeRule, { width, height }: Size): boolean {
  const { edge, area } = rule
  const edges = !edge || (within(width, edge) && within(height, edge))
  const areas = !area || within(width * height, area)
  return rule.either ? edges || areas : edges && areas
}

/** A `{width, height}` that the endpoint does not take, as fal would refuse it. */
export function checkSize(endpoint: string, size: Size): SizeProblem | undefined {
  const rule = RULES.find(({ endpoints }) => endpoints.test(endpoint))
  if (!rule) return undefined
  const odd = findOddEdge(size, rule.multipleOf)
  if (odd) return odd
  const fits = fitsRange(rule, size)
  const ratio = Math.max(size.width / size.height, size.height / size.width)
  if (fits && ratio <= (rule.ratio ?? Number.POSITIVE_INFINITY)) return undefined
  const message = fits
    ? `Value error, the aspect ratio must be at most ${rule.ratio}:1`
    : `Value error, ${describeRange(rule)}`
  return { location: [], message, type: 'value_error' }
}
