import { readBytes } from '../intake/body/read-body.ts'
import { ProblemError } from '../job/problem.ts'
import type { FalWebhookEvent } from '../ports/fal-webhook-event.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { WebhookState, WebhookStates } from '../tokens/webhook-state.ts'

/** What fal's webhooks are served with. */
export interface WebhookService {
  readonly webhookStates: WebhookStates
  /** @returns undefined for what fal did not sign, or not just now */
  readWebhook(headers: Headers, body: Uint8Array<ArrayBuffer>): Promise<FalWebhookEvent | undefined>
  arrived(state: WebhookState, from: Submitter, event: FalWebhookEvent): Promise<void>
}

/** Who submitted the request that fal tells of. */
interface Submitter {
  /** The fingerprint of the fal key. */
  readonly key: string
  /** Which of the job's requests it is; undefined: not known. */
  readonly index: number | undefined
}

/**
 * `POST /webhooks/fal`: a request has ended. Told twice it changes nothing, and not told nothing but that a
 * lost submit is not found.
 *
 * @throws ProblemError `webhook_refused`, in the same words for every reason
 */
export async function serveWebhook(
  context: RequestContext,
  service: WebhookService,
): Promise<Response> {
  const { request, nowSeconds } = context
  const query = new URL(request.url).searchParams
  // The state first: without one of ours, fal's keys are not even asked for.
  const state = await service.webhookStates.read(query.get('job') ?? '', nowSeconds)
  const event = state && (await service.readWebhook(request.headers, await readBytes(request)))
  if (state === undefined || event === undefined) {
    throw new ProblemError({ kind: 'webhook_refused' })
  }
  const index = /^\d{1,3}$/.exec(query.get('part') ?? '')?.[0]
  const from = {
    key: query.get('key') ?? '',
    index: index === undefined ? undefined : Number(index),
  }
  await service.arrived(state, from, event)
  return Response.json({ received: true })
}
