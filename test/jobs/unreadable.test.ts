import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { openDoorway, type Doorway } from '../support/doorway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

// fal stands behind a door that can answer 500 for some of its paths: what cannot be read just now has not
// failed, and what has been paid for is told when it can be read again.

let door: Doorway
let stack: Stack

beforeAll(async () => {
  door = await openDoorway()
  const env = { FAL_QUEUE_URL: `${door.url}/queue`, PUBLIC_URL: 'http://127.0.0.1:9' }
  stack = await startStack({ ledger: 'temporary', env })
  door.leadTo(stack.fal.url)
})
afterAll(async () => {
  await stack.close()
  await door.close()
})
beforeEach(() => {
  door.failOn(undefined)
  stack.fal.journal.clear()
})

const jobs = () => stack.fal.journal.jobs()
const isResult = (path: string): boolean => path.includes('/requests/') && !path.includes('/status')
const isStatus = (path: string): boolean => path.includes('/status')
/** Of the second request of a job, in the order in which fal took them. */
const ofSecond = (path: string): boolean => path.includes(jobs()[1]?.id ?? 'nothing')

const found = z.looseObject({
  status: z.string().optional(),
  error: z.object({ code: z.string(), job_id: z.string().optional() }).optional(),
  result: z.object({ data: z.array(z.unknown()) }).optional(),
})

async function lookUp(path: string) {
  const response = await stack.request(path)
  return { response, body: found.parse(await response.json()) }
}

/** Orders in the background, until fal is done. */
async function left(body: Record<string, unknown>, parts = 1): Promise<string> {
  const wish = { model: 'flux-dev', prompt: 'a cat', ...body }
  const headers = { prefer: 'respond-async' }
  const response = await stack.post('/images/generations', wish, { headers })
  await response.text()
  await until(() => jobs().length === parts && jobs().every(({ state }) => state === 'COMPLETED'))
  return response.headers.get('x-job-id') ?? ''
}

const list = z.object({ data: z.array(z.looseObject({ id: z.string() })) })

async function listed(id: string) {
  const { data } = list.parse(await (await stack.request('/images/jobs')).json())
  return data.find((job) => job.id === id)
}

async function usageOf(model: string) {
  const usage = z.object({ data: z.array(z.looseObject({ model: z.string() })) })
  const { data } = usage.parse(await (await stack.request('/usage')).json())
  return data.find((row) => row.model === model)
}

describe.each([
  ['result', isResult],
  ['status', isStatus],
] as const)('a job whose %s cannot be read', (what, isFailing) => {
  test('is an error of the look-up that may be asked again, and completed later', async () => {
    const id = await left({ prompt: `a cat behind a ${what}` })
    door.failOn(isFailing)
    const { response, body } = await lookUp(`/images/jobs/${id}`)
    expect(response.status).toBe(502)
    expect(response.headers.get('x-should-retry')).toBe('true')
    expect(response.headers.get('x-job-id')).toBe(id)
    expect(body.error).toMatchObject({ code: 'upstream_failed', job_id: id })
    expect(await listed(id)).not.toHaveProperty('status', 'failed')
    door.failOn(undefined)
    const again = await lookUp(`/images/jobs/${id}`)
    expect(again.body).toMatchObject({ status: 'completed', result: { data: [{}] } })
    await until(async () => (await listed(id))?.['status'] === 'completed')
  })

  test('is the same as a response, and the official client asks again by itself', async () => {
    const { id } = await stack.openai.responses.create({
      model: 'flux-dev',
      input: `a cat as a response behind a ${what}`,
      tools: [{ type: 'image_generation' }],
      background: true,
    })
    await until(() => jobs().every(({ state }) => state === 'COMPLETED'))
    let reads = 0
    // Four tries to read a result are one look-up, two a status.
    const most = what === 'result' ? 4 : 2
    door.failOn((path) => isFailing(path) && (reads += 1) <= most)
    const response = await stack.openai.responses.retrieve(id)
    expect(response.status).toBe('completed')
  })
})

test('one part of two that cannot be read hides nothing: not completed, not failed', async () => {
  const model = 'flux-schnell'
  const id = await left({ model, n: 8 }, 2)
  door.failOn((path) => isResult(path) && ofSecond(path))
  const { response, body } = await lookUp(`/images/jobs/${id}`)
  expect([response.status, body.status]).toEqual([502, undefined])
  expect(await listed(id)).not.toHaveProperty('status')
  expect(await usageOf(model)).toBeUndefined()
  door.failOn(undefined)
  expect((await lookUp(`/images/jobs/${id}`)).body.result?.data).toHaveLength(8)
  await until(async () => (await usageOf(model)) !== undefined)
  expect(await usageOf(model)).toMatchObject({ jobs: 1, pictures: 8 })
})

test('one part that cannot be read is told beside one that was refused', async () => {
  const prompt = 'a cat [[fail:content_policy_violation*1]]'
  const id = await left({ n: 8, prompt }, 2)
  door.failOn((path) => isResult(path) && ofSecond(path))
  expect((await lookUp(`/images/jobs/${id}`)).response.status).toBe(502)
})

test('a caller who waits gets what there is, told in part, and all of it later', async () => {
  const model = 'nano-banana'
  door.failOn((path) => isResult(path) && ofSecond(path))
  const body = { model, prompt: 'eight cats', n: 8 }
  const response = await stack.post('/images/generations', body)
  expect(response.headers.get('x-adjusted')).toBe('n=8->4:unreadable')
  expect(await usageOf(model)).toBeUndefined()
  door.failOn(undefined)
  const { body: later } = await lookUp(`/images/jobs/${response.headers.get('x-job-id')}`)
  expect(later.result?.data).toHaveLength(8)
  await until(async () => (await usageOf(model))?.['pictures'] === 8)
})

test('what fal says of a model that is broken is its end', async () => {
  const id = await left({ prompt: 'a cat [[fail:internal_server_error]]' })
  expect((await lookUp(`/images/jobs/${id}`)).body.status).toBe('failed')
})

test('a response is not built on an image that cannot be read, and may be asked again', async () => {
  const input = 'a cat to build on'
  const first = await stack.openai.responses.create({ model: 'flux-kontext', input })
  door.failOn(isResult)
  const wish = { model: 'flux-kontext', input: 'make it blue', previous_response_id: first.id }
  const response = await stack.post('/responses', wish)
  expect([response.status, response.headers.get('x-should-retry')]).toEqual([502, 'true'])
  expect(jobs()).toHaveLength(1)
})
