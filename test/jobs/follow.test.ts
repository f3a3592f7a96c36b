import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function generate(prompt: string) {
  return stack.openai.images.generate({ model: 'flux-dev', prompt })
}

test('a url generation costs three requests however long the job takes', async () => {
  await generate('a cat [[queue:1s]] [[run:1s]] [[position:4]]')
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1 })
})

test('a status stream that is refused or dropped is not waited for: polls begin at once, ever slower', async () => {
  const faults = ['refuse', 'drop', '404']
  await Promise.all(faults.map((fault) => generate(`a cat [[stream:${fault}]] [[run:3s]]`)))
  const jobs = stack.fal.journal.jobs()
  expect(stack.fal.journal.count('status-stream')).toBe(3)
  // After 0, 250, 625, 1190, 2030 and 3300 ms; a busy machine asks less often.
  for (const { statusReads } of jobs) {
    expect(statusReads).toBeGreaterThanOrEqual(2)
    expect(statusReads).toBeLessThanOrEqual(7)
  }
  expect(stack.fal.journal.count('submit')).toBe(3)
})

test('a status that cannot be read is asked again', async () => {
  await generate('a cat [[stream:refuse]] [[status:500*2]]')
  expect(stack.asked()).toMatchObject({ submit: 1, status: 3, result: 1 })
})

test('URLs on another host are not followed: the key goes to fal only', async () => {
  const { createServer } = await import('node:http')
  const heard: string[] = []
  const stranger = createServer((request, response) => {
    heard.push(JSON.stringify(request.headers))
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    stranger.once('listening', resolve)
  })
  const address = stranger.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const answer = await generate(`a cat [[urls:http://127.0.0.1:${port}]]`)
  expect(answer.data).toHaveLength(1)
  expect(heard).toEqual([])
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1 })
  stranger.close()
})

test('the access key never reaches fal, and the fal key never reaches the CDN', async () => {
  await stack.openai.images.generate({
    model: 'flux-dev',
    prompt: 'a cat',
    response_format: 'b64_json',
  })
  const all = stack.fal.journal.entries()
  expect(JSON.stringify(all)).not.toContain('sk-test-access-key')
  const cdn = all.filter(({ kind }) => kind === 'cdn')
  expect(cdn).toHaveLength(1)
  expect(JSON.stringify(cdn)).not.toContain('test-secret')
})

test('neither keys nor prompts nor picture addresses are logged', async () => {
  await generate('a purple giraffe')
  await generate('a purple giraffe [[result:500]]').catch(() => undefined)
  const log = stack.gateway.log()
  expect(log).toContain('req_')
  for (const secret of ['purple', 'sk-test-access-key', 'test-secret', '/cdn/']) {
    expect(log).not.toContain(secret)
  }
})
