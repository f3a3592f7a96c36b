import * as z from 'zod/mini'

import type { Complaint, Problem } from '../job/problem.ts'
import { parseJson } from '../lib/json.ts'
import { once } from '../lib/once.ts'

/**
 * What fal said when it failed, whichever of its shapes it used (fal API reference §4.1): the model's
 * `detail[]`, the infrastructure's `error_type`, a `detail` string, the queue's `status`, the platform's
 * `error`, or no JSON at all.
 */
export interface FalFailure {
  readonly status: number
  /** The model's own complaints, in order; empty in every other shape. */
  readonly details: readonly FalDetail[]
  /** `request_timeout`, `client_cancelled`…; undefined: not an infrastructure failure. */
  readonly errorType: string | undefined
  /** The text of a `detail` string, only for telling failures apart: it is never passed on. */
  readonly detail: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** Whether it waited longer than we had said it may: it never began, and is not charged. */
  readonly neverBegan: boolean
}

interface FalDetail {
  readonly type: string
  readonly message: string
  /** The last named step of `loc`: the field, in fal's words. */
  readonly field: string | undefined
}

const details = once(() =>
  z.object({
    detail: z.array(
      z.object({
        loc: z.nullish(z.array(z.union([z.string(), z.number()]))),
        msg: z.nullish(z.string()),
        type: z.nullish(z.string()),
      }),
    ),
  }),
)

const spoken = once(() =>
  z.object({
    detail: z.nullish(z.string()),
    error_type: z.nullish(z.string()),
    status: z.nullish(z.string()),
    message: z.nullish(z.string()),
    error: z.optional(z.unknown()),
  }),
)

/** A limit that is longer is looked at again sooner: fal's own are of seconds. */
const LONGEST_RETRY_AFTER_SECONDS = 3600

/** Reads a failure from an answer whose status is not 2xx. */
export function readFalFailure(status: number, headers: Headers, text: string): FalFailure {
  const body = parseJson(text)
  const model = details().safeParse(body)
  const other = spoken().safeParse(body)
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN)
  return {
    status,
    details: model.success ? model.data.detail.map(toDetail) : [],
    errorType:
      (other.success ? other.data.error_type : undefined) ??
      headers.get('x-fal-error-type') ??
      undefined,
    detail: (other.success ? other.data.detail : undefined) ?? undefined,
    retryAfterSeconds:
      retryAfter >= 0 ? Math.min(retryAfter, LONGEST_RETRY_AFTER_SECONDS) : undefined,
    neverBegan: headers.get('x-fal-request-timeout-type') === 'user',
  }
}

function toDetail({
  loc,
  msg,
  type,
}: z.infer<ReturnType<typeof details>>['detail'][number]): FalDetail {
  const names = (loc ?? []).filter((step) => typeof step === 'string' && step !== 'body')
  const field = names.at(-1)
  return {
    type: type ?? '',
    message: msg ?? '',
    field: typeof field === 'string' ? field : undefined,
  }
}

/** Model errors that are fal's fault although some arrive as 4xx (§4.2). */
const FAL_FAULTS = new Set([
  'internal_server_error',
  'generation_timeout',
  'downstream_service_error',
  'downstream_service_unavailable',
])

/** `User is locked. Reason: Exhausted balance.` (§4.4) */
export function isBalanceExhausted(failure: FalFailure): boolean {
  return failure.status === 403 && /balance|locked/i.test(failure.detail ?? '')
}

/**
 * The problem behind a failed result.
 *
 * @param charged whether a repeated request could pay twice
 */
export function toProblem(failure: FalFailure, charged: 'no' | 'unknown' | 'maybe'): Problem {
  const { details: complaints, errorType, status } = failure
  const refusal = complaints.find(({ type }) => type === 'content_policy_violation')
  if (refusal !== undefined) {
    return { kind: 'content_rejected', message: refusal.message, field: refusal.field }
  }
  const [first] = complaints
  if (first !== undefined && status < 500 && !FAL_FAULTS.has(first.type)) {
    return {
      kind: 'input_rejected',
      complaints: complaints.slice(0, MOST_COMPLAINTS).map(toComplaint),
    }
  }
  if (errorType === 'client_cancelled') return { kind: 'cancelled' }
  const reason = errorType ?? first?.type ?? `status ${status}`
  const paid = failure.neverBegan ? 'no' : charged
  return toStatusProblem(failure) ?? { kind: 'upstream_failed', charged: paid, reason }
}

/** What a status says by itself. */
function toStatusProblem(failure: FalFailure): Problem | undefined {
  switch (failure.status) {
    case 401:
    case 403:
      return { kind: isBalanceExhausted(failure) ? 'quota_exhausted' : 'upstream_auth_failed' }
    case 404:
      return { kind: 'job_expired', expiredAt: undefined }
    case 422:
      return { kind: 'input_rejected', complaints: [] }
    case 429:
      return { kind: 'rate_limited', retryAfterSeconds: failure.retryAfterSeconds }
    case 499:
      return { kind: 'cancelled' }
    default:
      return undefined
  }
}

/** Enough to understand, not enough to flood a client's notification. */
const MOST_COMPLAINTS = 3
const MESSAGE_CHARACTERS = 300

function toComplaint({ field, message }: FalDetail): Complaint {
  return { field, message: message.slice(0, MESSAGE_CHARACTERS) }
}
