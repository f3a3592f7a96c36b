import { ProblemError } from '../../job/problem.ts'
import type { Fetcher } from '../../lib/fetcher.ts'
import { isPublicUrl } from '../../lib/public-url.ts'
import { createDeadline } from '../../lib/time/deadline.ts'
import { delay } from '../../lib/time/delay.ts'
import type { FetchMedia, OpenedMedia } from '../../ports/opened-media.ts'

const ATTEMPTS = 3
const PAUSE_MS = 300
const REDIRECTS = 3
/**
 * Until an answer begins. Its bytes may take as long as they do: a video of 100 MB is hours on a slow line, and
 * whoever takes it leaves when it falls silent; images are read by one that notices that.
 */
const BEGIN_TIMEOUT_MS = 60_000

/** Where what was made is fetched from. */
export interface MediaSource {
  readonly fetch: Fetcher
  /** Whether fal itself is configured on loopback: then it may be there too (the pretend fal). */
  readonly loopback: boolean
}

/**
 * Opens what fal made, see `fetchMedia`.
 *
 * @throws ProblemError `upstream_failed` when it cannot be had; the signal's reason when it aborts
 */
export async function openMedia(
  source: MediaSource,
  url: string,
  signal: AbortSignal,
  offset: number,
): Promise<OpenedMedia> {
  const headers = offset === 0 ? undefined : { range: `bytes=${offset}-` }
  const response = await fetchMedia(source, url, { ...(headers && { headers }) }, signal)
  const body = response.status === (offset === 0 ? 200 : 206) ? bodyOf(response) : null
  if (body !== null) return { body, length: lengthOf(response.headers) }
  await response.body?.cancel()
  throw failed()
}

/**
 * Asks for what fal made. Only https on a public host name, so that a hostile answer cannot make
 * the Worker fetch from inside a network. No key is sent. Failures that pass are tried again.
 *
 * @returns an answer that will not get better by asking again, whatever its status
 * @throws ProblemError `upstream_failed`; the signal's reason when it aborts
 */
export async function fetchMedia(
  source: MediaSource,
  url: string,
  init: Parameters<FetchMedia>[1],
  signal: AbortSignal,
): Promise<Response> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await delay(PAUSE_MS * attempt, signal)
    const response = await request(source, url, init, signal)
    if (response === undefined) continue
    if (response.status < 500 && response.status !== 429) return response
    await response.body?.cancel()
  }
  throw failed()
}

function failed(): ProblemError {
  return new ProblemError({
    kind: 'upstream_failed',
    charged: 'maybe',
    reason: 'what was made could not be fetched',
  })
}

function bodyOf({ body }: Response): ReadableStream<Uint8Array> | null {
  return body
}

/** A length says nothing about the bytes when they were compressed on the way. */
function lengthOf(headers: Headers): number | undefined {
  const length = Number(headers.get('content-length') ?? Number.NaN)
  return headers.has('content-encoding') || !Number.isFinite(length) ? undefined : length
}

async function request(
  { fetch, loopback }: MediaSource,
  url: string,
  init: Parameters<FetchMedia>[1],
  signal: AbortSignal,
): Promise<Response | undefined> {
  let place = url
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    if (!isPublicUrl(place, loopback)) return undefined
    const deadline = createDeadline(BEGIN_TIMEOUT_MS, () => new Error('no answer'))
    try {
      const response = await fetch(place, {
        ...init,
        signal: AbortSignal.any([signal, deadline.signal]),
        redirect: 'manual',
      })
      const next = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || next === null) return response
      await response.body?.cancel()
      place = new URL(next, place).href
    } catch {
      signal.throwIfAborted()
      return undefined
    } finally {
      deadline.lift()
    }
  }
  return undefined
}
