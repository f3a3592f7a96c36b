import { describe, test } from 'vitest'

import type { JobClaims } from '../job/job-claims.ts'
import { ProblemError, type Problem } from '../job/problem.ts'
import { createJobIds, JOB_ID_SECONDS } from './job-id.ts'

const NOW = 1_795_000_000
const ids = createJobIds('a fal key: 1234')

function aJob(more: Partial<JobClaims> = {}): JobClaims {
  return {
    medium: 'image',
    memo: {},
    model: 'imagen4-preview',
    endpoint: 'fal-ai/imagen4/preview',
    parts: [aPart('764cabcf-b745-4b3e-ae38-1200304cf45b')],
    count: 1,
    keyFingerprint: '0a1b2c3d',
    caller: 'team-a',
    createdAt: NOW,
    ...more,
  }
}

function aPart(requestId: string, app = 'fal-ai/imagen4') {
  return { requestId, path: `${app}/requests/${requestId}` }
}

/** Ten, as the smallest maximum is one image a request. */
const TEN_PARTS = Array.from({ length: 10 }, (_, index) =>
  aPart(`764cabcf-b745-4b3e-ae38-1200304cf4${index}b`, 'bytedance/seedream'),
)

async function problemOf(id: string, caller = 'team-a', now = NOW): Promise<Problem | undefined> {
  try {
    await ids.read(id, caller, now)
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem : undefined
  }
}

const NOT_FOUND = { kind: 'job_not_found' }

describe('a job id holds all that is needed to find the job', () => {
  test.for<[string, JobClaims]>([
    ['a plain job', aJob()],
    ['ten parts', aJob({ endpoint: 'bytedance/seedream/v5/pro/text-to-image', parts: TEN_PARTS })],
    ['a model’s name in Chinese', aJob({ model: '画图模型 🎨', caller: '小王' })],
    [
      'a path that fal chose otherwise',
      aJob({ parts: [{ requestId: 'r1', path: 'x/y/z/requests/r1' }] }),
    ],
    ['paths of both kinds', aJob({ parts: [aPart('r1'), { requestId: 'r2', path: 'else/r2' }] })],
    [
      'an endpoint of two parts',
      aJob({ endpoint: 'openai/gpt-image-2', parts: [aPart('r', 'openai/gpt-image-2')] }),
    ],
    ['no caller’s name', aJob({ caller: '' })],
  ])('%s', async ([, claims], { expect }) => {
    const id = await ids.sign(claims)
    expect(id).toMatch(/^job_[\w-]+\.[\w-]{43}$/)
    expect(await ids.read(id, claims.caller, NOW)).toEqual(claims)
  })

  test('and is short enough for a header, with ten parts and a long name', async ({ expect }) => {
    const id = await ids.sign(
      aJob({
        model: 'bytedance/seedream/v5/pro/text-to-image',
        endpoint: 'bytedance/seedream/v5/pro/text-to-image',
        parts: TEN_PARTS,
        count: 10,
      }),
    )
    process.stdout.write(`a job id of ten parts has ${id.length} characters\n`)
    expect(id.length).toBeLessThan(2048)
  })

  test('is the same for the same job, and read by another isolate with the same key', async ({
    expect,
  }) => {
    const other = createJobIds('a fal key: 1234')
    const id = await ids.sign(aJob())
    expect(await other.sign(aJob())).toBe(id)
    expect(await other.read(id, 'team-a', NOW)).toEqual(aJob())
  })
})

describe('an id that callers have stays what it is', () => {
  const flow = 'workflows/team/flow'
  test.for<[string, string, JobClaims]>([
    [
      'a plain job',
      'job_WzEsImltYWdlbjQtcHJldmlldyIsImZhbC1haS9pbWFnZW40L3ByZXZpZXciLFsicjEiXSwxLCIwYTFiMmMzZCIsInRlYW0tYSIsMTc5NTAwMDAwMF0.RCsWjQ-kqD9I1ejVrfKR6_t-xHTLyDKu4tDZt4RNWfM',
      aJob({ parts: [aPart('r1')] }),
    ],
    [
      'a workflow, whose path is written out',
      'job_WzEsIndvcmtmbG93cy90ZWFtL2Zsb3ciLCJ3b3JrZmxvd3MvdGVhbS9mbG93IixbWyJyMSIsIndvcmtmbG93cy90ZWFtL2Zsb3cvcmVxdWVzdHMvcjEiXV0sMSwiMGExYjJjM2QiLCJ0ZWFtLWEiLDE3OTUwMDAwMDBd.Y2o7ETdEMzmxb2DHg9t9GGH_5-309S7LOsjvFaQeCKA',
      aJob({ model: flow, endpoint: flow, parts: [aPart('r1', flow)] }),
    ],
  ])('%s', async ([, id, claims], { expect }) => {
    expect(await ids.sign(claims)).toBe(id)
    expect(await ids.read(id, 'team-a', NOW)).toEqual(claims)
  })
})

describe('an id that is not the caller’s is no id at all', () => {
  test('with one character changed, anywhere', async ({ expect }) => {
    const id = await ids.sign(aJob())
    const accepted: string[] = []
    for (let at = 0; at < id.length; at++) {
      const other = id[at] === 'A' ? 'B' : 'A'
      const neighbour = String.fromCodePoint((id.codePointAt(at) ?? 0) ^ 1)
      for (const letter of [other, neighbour]) {
        const forged = id.slice(0, at) + letter + id.slice(at + 1)
        const problem = await problemOf(forged)
        if (problem?.kind !== 'job_not_found') accepted.push(`${at}: ${letter}`)
      }
    }
    expect(accepted).toEqual([])
  })

  test('cut off anywhere', async ({ expect }) => {
    const id = await ids.sign(aJob())
    const problems = await Promise.all(
      Array.from({ length: id.length }, (_, length) => problemOf(id.slice(0, length))),
    )
    expect(problems.filter((problem) => problem?.kind !== 'job_not_found')).toEqual([])
  })

  test.for<[string, (id: string) => string]>([
    ['with something after it', (id) => `${id}x`],
    ['with a space', (id) => `${id} `],
    ['with a line break', (id) => `${id}\n`],
    ['with padding', (id) => `${id}=`],
    ['in other case', (id) => id.toUpperCase()],
    ['without its beginning', (id) => id.slice(4)],
    ['that is only a signature', (id) => `job_.${id.split('.')[1] ?? ''}`],
    ['that is a request id of fal', () => '764cabcf-b745-4b3e-ae38-1200304cf45b'],
    ['that is empty', () => ''],
    ['that is endless', (id) => `job_${'A'.repeat(100_000)}.${id.split('.')[1] ?? ''}`],
    ['in Chinese', () => 'job_图片.图片'],
  ])('%s', async ([, change], { expect }) => {
    expect(await problemOf(change(await ids.sign(aJob())))).toEqual(NOT_FOUND)
  })

  test('signed with another key', async ({ expect }) => {
    const foreign = await createJobIds('another fal key').sign(aJob())
    expect(await problemOf(foreign)).toEqual(NOT_FOUND)
  })

  test('with the body of one and the signature of another', async ({ expect }) => {
    const [body] = (await ids.sign(aJob({ caller: 'team-b' }))).split('.')
    const [, signature] = (await ids.sign(aJob())).split('.')
    expect(await problemOf(`${body ?? ''}.${signature ?? ''}`, 'team-b')).toEqual(NOT_FOUND)
  })

  test.for(['team-b', '', 'TEAM-A', 'team-a '])(
    'of team-a, asked by %j',
    async (caller, { expect }) => {
      const id = await ids.sign(aJob())
      expect(await problemOf(id, caller)).toEqual(NOT_FOUND)
      expect(await problemOf(id, caller, NOW + JOB_ID_SECONDS + 1)).toEqual(NOT_FOUND)
    },
  )
})

test('its time is over after 30 days, which only its caller is told', async ({ expect }) => {
  const id = await ids.sign(aJob())
  expect(await problemOf(id, 'team-a', NOW + JOB_ID_SECONDS)).toBeUndefined()
  expect(await problemOf(id, 'team-a', NOW + JOB_ID_SECONDS + 1)).toEqual({
    kind: 'job_expired',
    expiredAt: NOW + JOB_ID_SECONDS,
  })
})
