import type { EndpointSchema, SchemaField } from '../schema/endpoint-schema.ts'
import { toFurtherFields, type FurtherFields } from '../schema/field-facts.ts'

/**
 * The fields of a schema that no rule took, as facts.
 *
 * @param taken fields that words of a job become
 */
export function furtherFields(
  { fields }: EndpointSchema,
  taken: readonly (string | undefined)[],
): FurtherFields {
  const others = fields.filter(({ name }) => !taken.includes(name) && name !== 'sync_mode')
  return toFurtherFields(others)
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
