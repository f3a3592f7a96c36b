import { toFile } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

/** Without a ledger, and with one. */
let stack: Stack
let kept: Stack

beforeAll(async () => {
  const ACCESS_KEYS = JSON.stringify({ alice: { key: 'sk-alice' } })
  const env = { ACCESS_KEYS, RESULT_LIFETIME_SECONDS: '3600', JOB_TIMEOUT_SECONDS: '300' }
  stack = await startStack()
  kept = await startStack({ ledger: 'temporary', env })
})
afterAll(async () => {
  await stack.close()
  await kept.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
  kept.fal.journal.clear()
})

type Body = Readonly<Record<string, unknown>>

const DRAWN = { prompt: 'a cat', model: 'nano-banana' }
const CHAT = { messages: [{ role: 'user', content: 'draw a cat' }], model: 'nano-banana' }
const RESPONSE = { input: 'draw a cat', model: 'nano-banana' }
const SPEECH = { input: 'Good morning.', voice: 'alloy', model: 'tts-1' }
const FILM = { prompt: 'a cat', model: 'sora-2' }

/** Whoever sends these waits for the answer. */
const WAITING: readonly (readonly [string, Body])[] = [
  ['/images/generations', DRAWN],
  ['/chat/completions', CHAT],
  ['/responses', RESPONSE],
  ['/audio/speech', SPEECH],
]

/** And whoever sends these does not. */
const LEAVING: readonly (readonly [string, Body])[] = [
  ['/videos', FILM],
  ['/video/generations', FILM],
  ['/videos/generations', FILM],
  ['/responses', { ...RESPONSE, background: true }],
]

async function preferencesOf(
  [path, body]: readonly [string, Body],
  headers: Record<string, string> = {},
  on: Stack = stack,
) {
  const response = await on.post(path, body, { headers })
  await response.arrayBuffer()
  expect(response.ok).toBe(true)
  return on.fal.journal.jobs().at(-1)?.preferences
}

describe('what nobody waits for any more never begins', () => {
  test.for(WAITING)("%s %o: a client's own timeout, else the gateway's", async (asked) => {
    const node = { 'x-stainless-timeout': '45' }
    const python = { 'x-stainless-read-timeout': '50.5' }
    expect(await preferencesOf(asked, node)).toMatchObject({ startTimeoutMs: 45_000 })
    expect(await preferencesOf(asked, python)).toMatchObject({ startTimeoutMs: 50_500 })
    expect(await preferencesOf(asked)).toMatchObject({ startTimeoutMs: 600_000 })
    const long = { 'x-stainless-timeout': '3000' }
    expect(await preferencesOf(asked, long)).toMatchObject({ startTimeoutMs: 600_000 })
    const short = { 'x-stainless-timeout': '1' }
    expect(await preferencesOf(asked, short)).toMatchObject({ startTimeoutMs: 2000 })
  })

  test.for([
    ...LEAVING,
    ...WAITING.filter(([path]) => path !== '/responses').map(
      ([path, body]) => [path, body, 'respond-async'] as const,
    ),
  ])('%s %o: what goes on without its caller has no such time', async ([path, body, prefer]) => {
    const headers = { 'x-stainless-timeout': '45', ...(prefer && { prefer }) }
    expect(await preferencesOf([path, body], headers)).not.toHaveProperty('startTimeoutMs')
  })

  test.for(WAITING.filter(([path]) => path !== '/audio/speech'))(
    '%s %o: a stream has begun at once, and is waited for',
    async ([path, body]) => {
      const headers = { 'x-stainless-timeout': '45' }
      const told = await preferencesOf([path, { ...body, stream: true }], headers)
      expect(told).toMatchObject({ startTimeoutMs: 600_000 })
    },
  )

  test("repeats that the ledger knows wait for the first one's job", async () => {
    const headers = { 'x-stainless-timeout': '45', 'x-stainless-retry-count': '0' }
    const asked = ['/images/generations', DRAWN] as const
    expect(await preferencesOf(asked, headers)).toMatchObject({ startTimeoutMs: 45_000 })
    expect(await preferencesOf(asked, headers, kept)).toMatchObject({ startTimeoutMs: 300_000 })
  })

  test('it is told as a failure that cost nothing', async () => {
    const wish = { ...DRAWN, prompt: 'a cat [[queue:30s]]' }
    const headers = { 'x-stainless-timeout': '2' }
    const response = await stack.post('/images/generations', wish, { headers })
    expect(response.status).toBe(502)
    expect(response.headers.get('x-should-retry')).toBe('true')
    const [job] = stack.fal.journal.jobs()
    expect(job).toMatchObject({ outcome: 504, errorType: 'request_timeout' })
  })
})

describe('the words of the body', () => {
  test.for([...WAITING, ...LEAVING])('%s %o: service_tier and store', async ([path, body]) => {
    const usual = { priority: 'normal', storeIo: true, lifecycle: { access: 'allow' } }
    expect(await preferencesOf([path, body])).toMatchObject(usual)
    expect(
      await preferencesOf([path, { ...body, service_tier: 'auto', store: true }]),
    ).toMatchObject(usual)
    expect(await preferencesOf([path, { ...body, service_tier: 'flex' }])).toMatchObject({
      priority: 'low',
      storeIo: true,
    })
    const told = await preferencesOf([path, { ...body, store: false }])
    expect(told).toMatchObject({ priority: 'normal', storeIo: false })
    expect(stack.fal.journal.jobs().at(-1)?.input).not.toHaveProperty('store')
  })

  test('forms say it too: edits, transcripts, videos', async () => {
    const picture = await toFile(await aPicture(), 'a.png', { type: 'image/png' })
    const speech = await stack.post('/audio/speech', SPEECH)
    const sound = await toFile(Buffer.from(await speech.arrayBuffer()), 'a.mp3')
    stack.fal.journal.clear()
    const files = [
      ['/images/edits', 'image', picture, 'nano-banana'],
      ['/audio/transcriptions', 'file', sound, 'whisper-1'],
      ['/videos', 'input_reference', picture, 'sora-2'],
    ] as const
    for (const [path, name, file, model] of files) {
      const body = new FormData()
      for (const [field, value] of Object.entries({ model, prompt: 'red', store: 'false' })) {
        body.append(field, value)
      }
      body.append('service_tier', 'flex')
      body.append(name, file)
      const response = await stack.request(path, { method: 'POST', body })
      await response.arrayBuffer()
      expect([path, response.status]).toEqual([path, 200])
      const { preferences } = stack.fal.journal.jobs().at(-1) ?? {}
      expect(preferences).toMatchObject({ priority: 'low', storeIo: false })
    }
  })

  test.for([{ store: 'no' }, { store: 0 }, { service_tier: 5 }])(
    '%o is a mistake',
    async (wrong) => {
      for (const [path, body] of [...WAITING, ...LEAVING]) {
        const response = await stack.post(path, { ...body, ...wrong })
        expect(response.status).toBe(400)
        expect(await response.text()).toContain(`"param":"${Object.keys(wrong)[0]}"`)
      }
      expect(stack.fal.journal.count('submit')).toBe(0)
    },
  )

  test('every request of a job has them: a second step, and one past the queue', async () => {
    const wish = { ...DRAWN, service_tier: 'flex', store: false }
    await preferencesOf(['/images/generations', { ...wish, background: 'transparent' }])
    const watched = { prompt: 'a cat', model: 'flux-dev', stream: true, partial_images: 2 }
    await preferencesOf(['/images/generations', { ...wish, ...watched }])
    const jobs = stack.fal.journal.jobs()
    expect(jobs.map(({ kind }) => kind)).toEqual(['queue', 'queue', 'stream'])
    for (const { preferences } of jobs) {
      expect(preferences).toMatchObject({ priority: 'low', storeIo: false })
    }
  })
})

describe('what is not stored', () => {
  test('is still there for its request, a repeat and a look-up soon after', async () => {
    const wish = { ...DRAWN, store: false }
    const headers = { 'idempotency-key': 'not-stored' }
    const first = await kept.post('/images/generations', wish, { headers })
    const again = await kept.post('/images/generations', wish, { headers })
    const [one, other] = [await first.text(), await again.text()].map(
      (text) => /"url":"(\S+?)"/.exec(text)?.[1],
    )
    expect(one).toBeDefined()
    expect(other).toBe(one)
    const job = await kept.request(`/jobs/${first.headers.get('x-job-id')}`)
    expect(await job.text()).toContain(one ?? '')
    expect(kept.fal.journal.jobs().map(({ preferences }) => preferences.storeIo)).toEqual([false])
  })

  test('is a video that can be fetched', async () => {
    const wish = { ...FILM, store: false }
    const { id } = await stack.openai.videos.create(wish)
    await until(async () => (await stack.openai.videos.retrieve(id)).status === 'completed')
    const content = await stack.openai.videos.downloadContent(id)
    expect((await content.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  })
})

describe("the owner's words", () => {
  test.for([...WAITING, ...LEAVING])(
    '%s %o: who ordered it, and how long it lives',
    async (asked) => {
      const authorization = 'Bearer sk-alice'
      expect(await preferencesOf(asked, { authorization }, kept)).toMatchObject({
        tags: { caller: 'alice' },
        lifecycle: { access: 'allow', seconds: 3600 },
      })
    },
  )

  test('through the ledger as well', async () => {
    const headers = { authorization: 'Bearer sk-alice', 'idempotency-key': 'alices' }
    const wish = { ...DRAWN, service_tier: 'flex' }
    expect(await preferencesOf(['/images/generations', wish], headers, kept)).toMatchObject({
      tags: { caller: 'alice' },
      lifecycle: { seconds: 3600 },
      priority: 'low',
      startTimeoutMs: 300_000,
    })
  })

  test('a caller without a name is the fingerprint of its key', async () => {
    expect(await preferencesOf(['/images/generations', DRAWN])).toMatchObject({
      tags: { caller: expect.stringMatching(/^[\da-f]{8}$/) },
    })
  })
})
