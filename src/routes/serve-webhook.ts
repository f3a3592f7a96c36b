import { readBytes } from '../intake/read-body.ts'
import { ProblemError } from '../job/problem.ts'
import type { Visit } from '../request/request-context.ts'
import type { WebhookTicket, WebhookTickets } from '../tokens/webhook-state.ts'

/** What fal tells when a request has ended. */
interface News {
  readonly requestId: string
  /** Whether the model made something. */
  readonly ok: boolean
}

/** What fal's webhooks are served with. */
export interface WebhookService {
  readonly tickets: WebhookTickets
  /** @returns undefined for what fal did not sign, or not just now */
  readWebhook(headers: Headers, body: Uint8Array<ArrayBuffer>): Promise<News | undefined>
  /** @param key the fingerprint of the fal key that submitted */
  arrived(ticket: WebhookTicket, key: string, news: News): Promise<void>
}

/**
 * `POST /webhooks/fal`: a request has ended. Told twice it changes nothing, and not told nothing but that a
 * lost submit is not found.
 *
 * @throws ProblemError `webhook_refused`, in the same words for every reason
 */
export async function serveWebhook(visit: Visit, service: WebhookService): Promise<Response> {
  const { request, nowSeconds } = visit
  const query = new URL(request.url).searchParams
  // The ticket first: without one of ours, fal's keys are not even asked for.
  const ticket = await service.tickets.read(query.get('job') ?? '', nowSeconds)
  const news = ticket && (await service.readWebhook(request.headers, await readBytes(request)))
  if (ticket === undefined || news === undefined) {
    throw new ProblemError({ kind: 'webhook_refused' })
  }
  await service.arrived(ticket, query.get('key') ?? '', news)
  return Response.json({ received: true })
}
