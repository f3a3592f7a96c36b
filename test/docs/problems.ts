import type { Problem } from '../../src/job/problem.ts'

type Mistake = NonNullable<Extract<Problem, { kind: 'invalid_request' }>['mistake']>
type Charged = Extract<Problem, { kind: 'upstream_failed' }>['charged']

// Records, so that a new way to fail does not compile until it stands here, and thus in the tables.
const MISTAKES: Record<Mistake, Mistake> = {
  wrong_value: 'wrong_value',
  wrong_type: 'wrong_type',
  missing: 'missing',
  no_json: 'no_json',
}

const CHARGED: Record<Charged, Charged> = {
  no: 'no',
  unknown: 'unknown',
  maybe: 'maybe',
  lost: 'lost',
}

const SAMPLES: { readonly [Kind in Problem['kind']]: readonly Extract<Problem, { kind: Kind }>[] } =
  {
    invalid_request: Object.values(MISTAKES).map((mistake) => ({
      kind: 'invalid_request',
      message: '',
      param: undefined,
      mistake,
    })),
    too_large: [{ kind: 'too_large', what: 'The body', limitBytes: 32_000_000 }],
    unsupported_coding: [{ kind: 'unsupported_coding', coding: 'br' }],
    unauthenticated: [{ kind: 'unauthenticated', given: true }],
    not_configured: [{ kind: 'not_configured', message: '' }],
    route_not_found: [{ kind: 'route_not_found', method: 'GET', path: '/' }],
    method_not_allowed: [{ kind: 'method_not_allowed', method: 'GET', allow: ['POST'] }],
    model_not_found: [{ kind: 'model_not_found', model: '', near: [] }],
    model_retired: [{ kind: 'model_retired', model: '', endpoint: '' }],
    idempotency_key_reused: [{ kind: 'idempotency_key_reused' }],
    ledger_missing: [{ kind: 'ledger_missing' }],
    webhook_refused: [{ kind: 'webhook_refused' }],
    job_not_found: [{ kind: 'job_not_found' }],
    job_expired: [{ kind: 'job_expired', expiredAt: undefined }],
    picture_not_found: [{ kind: 'picture_not_found' }],
    variant_not_found: [
      { kind: 'variant_not_found', variant: 'spritesheet', why: 'unbound' },
      { kind: 'variant_not_found', variant: 'thumbnail', why: 'not_cut' },
    ],
    content_rejected: [{ kind: 'content_rejected', message: '' }],
    input_rejected: [{ kind: 'input_rejected', complaints: [] }],
    upstream_auth_failed: [{ kind: 'upstream_auth_failed' }],
    quota_exhausted: [{ kind: 'quota_exhausted' }],
    rate_limited: [{ kind: 'rate_limited', retryAfterSeconds: 1 }],
    too_many_requests: [{ kind: 'too_many_requests', retryAfterSeconds: 1 }],
    budget_spent: [{ kind: 'budget_spent', budgetUsd: 5, resetsAt: 0 }],
    upstream_failed: Object.values(CHARGED).map((charged) => ({
      kind: 'upstream_failed',
      charged,
      reason: '',
    })),
    unreadable: [true, false].map((isLookUp) => ({ kind: 'unreadable', reason: '', isLookUp })),
    timed_out: [{ kind: 'timed_out', seconds: 600 }],
    cancelled: [{ kind: 'cancelled' }],
    internal: [{ kind: 'internal' }],
  }

/** At least one of every way to fail. */
export const EVERY_PROBLEM: readonly Problem[] = Object.values(SAMPLES).flat()
