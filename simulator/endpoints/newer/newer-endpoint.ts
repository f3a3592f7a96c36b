import type { JsonSchema } from '../json-schema.ts'

/** What is known of an endpoint that the installed client's types do not describe. */
export interface NewerEndpoint {
  readonly input: Readonly<Record<string, JsonSchema>>
  readonly required: readonly string[]
  readonly output: Readonly<Record<string, JsonSchema>>
}
