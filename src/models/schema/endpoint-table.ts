import { once } from '../../lib/once.ts'
import { FIELDS } from '../generated/fields.ts'
import * as images from '../generated/images.ts'
import type { FieldCheck, PixelLimits } from '../model-spec.ts'
import type { EndpointSchema, SchemaField } from './endpoint-schema.ts'
import type { Step } from './read-prose.ts'

/** Split once for all tables. */
const fieldLines = once(() => FIELDS.split('\n'))

/** One of the files in `models/generated/`: the endpoints of one medium. */
export interface TableText {
  /** One endpoint a line, and the numbers of its fields in `FIELDS`; `>a~b`: what it gives back. */
  readonly ENDPOINTS: string
  /** The names of what those give back whose line says nothing of it. */
  readonly OUTPUT: readonly string[]
}

/** The endpoints of one medium in fal's own client, as `npm run models:update` wrote them down. */
export interface EndpointTable {
  /** All ids, sorted. */
  readonly ids: readonly string[]
  /** Decoded when asked for: nothing grows with the size of the table but the first look. */
  schemaOf(id: string): EndpointSchema | undefined
}

/**
 * Splits the table into its lines, which is all that is done before an endpoint is asked for.
 *
 * @param text that of another medium than images, or another table than the generated one
 */
export function openEndpointTable(text: TableText = images): EndpointTable {
  const fields: SchemaField[] = []
  const rows = new Map(
    text.ENDPOINTS.split('\n').map((line): [string, string] => {
      const [id = ''] = line.split(' ', 1)
      return [id, line.slice(id.length + 1)]
    }),
  )
  const fieldOf = (code: string): SchemaField => {
    const number = Number.parseInt(code, 36)
    const field = fields[number] ?? readField(fieldLines()[number] ?? '')
    fields[number] = field
    return field
  }
  return {
    ids: [...rows.keys()],
    schemaOf(id) {
      const row = rows.get(id)
      if (row === undefined) return undefined
      const codes = row === '' ? [] : row.split(' ')
      const gives = codes.at(-1)?.startsWith('>') === true ? codes.pop() : undefined
      const output = gives?.slice(1).split('~') ?? text.OUTPUT
      return { id, fields: codes.map(fieldOf), output }
    },
  }
}

/** The same, opened when it is first looked at. */
export function lazyEndpointTable(text: TableText): EndpointTable {
  const open = once(() => openEndpointTable(text))
  return {
    get ids() {
      return open().ids
    },
    schemaOf: (id) => open().schemaOf(id),
  }
}

const TYPES: Readonly<Record<string, FieldCheck['type']>> = {
  s: 'string',
  n: 'number',
  i: 'integer',
  b: 'boolean',
  a: 'array',
  o: 'object',
  x: 'any',
}

/**
 * `name|type`, then what deviates: `*` required, `:a~b` values, `=x` default, `>1` `<4` limits, `%8+1` steps,
 * `@…` pixels.
 */
function readField(line: string): SchemaField {
  const [name = '', type = '', ...facts] = line.split('|')
  const fact = (mark: string): string | undefined =>
    facts.find((text) => text.startsWith(mark))?.slice(1)
  const [values, usual, min, max] = [fact(':'), fact('='), fact('>'), fact('<')]
  const [pixels, inside, step] = [fact('@'), fact('.'), fact('%')]
  const isNumber = type === 'n' || type === 'i'
  const typed = (text: string): string | number => (isNumber ? Number(text) : text)
  const usually = (text: string) => (type === 'b' ? text === 'true' : typed(text))
  return {
    name,
    type: TYPES[type] ?? 'any',
    required: facts.includes('*'),
    ...(values !== undefined && { values: values.split('~').map(typed) }),
    ...(usual !== undefined && { default: usually(usual) }),
    ...readLimits(min, max, step),
    ...(pixels !== undefined && { pixels: readPixels(pixels) }),
    ...(inside !== undefined && { inside }),
  }
}

function readLimits(min?: string, max?: string, step?: string): Partial<SchemaField> {
  return {
    ...(min !== undefined && { min: Number(min) }),
    ...(max !== undefined && { max: Number(max) }),
    ...(step !== undefined && { step: readStep(step) }),
  }
}

function readStep(text: string): Step {
  const [of = 1, plus = 0] = text.split('+').map(Number)
  return { of, plus }
}

const LIMITS = ['step', 'minEdge', 'maxEdge', 'minPixels', 'maxPixels', 'maxRatio'] as const

function readPixels(text: string): PixelLimits {
  const parts = text.split('/')
  const limits = LIMITS.map((name, index): [string, number] => [name, Number(parts[index] || NaN)])
  return Object.fromEntries(limits.filter(([, value]) => !Number.isNaN(value)))
}
