import { expect, test } from 'vitest'

import { PLAIN_JOB } from '../job/image/image-job.fixture.ts'
import type { JobClaims } from '../job/job-claims.ts'
import { ProblemError, type Problem } from '../job/problem.ts'
import { createRecentFailures } from './recent-failures.ts'

const CLAIMS: JobClaims = {
  medium: 'image',
  model: 'flux-dev',
  endpoint: 'fal-ai/flux/dev',
  parts: [{ requestId: 'r', path: 'fal-ai/flux/requests/r' }],
  count: 1,
  keyFingerprint: 'k',
  caller: 'alice',
  createdAt: 0,
  memo: {},
}

const wishOf = (caller: string, job = PLAIN_JOB) => ({ caller, medium: 'image', job })

const upstream = (charged: 'no' | 'unknown' | 'maybe'): Problem => ({
  kind: 'upstream_failed',
  charged,
  reason: 'no reason',
})
const failed = (problem: Problem) => new ProblemError(problem)

const request = 'first'

const jobOf = (seed: number) => ({ ...PLAIN_JOB, seed })

function atTime() {
  const clock = { now: 0 }
  const names = new Map([
    ['https://fal/1', 'one file'],
    ['https://fal/2', 'one file'],
  ])
  const told = new Map<string, JobClaims>()
  const jobs = createRecentFailures({
    now: () => clock.now,
    nameOf: (url) => names.get(url),
    toldOf: async (_, name) => told.get(name),
  })
  return { clock, jobs, told }
}

test('a job that may be paid for is remembered for its caller and its words, for 20 s', async () => {
  const { clock, jobs } = atTime()
  await jobs.note(wishOf('alice'), { error: failed(upstream('maybe')), claims: CLAIMS, request })
  expect(await jobs.find(wishOf('alice'))).toEqual(CLAIMS)
  expect(await jobs.find(wishOf('bob'))).toBeUndefined()
  expect(await jobs.find(wishOf('alice', { ...PLAIN_JOB, seed: 7 }))).toBeUndefined()
  clock.now = 19_999
  expect(await jobs.find(wishOf('alice'))).toEqual(CLAIMS)
  clock.now = 20_000
  expect(await jobs.find(wishOf('alice'))).toBeUndefined()
})

test('who asks again while it is not known yet what is left waits for that, and nobody else', async () => {
  const { jobs } = atTime()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  jobs.leaving(wishOf('alice'), ended)
  const again = jobs.find(wishOf('alice'))
  expect(await jobs.find(wishOf('bob'))).toBeUndefined()
  await jobs.note(wishOf('alice'), { error: failed(upstream('maybe')), claims: CLAIMS, request })
  end()
  expect(await again).toEqual(CLAIMS)
})

test('what was left in the queue, and cancelled there, is waited for and then done anew', async () => {
  const { jobs } = atTime()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  jobs.leaving(wishOf('alice'), ended)
  const again = jobs.find(wishOf('alice'))
  end()
  expect(await again).toBeUndefined()
})

test('a repeat that fails as well does not keep it longer', async () => {
  const { clock, jobs } = atTime()
  const failure = { error: failed({ kind: 'timed_out', seconds: 600 }), claims: CLAIMS, request }
  await jobs.note(wishOf('alice'), failure)
  clock.now = 15_000
  await jobs.note(wishOf('alice'), failure)
  clock.now = 20_000
  expect(await jobs.find(wishOf('alice'))).toBeUndefined()
})

test('a submit whose answer was lost fails the next in the same words', async () => {
  const { jobs } = atTime()
  const problem = upstream('unknown')
  await jobs.note(wishOf('alice'), { error: failed(problem), claims: undefined, request })
  await expect(jobs.find(wishOf('alice'))).rejects.toMatchObject({ problem })
})

test('and gets its job, when fal has told of it meanwhile: each the one of its own', async () => {
  const { jobs, told } = atTime()
  const problem = upstream('unknown')
  for (const name of ['one', 'other']) {
    await jobs.note(wishOf('alice'), { error: failed(problem), claims: undefined, request: name })
  }
  const other = { ...CLAIMS, parts: [{ requestId: 'r2', path: 'p2' }] }
  told.set('one', CLAIMS)
  told.set('other', other)
  expect(await jobs.find(wishOf('alice'))).toEqual(CLAIMS)
  expect(await jobs.find(wishOf('alice'))).toEqual(other)
  jobs.forget(CLAIMS)
  jobs.forget(other)
  expect(await jobs.find(wishOf('alice'))).toBeUndefined()
})

test.for<[string, Problem, JobClaims | undefined]>([
  ['nothing was submitted', upstream('no'), undefined],
  ['the prompt was refused', { kind: 'content_rejected', message: 'no' }, CLAIMS],
  ['its caller left before fal answered', { kind: 'internal' }, undefined],
])('nothing is remembered when %s', async ([, problem, claims]) => {
  const { jobs } = atTime()
  await jobs.note(wishOf('alice'), { error: failed(problem), claims, request })
  expect(await jobs.find(wishOf('alice'))).toBeUndefined()
})

test('what a repeat was answered with is nobody else’s', async () => {
  const { jobs } = atTime()
  await jobs.note(wishOf('alice'), { error: failed(upstream('maybe')), claims: CLAIMS, request })
  jobs.forget(CLAIMS)
  expect(await jobs.find(wishOf('alice'))).toBeUndefined()
})

test('two equal requests that failed leave two jobs, one for each that is sent again', async () => {
  const { jobs } = atTime()
  const other = { ...CLAIMS, parts: [{ requestId: 'r2', path: 'p2' }] }
  for (const claims of [CLAIMS, other]) {
    await jobs.note(wishOf('alice'), { error: failed(upstream('maybe')), claims, request })
  }
  expect(await jobs.find(wishOf('alice'))).toEqual(CLAIMS)
  expect(await jobs.find(wishOf('alice'))).toEqual(other)
  jobs.forget(CLAIMS)
  // The other one is being served: rather twice the same than paid for again.
  expect(await jobs.find(wishOf('alice'))).toEqual(other)
  jobs.forget(other)
  expect(await jobs.find(wishOf('alice'))).toBeUndefined()
})

const jobWith = (url: string) => ({ ...PLAIN_JOB, sources: [{ url, pixels: undefined }] })

test('an upload is known by its bytes, whatever address it got', async () => {
  const { jobs } = atTime()
  const failure = { error: failed(upstream('maybe')), claims: CLAIMS, request }
  await jobs.note(wishOf('alice', jobWith('https://fal/1')), failure)
  expect(await jobs.find(wishOf('alice', jobWith('https://fal/2')))).toEqual(CLAIMS)
  expect(await jobs.find(wishOf('alice', jobWith('https://fal/3')))).toBeUndefined()
})

test('no more than 200 are kept', async () => {
  const { jobs } = atTime()
  for (let seed = 0; seed < 250; seed += 1) {
    await jobs.note(wishOf('alice', jobOf(seed)), {
      error: failed(upstream('maybe')),
      claims: CLAIMS,
      request,
    })
  }
  expect(await jobs.find(wishOf('alice', jobOf(0)))).toBeUndefined()
  expect(await jobs.find(wishOf('alice', jobOf(249)))).toEqual(CLAIMS)
})
