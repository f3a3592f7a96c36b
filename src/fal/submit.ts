import * as z from 'zod'

import { ProblemError, type Problem } from '../job/problem.ts'
import { delay } from '../lib/delay.ts'
import { parseJson } from '../lib/json.ts'
import { isBalanceExhausted, readFalFailure, toProblem, type FalFailure } from './failure.ts'
import { callFal, type FalAccess } from './fal-call.ts'
import { REJECTED_KEY_REST_MS, type FalKey, type KeyPool } from './key-pool.ts'
import { toQueuedRequest, type QueuedRequest } from './queued-request.ts'

/** Tries at one submit, while nothing can have been accepted. */
const ATTEMPTS = 3
const FIRST_PAUSE_MS = 500
/** fal answers a submit in well under a second; after so long the answer is taken for lost. */
const SUBMIT_TIMEOUT_MS = 30_000
/** A caller can wait so long for fal's limit to pass; for more it should come again itself. */
const LONGEST_LIMIT_PAUSE_SECONDS = 5

const accepted = z.object({
  request_id: z.string().min(1),
  response_url: z.string().nullish(),
  status_url: z.string().nullish(),
  cancel_url: z.string().nullish(),
})

type Outcome =
  | { readonly kind: 'accepted'; readonly request: QueuedRequest }
  /** This key will not do; another may. Nothing was accepted. */
  | { readonly kind: 'key_refused'; readonly problem: Problem }
  /** Nothing was accepted, and it may be better in a moment. */
  | { readonly kind: 'not_now'; readonly problem: Problem }

/**
 * Puts one input into fal's queue. Repeats only what cannot have been accepted: 429, and answers without a
 * request id that say that the request was not handed on. A submit whose answer was lost is not repeated,
 * because it may have been paid for. It takes no signal: a submit under way is always heard out, so that it
 * can be cancelled.
 *
 * @throws ProblemError `model_retired` (404), `upstream_auth_failed`, `quota_exhausted`, `rate_limited`,
 *   `upstream_failed`
 */
export async function submit(
  access: FalAccess,
  pool: KeyPool,
  endpoint: string,
  input: unknown,
): Promise<QueuedRequest> {
  let problem: Problem = { kind: 'upstream_auth_failed' }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await tryEachKey(access, pool, endpoint, input)
    if (outcome.kind === 'accepted') return outcome.request
    problem = outcome.problem
    if (outcome.kind === 'key_refused') break
    const pause = pauseMs(problem, attempt)
    if (pause === undefined || attempt === ATTEMPTS - 1) break
    await delay(pause)
  }
  throw new ProblemError(problem)
}

function pauseMs(problem: Problem, attempt: number): number | undefined {
  if (problem.kind !== 'rate_limited') return FIRST_PAUSE_MS * 2 ** attempt
  const seconds = problem.retryAfterSeconds ?? 1
  return seconds <= LONGEST_LIMIT_PAUSE_SECONDS ? seconds * 1000 : undefined
}

/** One try with each key of the pool, until one is accepted. */
async function tryEachKey(
  access: FalAccess,
  pool: KeyPool,
  endpoint: string,
  input: unknown,
): Promise<Outcome> {
  const refusals: Problem[] = []
  for (const key of await pool.take()) {
    const outcome = await tryKey(access, key, endpoint, input)
    if (outcome.kind === 'accepted') return outcome
    if (outcome.kind === 'not_now' && outcome.problem.kind !== 'rate_limited') return outcome
    rest(pool, key, outcome.problem)
    refusals.push(outcome.problem)
  }
  // What passes by itself is said before what the owner must mend.
  const ranked = ['rate_limited', 'quota_exhausted', 'upstream_auth_failed'].map((kind) =>
    refusals.find((problem) => problem.kind === kind),
  )
  const problem = ranked.find((one) => one !== undefined) ?? { kind: 'upstream_auth_failed' }
  return { kind: problem.kind === 'rate_limited' ? 'not_now' : 'key_refused', problem }
}

function rest(pool: KeyPool, key: FalKey, problem: Problem): void {
  const limited = problem.kind === 'rate_limited'
  pool.rest(key, limited ? (problem.retryAfterSeconds ?? 1) * 1000 : REJECTED_KEY_REST_MS)
}

async function tryKey(
  access: FalAccess,
  key: FalKey,
  endpoint: string,
  input: unknown,
): Promise<Outcome> {
  const response = await post(access, key, endpoint, input)
  const text = await response.text().catch(() => '')
  const parsed = accepted.safeParse(parseJson(text))
  if (response.ok && parsed.success) {
    const submitted = { endpoint, requestId: parsed.data.request_id, key }
    return { kind: 'accepted', request: toQueuedRequest(submitted, parsed.data, access.hosts) }
  }
  return judge(readFalFailure(response.status, response.headers, text), response, endpoint)
}

async function post(
  access: FalAccess,
  key: FalKey,
  endpoint: string,
  input: unknown,
): Promise<Response> {
  try {
    return await callFal(access, {
      method: 'POST',
      url: `${access.hosts.queueUrl}/${endpoint}`,
      key: key.value,
      body: input,
      signal: AbortSignal.timeout(SUBMIT_TIMEOUT_MS),
    })
  } catch (error) {
    // The runtime says "Network connection lost" for a refused connection and for one that was cut after
    // the request had gone out, so nobody can tell whether fal has it.
    const reason = 'the connection to fal was lost'
    const problem: Problem = {
      kind: 'upstream_failed',
      charged: 'unknown',
      status: undefined,
      reason,
    }
    throw new ProblemError(problem, { cause: error })
  }
}

/**
 * Answers of something in front of fal that could not hand the request on: 502 to 504 of its ingress, and
 * Cloudflare's words for an origin that could not be reached (521 to 523, 525, 526).
 */
const NOT_HANDED_ON = new Set([502, 503, 504, 521, 522, 523, 525, 526])

/** What a refused submit means. A request id in the headers says that fal has seen the request. */
function judge(failure: FalFailure, response: Response, endpoint: string): Outcome {
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
  throw new ProblemError(toProblem(failure, status < 500 && status >= 400 ? 'no' : 'unknown'))
}
