/**
 * Every way to fail, each with its facts. `reply/error-reply.ts` says it in OpenAI's words; nothing else does.
 */
export type Problem =
  /** The caller's mistake. `param` in the caller's words; the message says what is allowed. */
  | {
      readonly kind: 'invalid_request'
      readonly message: string
      readonly param: string | undefined
      /** Which mistake it is; absent: a wrong value. */
      readonly mistake?: 'missing' | 'wrong_type' | 'wrong_value' | 'no_json'
    }
  | { readonly kind: 'too_large'; readonly what: string; readonly limitBytes: number }
  /** The body is compressed in a way that nobody here can undo; `coding` as its header names it. */
  | { readonly kind: 'unsupported_coding'; readonly coding: string }
  | { readonly kind: 'unauthenticated'; readonly given: boolean }
  /** The owner's mistake: a setting is missing or wrong. */
  | { readonly kind: 'not_configured'; readonly message: string }
  | { readonly kind: 'route_not_found'; readonly method: string; readonly path: string }
  | {
      readonly kind: 'method_not_allowed'
      readonly method: string
      readonly allow: readonly string[]
    }
  | { readonly kind: 'model_not_found'; readonly model: string; readonly near: readonly string[] }
  | { readonly kind: 'model_retired'; readonly model: string; readonly endpoint: string }
  /** The key of an earlier request, with another body. */
  | { readonly kind: 'idempotency_key_reused' }
  /** What was asked for needs the binding `LEDGER`. */
  | { readonly kind: 'ledger_missing' }
  /** A webhook that fal did not send, or not for us. */
  | { readonly kind: 'webhook_refused' }
  | { readonly kind: 'job_not_found' }
  | { readonly kind: 'job_expired'; readonly expiredAt: number | undefined }
  /** Nothing stands behind an address of ours: forged, expired, or gone at fal. */
  | { readonly kind: 'picture_not_found' }
  /** There is no such preview of a video here: nothing is bound that makes one, or it made none. */
  | {
      readonly kind: 'variant_not_found'
      readonly variant: string
      readonly why: 'unbound' | 'not_cut'
    }
  /** A content filter refused the prompt or every image. Final. */
  | {
      readonly kind: 'content_rejected'
      readonly message: string
      /** What holds it; absent: the upstream does not say. */
      readonly field?: string | undefined
    }
  /** fal refused the input, for these reasons; none: it did not say why. Final, and not charged. */
  | { readonly kind: 'input_rejected'; readonly complaints: readonly Complaint[] }
  /** fal's key is not accepted, at any of the pool's keys. The owner's trouble, not the caller's. */
  | { readonly kind: 'upstream_auth_failed' }
  | { readonly kind: 'quota_exhausted' }
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number | undefined }
  /** The caller's own limit at this gateway, not fal's. Nothing was submitted. */
  | { readonly kind: 'too_many_requests'; readonly retryAfterSeconds: number }
  /** The caller's budget at this gateway. Nothing was submitted. `resetsAt`: seconds since 1970. */
  | { readonly kind: 'budget_spent'; readonly budgetUsd: number; readonly resetsAt: number }
  /**
   * fal failed. `charged`: whether repeating the request could pay twice: `no`, nothing was accepted;
   * `unknown`, the answer to the submit was lost; `maybe`, a job exists; `lost`, it existed on one
   * connection only.
   */
  | {
      readonly kind: 'upstream_failed'
      readonly charged: 'no' | 'unknown' | 'maybe' | 'lost'
      readonly reason: string
    }
  /**
   * fal has finished a job, or not, and cannot tell it just now, which is not how the job ended. `isLookUp`: it
   * was asked for by its id, so that asking again costs nothing.
   */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly isLookUp: boolean }
  | { readonly kind: 'timed_out'; readonly seconds: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'internal' }

/** What is wrong with one field; undefined: with the input as a whole. */
export interface Complaint {
  /** In fal's words, until somebody who knows the request has put it into the caller's. */
  readonly field: string | undefined
  readonly message: string
}

/** The only error whose facts callers are told. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.kind, options)
    this.problem = problem
  }
}

/** Shorthand for the most common failure: a caller's mistake in one field. */
export function invalidRequest(param: string | undefined, message: string): ProblemError {
  return new ProblemError({ kind: 'invalid_request', message, param, mistake: 'wrong_value' })
}

/** Whether fal may have taken the request, so that asking again could pay twice. */
export function mayBeTaken(problem: Problem): boolean {
  if (problem.kind === 'upstream_failed') return problem.charged !== 'no'
  return problem.kind === 'internal' || problem.kind === 'unreadable'
}

/** The problem behind anything thrown; what was not thrown on purpose is `internal`. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : { kind: 'internal' }
}
