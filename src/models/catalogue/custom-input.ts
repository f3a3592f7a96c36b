import { isJsonObject } from '../../lib/json.ts'
import type { SchemaField } from '../schema/endpoint-schema.ts'
import type { CustomModel } from './custom-models.ts'

/** What is known of the fields of one endpoint. */
interface KnownFields {
  readonly id: string
  /** From its schema. */
  readonly fields: readonly SchemaField[]
  /** Names that a family knows besides. */
  readonly further: readonly string[]
}

/**
 * What is wrong with the fields that the owner wants to be sent, with its place in the JSON: fal ignores a
 * field that it does not know, and the wrong image costs as much. undefined: nothing.
 */
export function faultOfInput(
  { name, input = {} }: CustomModel,
  { id, fields, further }: KnownFields,
): string | undefined {
  for (const [key, value] of Object.entries(input)) {
    const field = fields.find((one) => one.name === key)
    if (field === undefined && further.includes(key)) continue
    const expected = field && expectedOf(value, field)
    const place = `at "${name}.input.${key}": `
    if (expected !== undefined) return `${place}expected ${expected}`
    if (field !== undefined) continue
    const names = [...new Set([...fields.map((one) => one.name), ...further])].toSorted()
    return `${place}${id} has no such field; it has ${names.join(', ')}`
  }
  return undefined
}

/** What the value should have been; undefined: it is legal, or nothing is known of it. */
function expectedOf(value: unknown, field: SchemaField): string | undefined {
  const { type, values, pixels } = field
  if (type === 'any' || (pixels !== undefined && isJsonObject(value))) return undefined
  if (values !== undefined && type !== 'object') {
    const isListed = values.some((one) => one === value)
    return isListed ? undefined : `one of ${values.join(', ')}`
  }
  return fits(value, field) ? undefined : `${WORDS[type]}${toRange(field)}`
}

const WORDS = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
} as const

function fits(value: unknown, { type, min = -Infinity, max = Infinity }: SchemaField): boolean {
  const inRange = (size: number): boolean => size >= min && size <= max
  switch (type) {
    case 'number':
      return typeof value === 'number' && inRange(value)
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && inRange(value)
    case 'string':
      return typeof value === 'string' && inRange(value.length)
    case 'array':
      return Array.isArray(value) && inRange(value.length)
    case 'object':
      return isJsonObject(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'any':
      return true
  }
}

const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' }

function toRange({ type, min, max }: SchemaField): string {
  const unit = COUNTED[type] ?? ''
  const least = min === undefined ? '' : ` from ${min}${max === undefined ? unit : ''}`
  return max === undefined ? least : `${least} up to ${max}${unit}`
}
