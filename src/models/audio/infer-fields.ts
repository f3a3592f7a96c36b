import type { FieldCheck } from '../model-spec.ts'
import type { EndpointSchema, SchemaField } from '../schema/endpoint-schema.ts'

/** The fields of a schema that no rule took, as facts. */
export interface FurtherFields {
  readonly fields: readonly string[]
  readonly checks: Readonly<Record<string, FieldCheck>>
  readonly required?: readonly string[]
}

/** @param taken fields that words of a job become */
export function furtherFields(
  { fields }: EndpointSchema,
  taken: readonly (string | undefined)[],
): FurtherFields {
  const others = fields.filter(({ name }) => !taken.includes(name) && name !== 'sync_mode')
  const required = others.filter((one) => one.required).map(({ name }) => name)
  return {
    fields: others.map(({ name }) => name),
    checks: Object.fromEntries(others.map((one) => [one.name, toCheck(one)])),
    ...(required.length > 0 && { required }),
  }
}

function toCheck({ type, values, min, max }: SchemaField): FieldCheck {
  return {
    type,
    ...(values !== undefined && { values }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

/** The first field that goes by one of the names. */
export function firstOf(
  { fields }: EndpointSchema,
  names: readonly string[],
  fits: (field: SchemaField) => boolean = () => true,
): SchemaField | undefined {
  return names
    .map((name) => fields.find((one) => one.name === name && fits(one)))
    .find((one) => one !== undefined)
}

/** A field's values that are words. */
export function wordsOf(field: SchemaField | undefined): readonly string[] {
  return (field?.values ?? []).filter((value) => typeof value === 'string')
}
