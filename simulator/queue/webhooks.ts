import { toJson, type JsonObject } from '../json.ts'
import type { Simulation } from '../simulation.ts'
import type { Job } from './job.ts'
import type { Outcome } from './outcome.ts'

/** fal: ten attempts in two hours, later up to 31; here fewer and sooner, so that a trial shows them. */
const MAX_ATTEMPTS = 6
/** fal waits 15 s for the first delivery's answer. */
const ANSWER_MS = 15_000

async function toPayload(job: Job, outcome: Outcome): Promise<JsonObject> {
  const ids = { request_id: job.id, gateway_request_id: job.id }
  const payload = await outcome.readBody()
  if (outcome.status === 200) return { ...ids, status: 'OK', payload }
  return { ...ids, status: 'ERROR', error: `Invalid status code: ${outcome.status}`, payload }
}

interface Delivery {
  readonly job: Job
  readonly url: string
  readonly body: string
}

async function post(simulation: Simulation, delivery: Delivery): Promise<number | undefined> {
  const { job, url, body } = delivery
  const target = new URL(url)
  const signature = simulation.webhookKeys.sign(job.id, 'simulated-user', body)
  const headers = { 'content-type': 'application/json', ...signature }
  const entry = simulation.journal.open({
    kind: 'webhook-delivery',
    method: 'POST',
    path: target.pathname,
    query: Object.fromEntries(target.searchParams),
    headers: { host: target.host, ...headers },
    endpoint: job.endpoint.id,
    requestId: job.id,
  })
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_MS), simulation.closing])
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await answer.body?.cancel()
    entry.status = answer.status
    return answer.status
  } catch {
    entry.closedEarly = true
    return undefined
  }
}

const isSettled = (status: number | undefined): boolean =>
  // A redirect is a failure for good at fal, not a reason to try again.
  status !== undefined && status >= 200 && status < 400

function attempt(simulation: Simulation, delivery: Delivery, count: number): void {
  const send = async (): Promise<void> => {
    const status = await post(simulation, delivery)
    if (isSettled(status) || count >= MAX_ATTEMPTS || simulation.closing.aborted) return
    const pause = simulation.options.webhookRetryMs * 2 ** (count - 1)
    simulation.timers.after(pause, () => attempt(simulation, delivery, count + 1))
  }
  void send()
}

/** Sends the job's end to the caller's webhook, signed, and again while it is not taken. */
export async function deliverWebhook(simulation: Simulation, job: Job, url: string): Promise<void> {
  const outcome = await job.finished()
  if (!URL.canParse(url)) return
  const body = toJson(await toPayload(job, outcome))
  attempt(simulation, { job, url, body }, 1)
}
