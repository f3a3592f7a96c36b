import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { startGateway } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ env: { WORKER_ACCESS_KEY: 'sk-test-access-key,bob:sk-of-bob' } })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function chatStream(prompt: string, model = 'flux-dev', n = 1): Promise<Response> {
  return stack.post('/chat/completions', {
    model,
    n,
    stream: true,
    messages: [{ role: 'user', content: prompt }],
  })
}

async function lookUp(id: string, query = ''): Promise<unknown> {
  const response = await stack.request(`/images/jobs/${id}${query}`)
  return response.json()
}

test('a job can be followed by its id from its queueing to its picture', async () => {
  const controller = new AbortController()
  const response = await stack.post(
    '/chat/completions',
    {
      model: 'flux-dev',
      stream: true,
      messages: [{ role: 'user', content: 'a cat [[queue:3s]] [[position:3]] [[run:3s]]' }],
    },
    { signal: controller.signal },
  )
  const id = response.headers.get('x-job-id') ?? ''
  expect(await lookUp(id)).toEqual({
    id,
    object: 'image.job',
    status: 'queued',
    created_at: expect.closeTo(Date.now() / 1000, -2),
    model: 'flux-dev',
    endpoint: 'fal-ai/flux/dev',
    queue_position: expect.any(Number),
  })
  await until(() => stack.fal.journal.jobs()[0]?.state === 'IN_PROGRESS')
  // The caller goes away, and the picture is still to be had.
  controller.abort()
  expect(await lookUp(id)).toMatchObject({ status: 'in_progress' })
  await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
  expect(await lookUp(id)).toMatchObject({
    status: 'completed',
    result: { data: [{ url: expect.stringMatching(/^http/) }], model: 'flux-dev' },
  })
  const withBase64 = z
    .object({ result: z.object({ data: z.array(z.object({ b64_json: z.string() })) }) })
    .parse(await lookUp(id, '?response_format=b64_json'))
  expect(withBase64.result.data[0]?.b64_json.slice(0, 4)).toBe('/9j/')
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('an id covers all parts of a job of several requests, in order', async () => {
  const response = await chatStream('a cat', 'flux-2-pro', 3)
  const text = await response.text()
  const id = response.headers.get('x-job-id') ?? ''
  const found = z
    .object({ result: z.object({ data: z.array(z.object({ url: z.string() })) }) })
    .parse(await lookUp(id))
  const urls = found.result.data.map(({ url }) => url)
  expect(urls).toHaveLength(3)
  const shown = [...text.matchAll(/!\[Generated Image\]\((\S+?)\)/g)].map((match) => match[1])
  expect(shown).toEqual(urls)
})

test('a part that fal has forgotten hides none of the others', async () => {
  const response = await stack.post('/images/generations', {
    model: 'flux-2-pro',
    prompt: 'a cat [[status:404*1]]',
    n: 2,
  })
  const found = await lookUp(response.headers.get('x-job-id') ?? '')
  expect(found).toMatchObject({ status: 'completed', result: { data: [{}] } })
})

test('a job that failed says why, and one that was cancelled says so', async () => {
  const refused = await stack.post('/images/generations', {
    model: 'flux-dev',
    prompt: 'a cat [[fail:content_policy_violation]]',
  })
  expect(await lookUp(refused.headers.get('x-job-id') ?? '')).toMatchObject({
    status: 'failed',
    error: { code: 'content_policy_violation', message: expect.any(String) },
  })
  const controller = new AbortController()
  const stream = await stack.post(
    '/chat/completions',
    { model: 'flux-dev', stream: true, messages: [{ role: 'user', content: 'a [[queue:9s]]' }] },
    { signal: controller.signal },
  )
  controller.abort()
  await until(() => stack.fal.journal.count('cancel') === 1)
  await until(() => stack.fal.journal.jobs().at(-1)?.state === 'COMPLETED')
  expect(await lookUp(stream.headers.get('x-job-id') ?? '')).toMatchObject({ status: 'cancelled' })
})

test('ids that are forged, damaged or another caller’s are refused alike', async () => {
  const made = await stack.post('/images/generations', { model: 'flux-dev', prompt: 'a cat' })
  const id = made.headers.get('x-job-id') ?? ''
  const asBob = { headers: { authorization: 'Bearer sk-of-bob' } }
  const answers = await Promise.all([
    stack.request(`/images/jobs/${id}`, asBob),
    stack.request(`/images/jobs/${id.slice(0, -1)}`),
    stack.request(`/images/jobs/${id.replace('job_W', 'job_X')}`),
    stack.request('/images/jobs/job_e30.e30'),
    stack.request('/images/jobs/nonsense'),
  ])
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
  expect(new Set(bodies).size).toBe(1)
  expect(bodies[0]).toContain('job_not_found')
})

test('an id works at another isolate, with no storage at all', async () => {
  const made = await stack.post('/images/generations', { model: 'flux-dev', prompt: 'a cat' })
  const id = made.headers.get('x-job-id') ?? ''
  const other = await startGateway(stack.fal.url)
  const response = await fetch(`${other.url}/v1/images/jobs/${id}`, {
    headers: { authorization: 'Bearer sk-test-access-key' },
  })
  expect(await response.json()).toMatchObject({ status: 'completed' })
  await other.close()
})

test('what fal has forgotten is 410', async () => {
  const made = await stack.post('/images/generations', { model: 'flux-dev', prompt: 'a cat' })
  const id = made.headers.get('x-job-id') ?? ''
  const forgetful = await startStack()
  const other = await startGateway(forgetful.fal.url)
  const response = await fetch(`${other.url}/v1/images/jobs/${id}`, {
    headers: { authorization: 'Bearer sk-test-access-key' },
  })
  expect(response.status).toBe(410)
  expect(await response.json()).toMatchObject({ error: { code: 'job_expired' } })
  await other.close()
  await forgetful.close()
})
