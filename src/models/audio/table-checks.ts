import type { FieldCheck } from '../model-spec.ts'
import type { EndpointTable } from '../schema/endpoint-table.ts'
import { furtherFields } from './infer-fields.ts'

/** An endpoint whose further fields may be checked. */
interface Checked {
  readonly id: string
  readonly checks?: Readonly<Record<string, FieldCheck>>
}

/** An endpoint with what fal's client says of its further fields, where it does not say more itself. */
export function withTableChecks<Spec extends Checked>(spec: Spec, table: EndpointTable): Spec {
  const schema = spec.checks === undefined ? table.schemaOf(spec.id) : undefined
  return schema === undefined ? spec : { ...spec, checks: furtherFields(schema, []).checks }
}
