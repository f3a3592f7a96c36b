import { isJsonObject } from '../../lib/json.ts'

/** Where an endpoint takes a value: in a field, or in a field of an object. */
export interface FieldPlace {
  readonly field: string
  /** The name inside the object; undefined: the field itself. */
  readonly inside?: string
}

/** An input being put together. */
export type Input = Record<string, unknown>

/** Puts a value into its place, beside whatever else stands in the same object. */
export function put(input: Input, { field, inside }: FieldPlace, value: unknown): void {
  if (inside === undefined) {
    input[field] = value
    return
  }
  input[field] = { ...toObject(input[field]), [inside]: value }
}

/** What stands in a place; undefined: nothing. */
export function lookUp(input: Readonly<Input>, { field, inside }: FieldPlace): unknown {
  return inside === undefined ? input[field] : toObject(input[field])[inside]
}

function toObject(value: unknown): Input {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value)) : {}
}
