import type { Problem } from '../job/problem.ts'
import { PARTIALS_FIELD, sayComplaints, sayField, sayHeld } from '../openai/callers-field.ts'
import { MISTAKE_CODES } from '../openai/mistake-codes.ts'
import type { ErrorWords } from '../openai/surface.ts'
import { failure, final, mistake, rateLimited, usedUp, type Words } from './error-words.ts'

/** A problem in OpenAI's words. */
export interface ErrorReply {
  readonly status: number
  readonly error: ErrorWords
  readonly headers: Readonly<Record<string, string>>
}

/** The error as it stands in a body, with the id of the job that it belongs to. */
export function toErrorBody(problem: Problem, jobId: string | undefined): ErrorWords {
  const { error } = toErrorReply(problem)
  return jobId === undefined ? error : { ...error, job_id: jobId }
}

/**
 * The only place that says a problem in OpenAI's words. The official clients repeat 408, 409, 429 and 5xx
 * twice unless `x-should-retry` says otherwise: what may have been charged, and what will not get better,
 * says `false`.
 */
export function toErrorReply(problem: Problem): ErrorReply {
  const { status, type, code, message, param, retry, headers } = toWords(problem)
  return {
    status,
    error: { message, type, param: param ?? null, code },
    headers: {
      ...headers,
      ...(retry !== undefined && { 'x-should-retry': String(retry) }),
    },
  }
}

function toWords(problem: Problem): Words {
  switch (problem.kind) {
    case 'invalid_request': {
      const { mistake: kind = 'wrong_value', message, param } = problem
      return mistake(400, MISTAKE_CODES[kind], message, param)
    }
    case 'too_large':
    case 'unsupported_coding':
      return toBodyWords(problem)
    case 'unauthenticated':
      return unauthenticated(problem.given)
    case 'not_configured':
      return failure(500, 'worker_not_configured', problem.message, false)
    case 'route_not_found':
    case 'method_not_allowed':
      return toRouteWords(problem)
    case 'model_not_found':
    case 'model_retired':
      return toModelWords(problem)
    case 'idempotency_key_reused':
      return final(
        409,
        'idempotency_key_reused',
        'This Idempotency-Key was used with another body in the last 24 hours: send a new one.',
        'Idempotency-Key',
      )
    case 'job_not_found':
      return mistake(404, 'job_not_found', 'There is no job of yours with this id.')
    case 'job_expired':
      return mistake(410, 'job_expired', expired(problem.expiredAt))
    case 'picture_not_found':
      return mistake(404, 'picture_not_found', 'There is nothing at this address any more.')
    case 'variant_not_found':
      return mistake(404, 'variant_not_found', noVariant(problem), 'variant')
    case 'content_rejected':
      return final(400, 'content_policy_violation', problem.message || REJECTED, sayHeld(problem))
    case 'input_rejected':
      return final(
        400,
        'invalid_value',
        sayComplaints(problem.complaints) || 'The model does not accept this input.',
        sayField(problem.complaints[0]),
      )
    default:
      return toUpstreamWords(problem)
  }
}

function toRouteWords(
  problem: Extract<Problem, { kind: 'route_not_found' | 'method_not_allowed' }>,
): Words {
  if (problem.kind === 'route_not_found') {
    const message = `Unknown request URL: ${problem.method} ${problem.path}. The API reference is in the README.`
    return mistake(404, 'unknown_url', message)
  }
  const allow = problem.allow.join(', ')
  const message = `${problem.method} is not allowed here; use ${allow}.`
  return { ...mistake(405, 'method_not_allowed', message), headers: { allow } }
}

function toBodyWords(
  problem: Extract<Problem, { kind: 'too_large' | 'unsupported_coding' }>,
): Words {
  if (problem.kind === 'too_large') {
    const most = `${megabytes(problem.limitBytes)} MB, the most that is accepted`
    return mistake(413, 'request_too_large', `${problem.what} is larger than ${most}.`)
  }
  const message = `A body with Content-Encoding '${problem.coding}' is not read here: send it with one of gzip, deflate and zstd, or as it is.`
  // What a client may choose from (RFC 9110 §15.5.16).
  const headers = { 'accept-encoding': 'gzip, deflate, zstd' }
  return { ...mistake(415, 'unsupported_content_encoding', message, 'Content-Encoding'), headers }
}

type CallersProblem =
  | 'invalid_request'
  | 'too_large'
  | 'unsupported_coding'
  | 'unauthenticated'
  | 'not_configured'
  | 'route_not_found'
  | 'method_not_allowed'
  | 'model_not_found'
  | 'model_retired'
  | 'idempotency_key_reused'
  | 'job_not_found'
  | 'job_expired'
  | 'picture_not_found'
  | 'variant_not_found'
  | 'content_rejected'
  | 'input_rejected'

function toUpstreamWords(problem: Exclude<Problem, { kind: CallersProblem }>): Words {
  switch (problem.kind) {
    case 'upstream_auth_failed':
      return failure(
        503,
        'upstream_auth_failed',
        'fal does not accept the key of this gateway. Its owner must check FAL_API_KEY.',
        false,
      )
    case 'quota_exhausted':
      return usedUp(
        "The balance of this gateway's fal account is used up. Its owner must top it up.",
      )
    case 'budget_spent':
      return usedUp(
        `This gateway allows your access key $${problem.budgetUsd} a day, and with this request it would ` +
          `be more. The next day begins at ${new Date(problem.resetsAt * 1000).toISOString()}.`,
      )
    case 'too_many_requests':
      return rateLimited(
        problem.retryAfterSeconds,
        'This gateway takes no more requests with your access key at the moment.',
      )
    case 'rate_limited':
      return rateLimited(problem.retryAfterSeconds, 'fal takes no more requests at the moment.')
    case 'upstream_failed':
      return failure(502, 'upstream_failed', upstreamFailed(problem), problem.charged === 'no')
    case 'unreadable':
      return failure(502, 'upstream_failed', unreadable(problem), problem.isLookUp)
    case 'timed_out':
      return failure(
        504,
        'job_timeout',
        `The job was not done after ${problem.seconds} s. If it has begun it goes on: ask for it with GET /v1/jobs/{job id}.`,
        false,
      )
    case 'ledger_missing':
      return mistake(404, 'ledger_missing', LEDGER_MISSING)
    case 'webhook_refused':
      return mistake(403, 'webhook_refused', 'This is no webhook of fal for a job of this gateway.')
    case 'cancelled':
      return final(499, 'job_cancelled', 'The job was cancelled.')
    case 'internal':
      return failure(500, null, 'The gateway made a mistake. Please report the request id.', false)
  }
}

const LEDGER_MISSING =
  'This needs the ledger: the owner of this gateway must bind a Durable Object as LEDGER.'

const REJECTED = 'The content filter refused this prompt.'

function unauthenticated(given: boolean): Words {
  const message = given
    ? 'Incorrect API key provided. Use the access key of this gateway, not a key of OpenAI or fal.'
    : 'No API key provided. Send the access key of this gateway as "Authorization: Bearer <key>".'
  return { ...mistake(401, 'invalid_api_key', message), headers: { 'www-authenticate': 'Bearer' } }
}

function toModelWords(
  problem: Extract<Problem, { kind: 'model_not_found' | 'model_retired' }>,
): Words {
  if (problem.kind === 'model_retired') {
    const message = `The model '${problem.model}' is gone: fal no longer serves ${problem.endpoint}.`
    return final(404, 'model_not_found', message, 'model')
  }
  if (NO_NAME.test(problem.model)) {
    const message = `The model '${problem.model}' is no name: the app put a value of its own in place of one. GET /v1/models lists all.`
    return mistake(404, 'model_not_found', message, 'model')
  }
  const near = problem.near.length === 0 ? '' : ` Near it: ${problem.near.join(', ')}.`
  const message = `The model '${problem.model.slice(0, 100)}' does not exist.${near} GET /v1/models lists all.`
  return mistake(404, 'model_not_found', message, 'model')
}

/** What JavaScript makes of a model that an app did not turn into a text, or did not have. */
const NO_NAME = /^(?:\[object \w+\]|undefined|null|NaN)$/

function upstreamFailed({
  charged,
  reason,
}: Extract<Problem, { kind: 'upstream_failed' }>): string {
  const what = `fal failed: ${reason}.`
  if (charged === 'no') return `${what} Nothing was charged; please try again.`
  if (charged === 'maybe') return `${what} The job can be looked up with GET /v1/jobs/{job id}.`
  if (charged === 'lost') {
    return `${what} The picture may have been charged, and cannot be fetched again: with ${PARTIALS_FIELD} it is made past fal's queue.`
  }
  return `${what} The request may have been accepted all the same: repeating it could cost twice.`
}

function unreadable({ reason, isLookUp }: Extract<Problem, { kind: 'unreadable' }>): string {
  const what = `fal cannot be asked just now: ${reason}.`
  if (isLookUp) return `${what} The job is as it was; please ask again.`
  return `${what} The job can be looked up with GET /v1/jobs/{job id}.`
}

function expired(at: number | undefined): string {
  const when = at === undefined ? '' : ` since ${new Date(at * 1000).toISOString()}`
  return `The result of this job is gone${when}: fal no longer keeps it.`
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_000_000)
}

function noVariant({ variant, why }: Extract<Problem, { kind: 'variant_not_found' }>): string {
  if (why === 'not_cut') {
    return `No ${variant} could be made of this video: what is bound as MEDIA takes MP4 files up to 100 MB. Ask for the video itself.`
  }
  return `There is no ${variant} of this video here: the owner of this gateway must bind Cloudflare's Media Transformations as MEDIA. Without it a video that was made with a first frame has that as its thumbnail.`
}
