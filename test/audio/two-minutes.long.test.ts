import { afterAll, beforeAll, describe, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack
let spoken: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  stack = await startStack({ env: { JOB_TIMEOUT_SECONDS: '150' } })
  const speech = { model: 'tts-1', input: 'Good evening.' }
  spoken = await (await stack.post('/audio/speech', speech)).bytes()
})
afterAll(() => stack.close())

const LONG = '[[queue:40s]] [[run:80s]]'
const MINUTES = 200_000

function write(keyword: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = new FormData()
  body.append('file', new Blob([spoken]), 'speech.mp3')
  body.append('model', 'gpt-transcribe')
  body.append('keywords[]', keyword)
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return stack.request('/audio/transcriptions', { method: 'POST', body })
}

// Side by side, because each takes as long as it says.
describe.concurrent('two minutes of listening or speaking', () => {
  test(
    'are answered with white space first, every ten seconds from the first minute on',
    { timeout: MINUTES },
    async ({ expect: is }) => {
      const response = await write(LONG)
      is(response.headers.get('x-job-id')).toMatch(/^job_/)
      is(response.headers.get('content-type')).toBe('application/json')
      const body = await response.text()
      const beats = /^ */.exec(body)?.[0].length ?? 0
      is(beats).toBeGreaterThanOrEqual(5)
      is(beats).toBeLessThanOrEqual(7)
      is(JSON.parse(body)).toMatchObject({ text: 'Good evening.' })
    },
  )

  test(
    'that fail after the first minute are an error beside an empty text',
    { timeout: MINUTES },
    async ({ expect: is }) => {
      const response = await write('[[run:65s]] [[fail:content_policy_violation]]')
      is(await response.json()).toEqual({
        error: is.objectContaining({
          code: 'content_policy_violation',
          job_id: is.stringMatching(/^job_/),
        }),
        text: '',
      })
    },
  )

  test('are bytes and plain text at their end', { timeout: MINUTES }, async ({ expect: is }) => {
    const speech = stack.post('/audio/speech', { model: 'tts-1', input: `Good evening. ${LONG}` })
    const text = await (await write(LONG, { response_format: 'text' })).text()
    is(text).toBe('Good evening.\n')
    is((await (await speech).bytes()).length).toBeGreaterThan(1000)
  })

  test('are events with pings between them', { timeout: MINUTES }, async ({ expect: is }) => {
    const told = write(LONG, { stream: 'true' })
    const spokenBody = { model: 'tts-1', input: `Good evening. ${LONG}`, stream_format: 'sse' }
    const speech = await (await stack.post('/audio/speech', spokenBody)).text()
    for (const body of [speech, await (await told).text()]) {
      is(body.match(/^: ping$/gm)?.length).toBeGreaterThanOrEqual(10)
      is(body).toMatch(/"type":"(?:speech\.audio|transcript\.text)\.done"/)
    }
  })
})
