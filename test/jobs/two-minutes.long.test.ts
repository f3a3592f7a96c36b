import { afterAll, beforeAll, describe, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ env: { JOB_TIMEOUT_SECONDS: '150' } })
})
afterAll(() => stack.close())

const LONG = 'a cat [[queue:40s]] [[run:80s]]'
const MINUTES = 200_000

// Side by side, because each takes as long as it says.
describe.concurrent('a job of two minutes', () => {
  test(
    'answers plainly through the official client',
    { timeout: MINUTES },
    async ({ expect: is }) => {
      const answer = await stack.openai.images.generate({ model: 'flux-dev', prompt: LONG })
      is(answer.data?.[0]?.url).toMatch(/^http/)
    },
  )

  test(
    'answers with white space first, every ten seconds from the first minute on',
    { timeout: MINUTES },
    async ({ expect: is }) => {
      const response = await stack.post('/images/generations', {
        model: 'flux-dev',
        prompt: LONG,
        response_format: 'b64_json',
      })
      is(response.headers.get('x-job-id')).toMatch(/^job_/)
      is(response.headers.get('content-type')).toBe('application/json')
      const body = await response.text()
      const beats = /^ */.exec(body)?.[0].length ?? 0
      is(beats).toBeGreaterThanOrEqual(5)
      is(beats).toBeLessThanOrEqual(7)
      is(JSON.parse(body)).toMatchObject({ data: [{ b64_json: is.any(String) }] })
    },
  )

  test(
    'streams a chat with pings and the time so far',
    { timeout: MINUTES },
    async ({ expect: is }) => {
      const response = await stack.post('/chat/completions', {
        model: 'flux-dev',
        stream: true,
        messages: [{ role: 'user', content: LONG }],
      })
      const body = await response.text()
      is(body.match(/^: ping$/gm)?.length).toBeGreaterThanOrEqual(10)
      is(body).toContain('10 s so far')
      is(body).toContain('![Generated Image](')
      is(body.endsWith('data: [DONE]\n\n')).toBe(true)
    },
  )

  test(
    'that fails after the first minute is an error beside the empty list',
    { timeout: MINUTES },
    async ({ expect: is }) => {
      const prompt = 'a cat [[run:65s]] [[fail:content_policy_violation]]'
      const chat = stack.post('/chat/completions', {
        model: 'flux-dev',
        messages: [{ role: 'user', content: prompt }],
      })
      const images = stack.post('/images/generations', { model: 'flux-dev', prompt })
      is(await (await images).json()).toEqual({
        error: is.objectContaining({
          code: 'content_policy_violation',
          job_id: is.stringMatching(/^job_/),
        }),
        data: [],
      })
      is(await (await chat).json()).toMatchObject({
        error: { code: 'content_policy_violation' },
        choices: [],
      })
    },
  )
})
