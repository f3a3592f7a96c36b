import { expect, expectTypeOf, test } from 'vitest'

import type { Problem } from '../job/problem.ts'
import { toErrorReply } from './error-reply.ts'

type Row = readonly [Problem, number, string, string | null, string | null]

// problem, status, type, code, x-should-retry. One row for every kind, and more where facts decide.
const rows = [
  [
    { kind: 'invalid_request', message: 'm', param: 'n' },
    400,
    'invalid_request_error',
    'invalid_value',
    null,
  ],
  [
    { kind: 'too_large', what: 'The body', limitBytes: 32e6 },
    413,
    'invalid_request_error',
    'request_too_large',
    null,
  ],
  [
    { kind: 'unsupported_coding', coding: 'br' },
    415,
    'invalid_request_error',
    'unsupported_content_encoding',
    null,
  ],
  [{ kind: 'unauthenticated', given: true }, 401, 'invalid_request_error', 'invalid_api_key', null],
  [{ kind: 'not_configured', message: 'm' }, 500, 'server_error', 'worker_not_configured', 'false'],
  [
    { kind: 'route_not_found', method: 'GET', path: '/x' },
    404,
    'invalid_request_error',
    'unknown_url',
    null,
  ],
  [
    { kind: 'method_not_allowed', method: 'PUT', allow: ['GET'] },
    405,
    'invalid_request_error',
    'method_not_allowed',
    null,
  ],
  [
    { kind: 'model_not_found', model: 'x', near: [] },
    404,
    'invalid_request_error',
    'model_not_found',
    null,
  ],
  [
    { kind: 'model_retired', model: 'x', endpoint: 'y' },
    404,
    'invalid_request_error',
    'model_not_found',
    'false',
  ],
  [{ kind: 'job_not_found' }, 404, 'invalid_request_error', 'job_not_found', null],
  [{ kind: 'job_expired', expiredAt: 0 }, 410, 'invalid_request_error', 'job_expired', null],
  [
    { kind: 'content_rejected', message: '' },
    400,
    'invalid_request_error',
    'content_policy_violation',
    'false',
  ],
  [
    { kind: 'input_rejected', complaints: [] },
    400,
    'invalid_request_error',
    'invalid_value',
    'false',
  ],
  [{ kind: 'upstream_auth_failed' }, 503, 'server_error', 'upstream_auth_failed', 'false'],
  [{ kind: 'quota_exhausted' }, 429, 'insufficient_quota', 'insufficient_quota', 'false'],
  [
    { kind: 'rate_limited', retryAfterSeconds: 7 },
    429,
    'rate_limit_error',
    'rate_limit_exceeded',
    'true',
  ],
  [
    { kind: 'too_many_requests', retryAfterSeconds: 7 },
    429,
    'rate_limit_error',
    'rate_limit_exceeded',
    'true',
  ],
  [
    { kind: 'budget_spent', budgetUsd: 5, resetsAt: 0 },
    429,
    'insufficient_quota',
    'insufficient_quota',
    'false',
  ],
  [
    { kind: 'upstream_failed', charged: 'no', reason: 'r' },
    502,
    'server_error',
    'upstream_failed',
    'true',
  ],
  [
    { kind: 'upstream_failed', charged: 'unknown', reason: 'r' },
    502,
    'server_error',
    'upstream_failed',
    'false',
  ],
  [
    { kind: 'upstream_failed', charged: 'maybe', reason: 'r' },
    502,
    'server_error',
    'upstream_failed',
    'false',
  ],
  [
    { kind: 'idempotency_key_reused' },
    409,
    'invalid_request_error',
    'idempotency_key_reused',
    'false',
  ],
  [{ kind: 'ledger_missing' }, 404, 'invalid_request_error', 'ledger_missing', null],
  [{ kind: 'webhook_refused' }, 403, 'invalid_request_error', 'webhook_refused', null],
  [{ kind: 'picture_not_found' }, 404, 'invalid_request_error', 'picture_not_found', null],
  [
    { kind: 'variant_not_found', variant: 'thumbnail', why: 'unbound' },
    404,
    'invalid_request_error',
    'variant_not_found',
    null,
  ],
  [
    { kind: 'upstream_failed', charged: 'lost', reason: 'r' },
    502,
    'server_error',
    'upstream_failed',
    'false',
  ],
  [
    { kind: 'unreadable', reason: 'r', isLookUp: true },
    502,
    'server_error',
    'upstream_failed',
    'true',
  ],
  [
    { kind: 'unreadable', reason: 'r', isLookUp: false },
    502,
    'server_error',
    'upstream_failed',
    'false',
  ],
  [{ kind: 'timed_out', seconds: 600 }, 504, 'server_error', 'job_timeout', 'false'],
  [{ kind: 'cancelled' }, 499, 'invalid_request_error', 'job_cancelled', 'false'],
  [{ kind: 'internal' }, 500, 'server_error', null, 'false'],
] as const satisfies readonly Row[]

test('every kind has a row', () => {
  // Does not compile without one.
  expectTypeOf<(typeof rows)[number][0]['kind']>().toEqualTypeOf<Problem['kind']>()
})

test.for<Row>(rows)('%j', ([problem, status, type, code, retry]) => {
  const reply = toErrorReply(problem)
  expect(reply).toMatchObject({ status, error: { type, code } })
  expect(reply.headers['x-should-retry'] ?? null).toBe(retry)
  expect(reply.error.message).not.toBe('')
  // The four fields that every client of OpenAI's reads.
  expect(Object.keys(reply.error)).toEqual(['message', 'type', 'param', 'code'])
})

test('a limit carries Retry-After, a wrong method Allow, a missing key WWW-Authenticate', () => {
  expect(toErrorReply({ kind: 'rate_limited', retryAfterSeconds: 1.2 }).headers).toMatchObject({
    'retry-after': '2',
  })
  expect(toErrorReply({ kind: 'too_many_requests', retryAfterSeconds: 7 }).headers).toMatchObject({
    'retry-after': '7',
  })
  expect(
    toErrorReply({ kind: 'method_not_allowed', method: 'GET', allow: ['POST', 'PUT'] }).headers,
  ).toEqual({ allow: 'POST, PUT' })
  expect(toErrorReply({ kind: 'unauthenticated', given: false }).headers).toEqual({
    'www-authenticate': 'Bearer',
  })
})

test('what fal refuses is named in OpenAI’s words, once in param and each in the message', () => {
  const complaints = [
    { field: 'image_urls', message: 'gone.' },
    { field: 'num_images', message: 'too many.' },
    { field: undefined, message: 'no.' },
  ]
  expect(toErrorReply({ kind: 'input_rejected', complaints }).error).toMatchObject({
    param: 'image',
    message: 'image: gone.; n: too many.; input: no.',
  })
})

test.for([
  ['missing', 'missing_required_parameter'],
  ['wrong_type', 'invalid_type'],
  ['wrong_value', 'invalid_value'],
  ['no_json', 'invalid_json'],
] as const)('a mistake of the kind %s has the code %s', ([mistake, code]) => {
  const problem = { kind: 'invalid_request', message: 'm', param: 'n', mistake } as const
  expect(toErrorReply(problem)).toMatchObject({ status: 400, error: { code } })
})

test.for(['[object Object]', 'undefined', 'null', 'NaN'])(
  '%s is no model of anybody’s',
  (model) => {
    const { error } = toErrorReply({ kind: 'model_not_found', model, near: [] })
    expect(error).toMatchObject({ code: 'model_not_found', param: 'model' })
    expect(error.message).toContain('is no name')
  },
)

test('a spent budget says whose it is, and when it begins anew', () => {
  const resetsAt = Date.UTC(2026, 10, 24) / 1000
  expect(toErrorReply({ kind: 'budget_spent', budgetUsd: 0.1, resetsAt }).error.message).toBe(
    'This gateway allows your access key $0.1 a day, and with this request it would be more. ' +
      'The next day begins at 2026-11-24T00:00:00.000Z.',
  )
})
