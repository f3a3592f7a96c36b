import * as z from 'zod/mini'

import type { Treatment } from '../job/preferences.ts'
import { readWith } from './read-with.ts'

/** Forms write yes and no as text. */
const yesOrNo = z.pipe(
  z.transform((value: unknown) =>
    value === 'true' || value === 'false' ? value === 'true' : value,
  ),
  z.nullish(z.boolean()),
)

/** What any body may say besides. */
export const treatmentRequest = z.object({ service_tier: z.nullish(z.string()), store: yesOrNo })

/**
 * Reads what any body may say of how its job is to be treated: `service_tier` as OpenAI has it, of which
 * `flex` alone means something here, and `store`.
 *
 * @throws ProblemError `invalid_request`
 */
export function readTreatment(body: Readonly<Record<string, unknown>>): Treatment {
  if (body['service_tier'] === undefined && body['store'] === undefined) return USUAL
  const { service_tier: tier, store } = readWith(treatmentRequest, body)
  return { lowPriority: tier === 'flex', stored: store !== false }
}

const USUAL: Treatment = { lowPriority: false, stored: true }
