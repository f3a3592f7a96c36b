/** The part of JSON Schema (draft 2020-12, also valid in OpenAPI 3) that fal's endpoints use. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null'
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly (string | number)[]
  readonly anyOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

export const REFERENCE = '#/components/schemas/'

/** Follows one `$ref` into the named components. */
export function resolveSchema(
  schema: JsonSchema | undefined,
  components: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  if (schema?.$ref === undefined) return schema ?? {}
  return components[schema.$ref.slice(REFERENCE.length)] ?? {}
}

/** The schema's own enum, or the one inside its alternatives (a preset or an object). */
export function listedValues(schema: JsonSchema | undefined): readonly (string | number)[] {
  return schema?.enum ?? schema?.anyOf?.flatMap((branch) => branch.enum ?? []) ?? []
}
