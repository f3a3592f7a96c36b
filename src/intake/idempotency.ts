import { ProblemError } from '../job/problem.ts'
import type { IdempotencyKey } from '../ports/idempotency-store.ts'
import { normalisePath } from '../request/normalise-path.ts'
import type { RequestContext } from '../request/request-context.ts'

/** Listens to a body while it is read. */
export interface BodyHash {
  /** Bytes must stay as they are until `settle`. */
  add(piece: Uint8Array | string): void
  /** Waits until all that was added has been heard. */
  settle(): Promise<void>
  /** What the request says of its repeats; only when the whole body has been read. */
  idempotency(): Promise<IdempotencyKey>
}

/** As long as OpenAI and Stripe remember a key. */
const KEY_SECONDS = 24 * 3600
/** How long the official clients wait for an answer when they do not say otherwise. */
const CLIENT_TIMEOUT_SECONDS = 600
const LONGEST_TIMEOUT_SECONDS = 3600
/** The longest that they wait before they try again: openai-python, when `Retry-After` says so. */
const LONGEST_PAUSE_SECONDS = 130
const MAX_KEY_LETTERS = 255

/**
 * Listens to the body of a request that may be repeated: one with an `Idempotency-Key`, or one of an official
 * client, which counts its own repeats in `x-stainless-retry-count`.
 *
 * @returns undefined for any other request: two of them are two jobs
 * @throws ProblemError `invalid_request` for a key that cannot be one
 */
export function hashBody({
  request,
  caller,
  deployment = '',
}: RequestContext): BodyHash | undefined {
  const key = request.headers.get('idempotency-key')?.trim()
  const repeats = request.headers.get('x-stainless-retry-count')
  if (key === undefined && repeats === null) return undefined
  if (key !== undefined && !/^[\u0021-\u007e]+$/.test(key.slice(0, MAX_KEY_LETTERS + 1)))
    throw badKey()
  if (key !== undefined && key.length > MAX_KEY_LETTERS) throw badKey()
  const digest = new crypto.DigestStream('SHA-256')
  const writer = digest.getWriter()
  const encoder = new TextEncoder()
  let last = Promise.resolve()
  const add = (piece: Uint8Array | string): void => {
    // Its failure shows in the digest.
    last = writer
      .write(typeof piece === 'string' ? encoder.encode(piece) : piece)
      .catch(() => undefined)
  }
  // The same body means something else at another route, and the same at every way to write that.
  add(`${normalisePath(new URL(request.url).pathname).path}\n${deployment}\n`)
  const tries = Math.max(0, Math.floor(Number(repeats))) || 0
  const patienceSeconds = patienceOf(request.headers)
  return {
    add,
    settle: () => last,
    async idempotency() {
      await writer.close()
      const bodyHash = new Uint8Array(await digest.digest).toHex()
      return key === undefined
        ? {
            caller: caller.name,
            scope: JSON.stringify([caller.name, 'body', bodyHash]),
            bodyHash,
            attach: tries > 0,
            tries,
            patienceSeconds,
            // A first try is no repeat of anything; a later one may have been paid for.
            isStrict: tries > 0,
            keepSeconds: patienceSeconds + LONGEST_PAUSE_SECONDS,
          }
        : {
            caller: caller.name,
            scope: JSON.stringify([caller.name, 'key', key]),
            bodyHash,
            attach: true,
            tries: undefined,
            patienceSeconds,
            isStrict: true,
            keepSeconds: KEY_SECONDS,
          }
    },
  }
}

/**
 * How long the client waits for an answer, in seconds. Only so long after its last try can it come back for
 * the same image: an equal request after that is somebody who wants another one.
 */
function patienceOf(headers: Headers): number {
  const seconds = clientTimeoutOf(headers) ?? CLIENT_TIMEOUT_SECONDS
  return Math.min(seconds, LONGEST_TIMEOUT_SECONDS)
}

/** After how many seconds the client gives a request up, as it says itself; undefined: it does not say. */
export function clientTimeoutOf(headers: Headers): number | undefined {
  // openai-node's word, and openai-python's.
  const said = headers.get('x-stainless-timeout') ?? headers.get('x-stainless-read-timeout')
  const seconds = Number(said ?? Number.NaN)
  return seconds >= 0 ? seconds : undefined
}

function badKey(): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message: `The header Idempotency-Key must be 1 to ${MAX_KEY_LETTERS} visible ASCII characters.`,
    param: 'Idempotency-Key',
    mistake: 'wrong_value',
  })
}
