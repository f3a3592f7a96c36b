import type { Endpoint } from '../../simulator/endpoints/endpoints.ts'
import {
  listedValues,
  resolveSchema,
  type JsonSchema,
} from '../../simulator/endpoints/json-schema.ts'

/** A value that a field takes. */
export function sampleOf(schema: JsonSchema | undefined, endpoint: Endpoint | undefined): unknown {
  const own = resolveSchema(schema, endpoint?.components ?? {})
  const [value] = listedValues(own)
  if (value !== undefined) return value
  switch (own.type) {
    case 'number':
    case 'integer':
      return own.minimum ?? 1
    case 'boolean':
      return true
    case 'array':
      return [sampleOf(own.items, endpoint)]
    case 'object':
      return Object.fromEntries(
        (own.required ?? []).map((name) => [name, sampleOf(own.properties?.[name], endpoint)]),
      )
    default:
      return 'https://example.com/file'
  }
}
