import type { FieldCheck } from '../model-spec.ts'
import type { SchemaField } from './endpoint-schema.ts'

/** The fields of a schema that no rule took, as facts. */
export interface FurtherFields {
  readonly fields: readonly string[]
  readonly checks: Readonly<Record<string, FieldCheck>>
  readonly required?: readonly string[]
}

/** What is known of fields that are passed on as they are. */
export function toFurtherFields(others: readonly SchemaField[]): FurtherFields {
  const required = others.filter((one) => one.required).map(({ name }) => name)
  return {
    fields: others.map(({ name }) => name),
    checks: Object.fromEntries(others.map((one) => [one.name, toCheck(one)])),
    ...(required.length > 0 && { required }),
  }
}

function toCheck({ name, type, values, min, max, default: usual }: SchemaField): FieldCheck {
  return {
    type,
    // Only a seed's matters: several requests with the same would make the same.
    ...(name === 'seed' && typeof usual === 'number' && { default: usual }),
    ...(values !== undefined && { values }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

/** How an endpoint takes its words. */
export interface PromptFacts {
  readonly prompt?: 'optional' | 'none'
  readonly promptField?: string
  readonly promptLength?: { readonly min: number; readonly max: number }
}

/** @param field the one that takes the words; undefined: none does */
export function toPromptFacts(field: SchemaField | undefined): PromptFacts {
  if (field === undefined) return { prompt: 'none' }
  const { name, required, min, max } = field
  return {
    ...(name !== 'prompt' && { promptField: name }),
    ...(!required && { prompt: 'optional' as const }),
    ...((min ?? max) !== undefined && { promptLength: { min: min ?? 0, max: max ?? Infinity } }),
  }
}

/**
 * An endpoint without `prompt` may take its words in one other field.
 *
 * @param fits whether a text by this name can be one
 */
export function soleText(
  fields: readonly SchemaField[],
  fits: (name: string) => boolean,
): SchemaField | undefined {
  const texts = fields.filter(
    ({ name, type, required, values }) =>
      required && type === 'string' && values === undefined && fits(name),
  )
  return texts.length === 1 ? texts[0] : undefined
}
