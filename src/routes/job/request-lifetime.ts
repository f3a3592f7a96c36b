import { JOB_GOES_ON } from '../../job/running-job.ts'
import type { RequestEnd } from '../../ports/idempotency-store.ts'
import { listenForHangUp, onAbort, type HangUp } from '../../request/hang-up.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { end, toRequestEnd } from '../../request/request-record.ts'

/** How long a request is at work: the runtime waits for it, and hears of the caller's leaving. */
export interface Lifetime {
  readonly hangUp: HangUp
  /** How the request ends for its caller. */
  readonly told: PromiseWithResolvers<RequestEnd>
  /** Nothing of the request is at work any more. */
  readonly letGo: () => void
  /** As soon as nothing is. */
  readonly ended: Promise<void>
}

export function openLifetime(
  { request, record, waitUntil }: RequestContext,
  goesOn: boolean,
): Lifetime {
  const { promise: ended, resolve: letGo } = Promise.withResolvers<void>()
  // Registered before the hang-up is listened for: without it the runtime drops everything, the cancelling
  // included, the moment the caller is gone.
  waitUntil(ended)
  const told = Promise.withResolvers<RequestEnd>()
  const hangUp = listenForHangUp(request, goesOn ? JOB_GOES_ON : undefined)
  onAbort(hangUp, () => {
    end(record, goesOn && record.job !== undefined ? 'in_background' : 'hung_up')
    told.resolve(goesOn ? 'kept' : toRequestEnd(record.outcome))
  })
  return { hangUp, told, letGo, ended }
}
