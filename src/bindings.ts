import * as z from 'zod/mini'

import { ProblemError } from './job/problem.ts'
import { ledgerNamespace } from './ledger/ledger.ts'

const bindings = z.object({
  LEDGER: z.optional(ledgerNamespace),
})

/** What the owner has bound to the Worker: each adds a capability, none is needed. */
export type Bindings = z.infer<typeof bindings>

/** @throws ProblemError `not_configured` that names a binding that is not what it should be */
export function readBindings(env: unknown): Bindings {
  const parsed = bindings.safeParse(env)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ProblemError({
    kind: 'not_configured',
    message: `This gateway is not configured: its binding ${String(issue?.path[0])} is wrong (${issue?.message}).`,
  })
}
