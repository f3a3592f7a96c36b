import type { FieldCheck, PixelLimits } from '../model-spec.ts'
import type { Step } from './read-prose.ts'

/** One input field of an endpoint, as its schema has it. */
export interface SchemaField {
  readonly name: string
  readonly type: FieldCheck['type']
  readonly required: boolean
  readonly values?: readonly (string | number)[]
  /** Of a number its value, of a text its length, of a list how many. */
  readonly min?: number
  readonly max?: number
  /** Which numbers between them; undefined: all. */
  readonly step?: Step
  /** Only where it is a plain value; `{width, height}` is `1024x1024`. */
  readonly default?: string | number | boolean
  /** It takes `{width, height}`, within these limits. */
  readonly pixels?: PixelLimits
  /** It takes an object whose one field takes the values: `{ratio: "16:9"}`. */
  readonly inside?: string
}

/** What is read of an endpoint's schema: the same from fal's OpenAPI and from the generated table. */
export interface EndpointSchema {
  readonly id: string
  readonly fields: readonly SchemaField[]
  /** The names of what it gives back. */
  readonly output: readonly string[]
}
