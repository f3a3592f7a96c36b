import { expect, test } from 'vitest'

import { startStack } from '../support/start-stack.ts'

// A job of two minutes, and what keeps its connection alive after the first of them, is in two-minutes.long.test.ts.

test('a job of twelve seconds streams pings and the time so far', async () => {
  const stack = await startStack()
  const prompt = 'a cat [[run:12s]]'
  const stream = stack.post('/chat/completions', {
    model: 'flux-dev',
    stream: true,
    messages: [{ role: 'user', content: prompt }],
  })
  const answer = stack.openai.images.generate({ model: 'flux-dev', prompt })
  const body = await (await stream).text()
  expect(body).toMatch(/^: ping$/m)
  expect(body).toContain('10 s so far')
  expect(body).toContain('![Generated Image](')
  expect(body.endsWith('data: [DONE]\n\n')).toBe(true)
  expect((await answer).data?.[0]?.url).toMatch(/^http/)
  await stack.close()
})

test('a job beyond the longest wait is 504 with its id, and can still be fetched', async () => {
  const hasty = await startStack({ env: { JOB_TIMEOUT_SECONDS: '1' } })
  const response = await hasty.post('/images/generations', {
    model: 'flux-dev',
    prompt: 'a cat [[run:3s]]',
  })
  expect(response.status).toBe(504)
  expect(response.headers.get('x-should-retry')).toBe('false')
  const id = response.headers.get('x-job-id') ?? ''
  expect(await response.json()).toMatchObject({ error: { code: 'job_timeout', job_id: id } })
  await expect
    .poll(async () => (await hasty.request(`/images/jobs/${id}`)).text())
    .toContain('"status":"completed"')
  expect(hasty.asked()).toMatchObject({ submit: 1 })
  expect(hasty.fal.journal.count('cancel')).toBe(0)
  await hasty.close()
})
