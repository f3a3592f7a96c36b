import type { AnyResult } from '../../job/any-result.ts'
import type { FoundJob } from '../../job/found-job.ts'
import type { JobClaims } from '../../job/job-claims.ts'
import { invalidRequest, ProblemError } from '../../job/problem.ts'
import type { RunningJob } from '../../job/running-job.ts'
import { createResponseEvents } from '../../openai/responses/response-events.ts'
import { toFoundFacts, type KnownResponse } from '../../openai/responses/response-found.ts'
import type { ServerEvent, ServerEvents } from '../../openai/surface.ts'
import type { DeliveryAccess } from '../../reply/delivery.ts'
import { eventStream, toStreamResponse } from '../../reply/event-stream.ts'
import { withDelivery } from '../../reply/json-answer.ts'
import { createAnyDelivery } from '../../reply/media-delivery.ts'
import { listenForHangUp, onAbort } from '../../request/hang-up.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { end, noteFailure } from '../../request/request-record.ts'

/** What earlier responses are streamed with. */
export interface RetellService extends Omit<DeliveryAccess, 'context' | 'signal'> {
  /** Follows a job from wherever it stands; hanging up cancels nothing. */
  follow(claims: JobClaims, hangUp: AbortSignal): RunningJob<AnyResult>
}

/**
 * `GET /v1/responses/{id}?stream=true`: the event stream of an earlier response from its beginning, with the
 * numbers that it had, or from behind the event `starting_after`. What is being made is followed to its end.
 *
 * @throws ProblemError `invalid_request`
 */
export function streamFoundResponse(
  known: KnownResponse,
  found: FoundJob<AnyResult>,
  context: RequestContext,
  service: RetellService,
): Response {
  const after = readStartingAfter(context.request)
  const { promise: ended, resolve: letGo } = Promise.withResolvers<void>()
  context.waitUntil(ended)
  const { record } = context
  const hangUp = listenForHangUp(context.request, undefined)
  onAbort(hangUp, () => {
    end(record, 'hung_up')
    letGo()
  })
  const { signal } = hangUp
  const running =
    found.status === 'completed' || found.status === 'failed'
      ? replay(found)
      : service.follow(known.claims, signal)
  const delivery = createAnyDelivery(known.listed ? 'both' : 'url', { ...service, context, signal })
  const delivered = withDelivery(running, delivery)
  const events = createResponseEvents()
  const facts = toFoundFacts(known)
  const isNew = ({ data }: ServerEvent): boolean =>
    typeof data === 'string' || Number(data['sequence_number']) > after
  const told = events.tell(delivered.running, facts, delivered.base64)
  const body = eventStream(only(isNew, told), {
    hangUp: hangUp.abort,
    end: () => {
      end(record, 'completed')
      hangUp.abort()
    },
    failed: (error) => {
      noteFailure(error, record)
    },
    jobId: known.jobId,
    toFailure: (error) => events.fail(error, facts).filter(isNew),
    ...(delivery.writes && { write: (text: string) => delivered.write(text) }),
  })
  return toStreamResponse(body, {
    'x-job-id': known.jobId,
    'x-fal-endpoint': known.claims.endpoint,
  })
}

function readStartingAfter({ url }: Request): number {
  const text = new URL(url).searchParams.get('starting_after')
  if (text === null) return -1
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw invalidRequest(
    'starting_after',
    "Invalid value for 'starting_after': expected the sequence_number of an event.",
  )
}

async function* replay(
  found: Extract<FoundJob<AnyResult>, { status: 'completed' | 'failed' }>,
): RunningJob<AnyResult> {
  if (found.status === 'completed') return found.result
  // What fails has begun, unless it was taken out of the queue.
  if (found.problem.kind !== 'cancelled') yield { type: 'started' }
  throw new ProblemError(found.problem)
}

async function* only(isNew: (event: ServerEvent) => boolean, events: ServerEvents): ServerEvents {
  for await (const known of events) yield known.filter(isNew)
}
