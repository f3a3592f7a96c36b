import type { FoundJob } from '../job/found-job.ts'
import { ProblemError } from '../job/problem.ts'
import { sha256 } from '../lib/bytes/sha256.ts'
import { signWebhook } from '../lib/bytes/standard-webhook.ts'
import type { Fetcher } from '../lib/fetcher.ts'
import type { JsonObject } from '../lib/json.ts'

/** fal waits 15 s for us, the first time. */
const TIMEOUT_MS = 10_000

/** A job whose caller wants to hear of its end. */
interface AwaitedJob {
  readonly id: string
  readonly response: boolean
  /** The name of its medium. */
  readonly medium: string
  readonly found: FoundJob<unknown>
}

/** How a caller is told. */
export interface Notice {
  readonly url: string
  /** What the caller checks it with. */
  readonly secrets: readonly string[]
  readonly fetch: Fetcher
  /** The event in the callers' words; undefined: the job has not ended. */
  readonly toEvent: (job: AwaitedJob, id: string, nowSeconds: number) => JsonObject | undefined
  /** Since 1970. */
  readonly nowSeconds: number
}

/**
 * Tells a caller that its job has ended; nothing while it has not.
 *
 * @throws ProblemError `upstream_failed` when it was not taken: fal, who told us, tells us again then
 */
export async function notifyCaller(job: AwaitedJob, notice: Notice): Promise<void> {
  const { url, secrets, fetch, toEvent, nowSeconds } = notice
  const id = `evt_${(await sha256(job.id)).toHex().slice(0, 32)}`
  const event = toEvent(job, id, nowSeconds)
  if (event === undefined) return
  const body = JSON.stringify(event)
  const headers = {
    'content-type': 'application/json',
    ...(await signWebhook(body, id, nowSeconds, secrets)),
  }
  const status = await post(fetch, url, { method: 'POST', headers, body })
  // 410: the receiver wants no more of them (Standard Webhooks).
  if ((status >= 200 && status < 300) || status === 410) return
  throw new ProblemError({
    kind: 'upstream_failed',
    charged: 'no',
    reason: "the caller's webhook did not take the event",
  })
}

async function post(
  fetch: Fetcher,
  url: string,
  init: Pick<RequestInit, 'method' | 'headers' | 'body'>,
): Promise<number> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { ...init, redirect: 'manual', signal })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}
