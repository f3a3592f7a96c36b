import { expect, test } from 'vitest'

import type { Problem } from '../job/problem.ts'
import { readFalFailure, toProblem } from './failure.ts'

function problemOf(status: number, body: unknown, headers: Record<string, string> = {}): Problem {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return toProblem(readFalFailure(status, new Headers(headers), text), 'maybe')
}

function detail(type: string, loc: readonly unknown[] = ['body', 'prompt'], msg = 'No.'): unknown {
  return {
    detail: [{ loc, msg, type, url: 'https://docs.fal.ai/errors', input: 'a secret prompt' }],
  }
}

const lost = { kind: 'upstream_failed', charged: 'maybe' }

// One row for each shape and meaning of the fal API reference, §4.
test.for([
  [
    'A: a refusal',
    422,
    detail('content_policy_violation'),
    { kind: 'content_rejected', message: 'No.' },
  ],
  [
    'A: a bad field',
    422,
    detail('less_than_equal', ['body', 'guidance_scale']),
    { kind: 'input_rejected', complaints: [{ field: 'guidance_scale', message: 'No.' }] },
  ],
  [
    'A: a bad member of a list',
    422,
    detail('missing', ['body', 'loras', 0, 'path']),
    { kind: 'input_rejected', complaints: [{ field: 'path' }] },
  ],
  [
    'A: no picture came of it',
    422,
    detail('no_media_generated', ['body']),
    { kind: 'input_rejected', complaints: [{ field: undefined, message: 'No.' }] },
  ],
  [
    'A: the model broke',
    500,
    detail('internal_server_error', ['body']),
    { ...lost, reason: 'internal_server_error' },
  ],
  ['A: fal’s fault as a 400', 400, detail('downstream_service_error', ['body']), lost],
  ['A: too slow', 504, detail('generation_timeout', ['body']), lost],
  [
    'B: infrastructure',
    504,
    { detail: 'Request timed out', error_type: 'request_timeout' },
    { ...lost, reason: 'request_timeout' },
  ],
  ['B: cancelled', 499, { detail: 'x', error_type: 'client_cancelled' }, { kind: 'cancelled' }],
  [
    'C: wrong key',
    401,
    { detail: 'No user found for Key ID and Secret' },
    { kind: 'upstream_auth_failed' },
  ],
  [
    'C: balance',
    403,
    {
      detail:
        'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
    },
    { kind: 'quota_exhausted' },
  ],
  ['C: forbidden', 403, { detail: 'Forbidden' }, { kind: 'upstream_auth_failed' }],
  ['D: queue', 404, { status: 'NOT_FOUND' }, { kind: 'job_expired' }],
  [
    'E: platform',
    403,
    { error: { type: 'authorization_error', message: 'x' } },
    { kind: 'upstream_auth_failed' },
  ],
  ['F: an ingress page', 502, '<html>nginx</html>', { ...lost, reason: 'status 502' }],
  ['F: nothing at all', 500, '', { ...lost, reason: 'status 500' }],
  [
    'a string for an input',
    422,
    { detail: 'prompt: a secret prompt' },
    { kind: 'input_rejected', complaints: [] },
  ],
] as const)('%s', ([, status, body, expected]) => {
  const problem = problemOf(status, body)
  expect(problem).toMatchObject(expected)
  expect(JSON.stringify(problem)).not.toContain('secret')
})

test('a limit says how long to wait', () => {
  expect(problemOf(429, {}, { 'retry-after': '7' })).toEqual({
    kind: 'rate_limited',
    retryAfterSeconds: 7,
  })
  expect(problemOf(429, {}, { 'retry-after': 'soon' })).toEqual({
    kind: 'rate_limited',
    retryAfterSeconds: undefined,
  })
})

test.for([
  ['1e308', 3600],
  ['Infinity', 3600],
  ['999999', 3600],
  ['-5', undefined],
  ['', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
])('Retry-After: %s is believed as %s seconds', ([said, retryAfterSeconds]) => {
  expect(problemOf(429, {}, { 'retry-after': String(said) })).toEqual({
    kind: 'rate_limited',
    retryAfterSeconds,
  })
})

test('the error type is found in the header too, and the body wins', () => {
  expect(problemOf(503, {}, { 'x-fal-error-type': 'startup_timeout' })).toMatchObject({
    reason: 'startup_timeout',
  })
  expect(
    problemOf(503, { error_type: 'runner_disconnected' }, { 'x-fal-error-type': 'other' }),
  ).toMatchObject({ reason: 'runner_disconnected' })
})

test('many complaints become one message of bounded length', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({
    loc: ['body', `field${index}`],
    msg: 'x'.repeat(10_000),
    type: 'one_of',
  }))
  const problem = problemOf(422, { detail: many })
  expect(problem).toMatchObject({
    kind: 'input_rejected',
    complaints: [{ field: 'field0' }, {}, {}],
  })
  expect(JSON.stringify(problem).length).toBeLessThan(1100)
})
