import type { EndpointSchema, SchemaField } from '../../src/models/schema/endpoint-schema.ts'

/** The two lists of the table, each line as `src/models/schema/endpoint-table.ts` reads it. */
export interface TableText {
  readonly fields: string
  readonly endpoints: string
}

/**
 * Writes schemas as a table in which every field stands once; the order is that which packs best.
 *
 * @param usual what endpoints give back whose row says nothing of it; undefined: nobody asks
 */
export function toTable(
  schemas: readonly EndpointSchema[],
  usual: readonly string[] | undefined,
): TableText {
  const rows = schemas.map(({ id, fields, output }) => ({
    id,
    lines: fields.filter(isOfUse).map(toLine),
    gives: usual?.every((name) => output.includes(name)) === false ? [`>${output.join('~')}`] : [],
  }))
  const counts = new Map<string, number>()
  for (const line of rows.flatMap(({ lines }) => lines)) {
    counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  const byUse = [...counts]
    .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([line]) => line)
  const lines = [...byUse.slice(0, MOST_USED), ...byUse.slice(MOST_USED).toSorted()]
  const numbers = new Map(lines.map((line, index) => [line, index]))
  const endpoints = rows.map((row) => {
    const codes = row.lines.map((line) => numbers.get(line) ?? 0).toSorted((a, b) => a - b)
    return [row.id, ...codes.map((code) => code.toString(36)), ...row.gives].join(' ')
  })
  return { fields: lines.join('\n'), endpoints: endpoints.join('\n') }
}

/** Numbers of one digit are for the fields that stand most often; the others pack best beside what is like them. */
const MOST_USED = 36

/** Never sent: docs/decisions/2026-11-23-pictures-by-url.md. */
function isOfUse({ name }: SchemaField): boolean {
  return name !== 'sync_mode'
}

const LETTERS = {
  string: 's',
  number: 'n',
  integer: 'i',
  boolean: 'b',
  array: 'a',
  object: 'o',
  any: 'x',
} as const

/** Of these the default is of use: it is what the caller gets who has no wish. */
const DEFAULTS = new Set([
  'image_size',
  'aspect_ratio',
  'resolution',
  'output_format',
  'video_size',
  'duration',
  'num_frames',
  'fps',
  'frames_per_second',
  'frame_rate',
  'generate_audio',
  'voice',
  'audio_format',
  'seed',
])

/** The names of a hundred styles would be a tenth of the table; fal looks at them itself. */
const MOST_VALUES = 50
/** Of these all are of use: what a caller says in other words is found among them. */
const LISTED = new Set(['language', 'voice'])

function toLine(field: SchemaField): string {
  const { name, type, required, min, max, step, pixels, inside } = field
  const usual = DEFAULTS.has(name) ? field.default : undefined
  const facts = [
    required ? '*' : undefined,
    toValues(field),
    usual === undefined ? undefined : `=${plain(usual)}`,
    min === undefined ? undefined : `>${min}`,
    max === undefined || max >= Number.MAX_SAFE_INTEGER ? undefined : `<${max}`,
    step && `%${step.of}+${step.plus}`,
    pixels && `@${toPixels(pixels)}`,
    inside === undefined ? undefined : `.${inside}`,
  ]
  return [plain(name), LETTERS[type], ...facts.filter((fact) => fact !== undefined)].join('|')
}

function toValues({ name, values }: SchemaField): string | undefined {
  if (values === undefined) return undefined
  const areListed = values.length <= MOST_VALUES || LISTED.has(name)
  return areListed ? `:${values.map(plain).join('~')}` : undefined
}

function toPixels(pixels: NonNullable<SchemaField['pixels']>): string {
  const { step, minEdge, maxEdge, minPixels, maxPixels, maxRatio } = pixels
  const all = [step, minEdge, maxEdge, minPixels, maxPixels, maxRatio]
  return all
    .map((value) => value ?? '')
    .join('/')
    .replace(/\/+$/, '')
}

function plain(value: string | number | boolean): string {
  const text = String(value)
  if (/[|~\n]/.test(text)) throw new Error(`the table has no way to write ${text}`)
  return text
}
