import type { Preferences } from '../../job/preferences.ts'
import { ProblemError, type Problem } from '../../job/problem.ts'
import { isJsonObject, parseJson } from '../../lib/json.ts'
import { delay } from '../../lib/time/delay.ts'
import { isBalanceExhausted, readFalFailure, toProblem, type FalFailure } from '../failure.ts'
import { callFal, type FalAccess, type FalHosts } from '../fal-call.ts'
import { restKey, type FalKey, type KeyPool } from '../key-pool.ts'
import { toPreferenceHeaders } from './preference-headers.ts'
import { toQueuedRequest, type QueuedRequest } from './queued-request.ts'

/** Tries at one submit, while nothing can have been accepted. */
const ATTEMPTS = 3
const FIRST_PAUSE_MS = 500
/** fal answers a submit in well under a second; after so long the answer is taken for lost. */
const SUBMIT_TIMEOUT_MS = 30_000
/** A caller can wait so long for fal's limit to pass; for more it should come again itself. */
const LONGEST_LIMIT_PAUSE_SECONDS = 5

/** It travels in headers and paths. */
const REQUEST_ID = /^[\w-]{1,200}$/

/** Nothing was accepted. */
interface Refusal {
  /** This key will not do, another may; or it may be better in a moment. */
  readonly kind: 'key_refused' | 'not_now'
  readonly problem: Problem
}

type Outcome = { readonly kind: 'accepted'; readonly request: QueuedRequest } | Refusal

/**
 * Puts the inputs of one job into fal's queue, all with one key: who looks the job up later has only that
 * one. The first input goes ahead alone and finds the key; when it is not taken, nothing is.
 *
 * Repeats only what cannot have been accepted: 429, and answers without a request id that say that the
 * request was not handed on. A submit whose answer was lost is not repeated, because it may have been paid
 * for.
 *
 * @param hangUp looked at between tries; a submit under way is always heard out, so that it can be cancelled
 * @returns how each submit ended; the first one was accepted
 * @throws ProblemError `model_retired` (404), `upstream_auth_failed`, `quota_exhausted`, `rate_limited`,
 *   `input_rejected`, `upstream_failed`; the signal's reason when the caller has gone before anything was
 *   accepted
 */
export async function submitAll(
  access: FalAccess,
  pool: KeyPool,
  { endpoint, inputs, webhook, preferences }: QueueOrder,
  hangUp: AbortSignal,
): Promise<readonly PromiseSettledResult<QueuedRequest>[]> {
  const [first, ...others] = inputs
  const submission = { access, pool, endpoint, hangUp, webhook, preferences }
  const request = await submit({ ...submission, index: 0 }, first)
  const sameKey = { ...submission, pool: onlyKey(pool, request.key) }
  const more = await Promise.allSettled(
    others.map((input, index) => submit({ ...sameKey, index: index + 1 }, input)),
  )
  return [{ status: 'fulfilled', value: request }, ...more]
}

function onlyKey(pool: KeyPool, key: FalKey): KeyPool {
  return { ...pool, take: async () => [key] }
}

/** What is submitted to which endpoint. */
export interface QueueOrder {
  readonly endpoint: string
  readonly inputs: readonly unknown[]
  /** Where fal tells that a request has ended; key and place are added. undefined: nowhere. */
  readonly webhook?: string | undefined
  /** absent: as fal treats any. */
  readonly preferences?: Preferences | undefined
}

interface Submission extends Omit<QueueOrder, 'inputs'> {
  readonly access: FalAccess
  readonly pool: KeyPool
  readonly hangUp: AbortSignal
  /** Which of the job's inputs it is. */
  readonly index: number
}

async function submit(submission: Submission, input: unknown): Promise<QueuedRequest> {
  let problem: Problem = { kind: 'upstream_auth_failed' }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    submission.hangUp.throwIfAborted()
    const outcome = await tryEachKey(submission, input)
    if (outcome.kind === 'accepted') return outcome.request
    problem = outcome.problem
    if (outcome.kind === 'key_refused') break
    const pause = pauseMs(problem, attempt)
    if (pause === undefined || attempt === ATTEMPTS - 1) break
    await delay(pause, submission.hangUp)
  }
  throw new ProblemError(problem)
}

function pauseMs(problem: Problem, attempt: number): number | undefined {
  if (problem.kind !== 'rate_limited') return FIRST_PAUSE_MS * 2 ** attempt
  const seconds = problem.retryAfterSeconds ?? 1
  return seconds <= LONGEST_LIMIT_PAUSE_SECONDS ? seconds * 1000 : undefined
}

/** One try with each key of the pool, until one is accepted. */
async function tryEachKey(submission: Submission, input: unknown): Promise<Outcome> {
  const { pool } = submission
  const refusals: Problem[] = []
  for (const key of await pool.take()) {
    const outcome = await tryKey(submission, key, input)
    if (outcome.kind === 'accepted') return outcome
    if (outcome.kind === 'not_now' && outcome.problem.kind !== 'rate_limited') return outcome
    restKey(pool, key, outcome.problem)
    refusals.push(outcome.problem)
  }
  // What passes by itself is said before what the owner must mend.
  const ranked = ['rate_limited', 'quota_exhausted', 'upstream_auth_failed'].map((kind) =>
    refusals.find((problem) => problem.kind === kind),
  )
  const problem = ranked.find((one) => one !== undefined) ?? { kind: 'upstream_auth_failed' }
  return { kind: problem.kind === 'rate_limited' ? 'not_now' : 'key_refused', problem }
}

async function tryKey(submission: Submission, key: FalKey, input: unknown): Promise<Outcome> {
  const { access, endpoint } = submission
  const response = await post(submission, key, input)
  const text = await response.text().catch(() => '')
  if (response.ok) {
    const request = readAccepted(text, response.headers, { endpoint, key }, access.hosts)
    if (request !== undefined) return { kind: 'accepted', request }
  }
  return classifyRefusal(
    readFalFailure(response.status, response.headers, text),
    response,
    endpoint,
  )
}

/** An accepted request, by its body or at least by its header: what fal has taken must be found again. */
function readAccepted(
  text: string,
  headers: Headers,
  submitted: { readonly endpoint: string; readonly key: FalKey },
  hosts: FalHosts,
): QueuedRequest | undefined {
  const body = parseJson(text)
  if (isJsonObject(body) && isRequestId(body['request_id'])) {
    const urls = {
      response_url: toText(body['response_url']),
      status_url: toText(body['status_url']),
      cancel_url: toText(body['cancel_url']),
    }
    return toQueuedRequest({ ...submitted, requestId: body['request_id'] }, urls, hosts)
  }
  const named = headers.get('x-fal-request-id')
  return isRequestId(named)
    ? toQueuedRequest({ ...submitted, requestId: named }, {}, hosts)
    : undefined
}

function isRequestId(value: unknown): value is string {
  return typeof value === 'string' && REQUEST_ID.test(value)
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

async function post(
  { access, endpoint, webhook, index, preferences }: Submission,
  key: FalKey,
  input: unknown,
): Promise<Response> {
  const place = `&key=${key.fingerprint}&part=${index}`
  const told = webhook && `?fal_webhook=${encodeURIComponent(`${webhook}${place}`)}`
  try {
    return await callFal(access, {
      method: 'POST',
      url: `${access.hosts.queueUrl}/${endpoint}${told ?? ''}`,
      key: key.value,
      body: input,
      headers: toPreferenceHeaders(preferences),
      signal: AbortSignal.timeout(SUBMIT_TIMEOUT_MS),
    })
  } catch (error) {
    // The runtime says "Network connection lost" (`retryable`) for a refused connection and for one that was cut
    // after the request had gone out, and reads a body that is a stream to its end in both cases: nobody can tell
    // whether fal has it. On Cloudflare a refused connection is no error but a 521, which is repeated.
    const reason = 'the connection to fal was lost'
    const problem: Problem = {
      kind: 'upstream_failed',
      charged: 'unknown',
      reason,
    }
    throw new ProblemError(problem, { cause: error })
  }
}

/**
 * Answers of something in front of fal that could not hand the request on: 502 and 503 of its ingress, and
 * Cloudflare's words for an origin that could not be reached (521, 523, 525, 526). Not 504 and not 522:
 * there somebody waited for an answer in vain, so the request may be at fal.
 */
const NOT_HANDED_ON = new Set([502, 503, 521, 523, 525, 526])

/**
 * What a refused submit means. A request id in the headers says that fal has seen the request.
 *
 * @throws ProblemError when it was not refused before it was accepted, or would be again
 */
export function classifyRefusal(
  failure: FalFailure,
  response: Response,
  endpoint: string,
): Refusal {
  const { status } = failure
  const seen = response.headers.has('x-fal-request-id')
  if (status === 401 || status === 403) {
    const exhausted = isBalanceExhausted(failure)
    return {
      kind: 'key_refused',
      problem: { kind: exhausted ? 'quota_exhausted' : 'upstream_auth_failed' },
    }
  }
  if (status === 404) {
    throw new ProblemError({ kind: 'model_retired', model: endpoint, endpoint })
  }
  if (status === 429 || (NOT_HANDED_ON.has(status) && !seen)) {
    return { kind: 'not_now', problem: toProblem(failure, 'no') }
  }
  // Any other 4xx is about what was sent: sending it again does not help.
  const refused = status >= 400 && status < 500 && failure.details.length === 0
  throw new ProblemError(
    refused ? { kind: 'input_rejected', complaints: [] } : toProblem(failure, 'unknown'),
  )
}
