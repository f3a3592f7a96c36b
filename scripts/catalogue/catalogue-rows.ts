import type { EndpointSchema, SchemaField } from '../../src/models/schema/endpoint-schema.ts'

/** What one table is made of. */
export interface TableRows {
  readonly schemas: readonly EndpointSchema[]
  /** What endpoints give back whose row says nothing of it; undefined: nobody asks. */
  readonly usual: readonly string[] | undefined
}

/** All tables, each line as `src/models/schema/endpoint-table.ts` reads it. */
export interface TableTexts {
  /** Every field that an endpoint of any table takes. */
  readonly fields: string
  /** Of each table. */
  readonly endpoints: readonly string[]
}

/** Writes schemas as tables in which every field stands once; the order is that which packs best. */
export function toTables(tables: readonly TableRows[]): TableTexts {
  const all = tables.map(toRows)
  const numbers = numberFields(all.flat())
  return {
    fields: [...numbers.keys()].join('\n'),
    endpoints: all.map((rows) =>
      rows
        .map(({ id, lines, gives }) => {
          const codes = lines.map((line) => numbers.get(line) ?? 0).toSorted((a, b) => a - b)
          return [id, ...codes.map((code) => code.toString(36)), ...gives].join(' ')
        })
        .join('\n'),
    ),
  }
}

interface Row {
  readonly id: string
  readonly lines: readonly string[]
  readonly gives: readonly string[]
}

function toRows({ schemas, usual }: TableRows): readonly Row[] {
  return schemas.map(({ id, fields, output }) => ({
    id,
    lines: fields.filter(isOfUse).map(toLine),
    gives: usual?.every((name) => output.includes(name)) === false ? [`>${output.join('~')}`] : [],
  }))
}

function numberFields(rows: readonly Row[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of rows.flatMap(({ lines }) => lines)) {
    counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  const byUse = [...counts]
    .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([line]) => line)
  const lines = [...byUse.slice(0, MOST_USED), ...byUse.slice(MOST_USED).toSorted()]
  return new Map(lines.map((line, index) => [line, index]))
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
