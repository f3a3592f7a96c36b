import type { JsonSchema } from './json-schema.ts'

interface Rule {
  readonly endpoints: RegExp
  readonly fields: readonly string[]
}

/**
 * The client's types of April 2026 write every listed value as text; those of August 2026 and fal's own
 * schemas have numbers for these. Text is refused there, as numbers are elsewhere.
 */
const RULES: readonly Rule[] = [
  { endpoints: /^fal-ai\/ltx-2(\.3)?\//, fields: ['duration', 'fps'] },
  { endpoints: /^fal-ai\/wan\/v2\.7\/.*video/, fields: ['duration'] },
  { endpoints: /^fal-ai\/sora-2\//, fields: ['duration'] },
  { endpoints: /^fal-ai\/vidu\/q2\//, fields: ['duration'] },
  { endpoints: /^fal-ai\/pika\/v2\.2\//, fields: ['duration'] },
  { endpoints: /^fal-ai\/magi-distilled/, fields: ['num_inference_steps'] },
  { endpoints: /^fal-ai\/inworld-tts$/, fields: ['sample_rate_hertz'] },
]

function toNumeric(schema: JsonSchema): JsonSchema {
  const numbers = schema.enum?.map(Number) ?? []
  if (numbers.length === 0 || numbers.some((value) => !Number.isInteger(value))) return schema
  const { default: preset } = schema
  return {
    ...schema,
    type: 'integer',
    enum: numbers,
    ...(preset !== undefined && { default: Number(preset) }),
  }
}

/** The field's schema with listed numbers as numbers where fal takes those. */
export function readChoice(endpoint: string, field: string, schema: JsonSchema): JsonSchema {
  const isNumeric = RULES.some(
    ({ endpoints, fields }) => fields.includes(field) && endpoints.test(endpoint),
  )
  return isNumeric ? toNumeric(schema) : schema
}
