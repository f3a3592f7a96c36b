import * as z from 'zod/mini'

import type { Treatment } from '../job/preferences.ts'
import { once } from '../lib/once.ts'
import { readWith } from './read-with.ts'

/** Forms write yes and no as text. */
const yesOrNo = once(() =>
  z.pipe(
    z.transform((value: unknown) =>
      value === 'true' || value === 'false' ? value === 'true' : value,
    ),
    z.nullish(z.boolean()),
  ),
)

/** What any body may say besides. */
export const treatmentRequest = once(() =>
  z.object({ service_tier: z.nullish(z.string()), store: yesOrNo() }),
)

const background = once(() =>
  z.object({
    background_options: z.nullish(
      z.looseObject({
        completion_window: z.nullish(z.enum(['soonest', '2h', '8h'])),
        // It goes on with what OpenAI has kept of an earlier one.
        continuation_id: z.nullish(z.never('is not supported here: send a request of its own')),
      }),
    ),
  }),
)

/**
 * Reads what any body may say of how its job is to be treated: `service_tier` as OpenAI has it, of which
 * `flex` alone means something here, `store`, and the time that a response in the background has.
 *
 * @throws ProblemError `invalid_request`
 */
export function readTreatment(body: Readonly<Record<string, unknown>>): Treatment {
  if (WORDS.every((word) => body[word] === undefined)) return USUAL
  const { service_tier: tier, store } = readWith(treatmentRequest(), body)
  return { lowPriority: tier === 'flex' || canWait(body), stored: store !== false }
}

/** Whether it may take hours. */
function canWait(body: Readonly<Record<string, unknown>>): boolean {
  if (body['background_options'] === undefined) return false
  const { background_options: options } = readWith(background(), body)
  return (options?.completion_window ?? 'soonest') !== 'soonest'
}

/** How a request was treated, as answers tell it back; undefined: nothing was said of it. */
export function toServiceTier(tier: string | null | undefined): 'flex' | 'default' | undefined {
  if (tier === undefined || tier === null) return undefined
  return tier === 'flex' ? 'flex' : 'default'
}

const WORDS = ['service_tier', 'store', 'background_options'] as const

const USUAL: Treatment = { lowPriority: false, stored: true }
