import type { Endpoint } from '../endpoints/endpoints.ts'
import { resolveSchema, type JsonSchema } from '../endpoints/json-schema.ts'

const SAMPLES: Readonly<Record<string, unknown>> = {
  string: '',
  number: 0,
  integer: 0,
  boolean: false,
  array: [],
}

/** Something of the right type, for what a model of ours has nothing to say about. */
export function toSample(schema: JsonSchema, components: Endpoint['components']): unknown {
  const { type, anyOf, properties, required, enum: listed } = resolveSchema(schema, components)
  if (anyOf?.[0]) return toSample(anyOf[0], components)
  if (listed) return listed[0]
  if (type === 'object') {
    const fields = (required ?? []).map((name) => [
      name,
      toSample(properties?.[name] ?? {}, components),
    ])
    return Object.fromEntries(fields)
  }
  return SAMPLES[type ?? ''] ?? {}
}
