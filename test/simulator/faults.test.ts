import { afterAll, beforeAll, describe, test } from 'vitest'

import { modelErrors } from '../../simulator/model/model-errors.ts'
import { FAULTS } from '../../simulator/queue/faults.ts'
import { infrastructureErrors } from '../../simulator/queue/infrastructure-errors.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { codesIn, readPage, tableOf } from '../docs/page.ts'
import { createCaller, readDetail, readImages, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await startSimulator({ pingMs: 20 })
  caller = createCaller(simulator)
})
afterAll(() => simulator.close())

const FLUX = 'fal-ai/flux/dev'

const submitRaw = (prompt: string, headers: Readonly<Record<string, string>> = {}) =>
  caller.call(`/queue/${FLUX}`, { method: 'POST', input: { prompt }, headers })

async function isCut(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return false
  } catch {
    return true
  }
}

const jobsOf = (word: string) =>
  simulator.journal.jobs().filter(({ input }) => JSON.stringify(input).includes(word))

test('the README tells every fault and every word that it takes', ({ expect }) => {
  let names: readonly string[] = []
  const rows = tableOf(readPage('simulator/README.md'), 'fault').slice(1)
  const told = new Set(
    rows.flatMap(([fault = '', values = '']) => {
      names = fault === '' ? names : codesIn(fault)
      return names.flatMap((name) => [name, ...codesIn(values).map((value) => `${name}:${value}`)])
    }),
  )
  const known = Object.entries(FAULTS).flatMap(([name, { words }]) => [
    name,
    ...words.filter((word) => word !== '').map((word) => `${name}:${word}`),
  ])
  expect(known.filter((fault) => !told.has(fault))).toEqual([])
})

describe('fail', () => {
  test.for(Object.entries(modelErrors))('%s', async ([type, error], { expect }) => {
    const input = { prompt: `a failure [[fail:${type}]]` }
    const job = await caller.submit(FLUX, input)
    const status = await caller.wait(job)
    expect(status.body).not.toHaveProperty('error')
    const answer = await caller.call(job.response_url)
    expect(answer.status).toBe(error.status)
    const detail = { type, msg: error.message, url: `https://docs.fal.ai/errors/#${type}` }
    expect(answer.body).toMatchObject({ detail: [detail] })
    expect(answer.body).toHaveProperty('detail.0.input')
  })

  test('echoes the prompt, or the whole body, as fal does', async ({ expect }) => {
    const refused = { prompt: 'something [[fail:content_policy_violation]]' }
    expect(await caller.finish(FLUX, refused)).toMatchObject({
      body: { detail: [{ loc: ['body', 'prompt'], input: refused.prompt }] },
    })
    const broken = { prompt: 'something [[fail:internal_server_error]]', seed: 1 }
    expect(await caller.finish(FLUX, broken)).toMatchObject({
      body: { detail: [{ loc: ['body'], input: broken }] },
    })
  })
})

describe('infra', () => {
  test.for(Object.entries(infrastructureErrors))(
    '%s',
    async ([type, { status, message }], { expect }) => {
      const job = await caller.submit(FLUX, { prompt: `broken [[infra:${type}]]` })
      expect(await caller.wait(job)).toMatchObject({
        status: 200,
        body: { status: 'COMPLETED', error: message, error_type: type },
      })
      const answer = await caller.call(job.response_url)
      expect(answer).toMatchObject({ status, body: { detail: message, error_type: type } })
      expect(answer.headers.get('x-fal-error-type')).toBe(type)
    },
  )
})

describe('submit', () => {
  test.for([401, 403, 404, 429, 500, 502, 503, 504])('%d, once', async (status, { expect }) => {
    const prompt = `refused [[submit:${status}*1]]`
    expect(await submitRaw(prompt)).toMatchObject({ status })
    expect(jobsOf(prompt)).toHaveLength(0)
    expect(await submitRaw(prompt)).toMatchObject({ status: 200 })
  })

  test('502 comes from the ingress: HTML, and no request id', async ({ expect }) => {
    const { headers, body } = await submitRaw('refused [[submit:502]]')
    expect(body).toContain('nginx')
    expect(headers.get('x-fal-request-id')).toBeNull()
  })

  test('cut-before accepts nothing', async ({ expect }) => {
    expect(await isCut(submitRaw('word-before [[submit:cut-before]]'))).toBe(true)
    expect(jobsOf('word-before')).toHaveLength(0)
  })

  test('cut-after accepts the job and runs it', async ({ expect }) => {
    expect(await isCut(submitRaw('word-after [[submit:cut-after]]'))).toBe(true)
    await expect.poll(() => jobsOf('word-after').map(({ state }) => state)).toEqual(['COMPLETED'])
  })

  test('retired', async ({ expect }) => {
    const answer = await submitRaw('gone [[retired]]')
    expect(answer).toMatchObject({
      status: 404,
      body: { detail: 'Application "fal-ai/flux" not found' },
    })
    const once = 'gone once [[retired*1]]'
    expect((await submitRaw(once)).status).toBe(404)
    expect((await submitRaw(once)).status).toBe(200)
  })
})

describe('status and result', () => {
  test('status fails as often as wished', async ({ expect }) => {
    const job = await caller.submit(FLUX, { prompt: 'hidden [[status:500*2]]' })
    const read = async () => (await caller.call(job.status_url)).status
    expect([await read(), await read()]).toEqual([500, 500])
    expect([200, 202]).toContain(await read())
  })

  test('early, a status and then the result', async ({ expect }) => {
    const job = await caller.submit(FLUX, {
      prompt: 'hard to get [[result:early*2]] [[result:502*1]]',
    })
    await caller.wait(job)
    const read = async () => (await caller.call(job.response_url)).status
    expect([await read(), await read(), await read(), await read()]).toEqual([400, 400, 502, 200])
  })

  test('html', async ({ expect }) => {
    const answer = await caller.finish(FLUX, { prompt: 'a page [[result:html]]' })
    expect(answer.status).toBe(502)
    expect(answer.headers.get('content-type')).toBe('text/html')
  })

  test('break ends in the middle of the body', async ({ expect }) => {
    expect(await isCut(caller.finish(FLUX, { prompt: 'half [[result:break]]' }))).toBe(true)
  })

  test('cancel:ignored lets the job finish', async ({ expect }) => {
    const job = await caller.submit(FLUX, {
      prompt: 'stubborn [[run:1s]] [[cancel:500*1]] [[cancel:ignored]]',
    })
    await expect.poll(() => jobsOf('stubborn')[0]?.state).toBe('IN_PROGRESS')
    const cancel = async () => (await caller.call(job.cancel_url, { method: 'PUT' })).status
    expect([await cancel(), await cancel()]).toEqual([500, 202])
    await caller.wait(job)
    expect(await caller.call(job.response_url)).toMatchObject({ status: 200 })
  })
})

const openStream = async (word: string) => {
  const job = await caller.submit(FLUX, { prompt: `streamed [[run:500ms]] [[stream:${word}]]` })
  return { job, answer: await caller.call(`${job.status_url}/stream`) }
}

describe('status stream', () => {
  test('refuse and 404', async ({ expect }) => {
    expect((await openStream('refuse')).answer.status).toBe(500)
    expect((await openStream('404')).answer.status).toBe(404)
  })

  test('drop closes after the first event', async ({ expect }) => {
    const { answer } = await openStream('drop')
    expect(String(answer.body).match(/^data: /gm)).toHaveLength(1)
    expect(answer.body).not.toContain('COMPLETED')
  })

  test('no-ping has events but no pings', async ({ expect }) => {
    const { answer } = await openStream('no-ping')
    expect(answer.body).toContain('COMPLETED')
    expect(answer.body).not.toContain(': ping')
  })

  test('silent says one thing and stays open', async ({ expect }) => {
    const job = await caller.submit(FLUX, { prompt: 'mute [[stream:silent]]' })
    await caller.wait(job)
    const hangUp = new AbortController()
    const headers = { authorization: 'Key tester:secret' }
    const answer = await fetch(`${job.status_url}/stream`, { headers, signal: hangUp.signal })
    const reader = answer.body?.getReader()
    await reader?.read()
    const next = reader?.read().catch(() => 'hung up')
    // Five times the time between pings.
    const silence = new Promise((resolve) => setTimeout(resolve, 100, 'silence'))
    expect(await Promise.race([next, silence])).toBe('silence')
    expect(simulator.journal.openStreams()).toBe(1)
    hangUp.abort()
    await next
    await expect.poll(() => simulator.journal.openStreams()).toBe(0)
  })
})

describe('the answer', () => {
  test('images, shape and sizes', async ({ expect }) => {
    const fewer = await caller.finish(FLUX, { prompt: 'few [[images:2]]', num_images: 4 })
    expect(readImages(fewer.body)).toHaveLength(2)
    const none = await caller.finish(FLUX, { prompt: 'none [[images:0]]' })
    expect(readImages(none.body)).toHaveLength(0)
    const single = await caller.finish(FLUX, { prompt: 'one [[shape:image]]' })
    expect(single.body).toHaveProperty('image.url')
    expect(single.body).not.toHaveProperty('images')
    const bare = await caller.finish(FLUX, { prompt: 'bare [[no-size]]' })
    expect(readImages(bare.body)[0]).not.toHaveProperty('width')
    const sized = await caller.finish('fal-ai/nano-banana', { prompt: 'sized [[size]]' })
    expect(readImages(sized.body)[0]).toMatchObject({ width: 1024, height: 1024 })
  })

  test('big-seed is written with all its digits', async ({ expect }) => {
    const job = await caller.submit(FLUX, { prompt: 'seeded [[big-seed]]' })
    await caller.wait(job)
    const headers = { authorization: 'Key tester:secret' }
    const text = await (await fetch(job.response_url, { headers })).text()
    expect(text).toContain('"seed":196619188014358661,')
  })

  test('nsfw flags all images, or the ones that are named', async ({ expect }) => {
    const input = { num_images: 3, prompt: 'flagged [[nsfw]]' }
    const all = await caller.finish(FLUX, input)
    expect(all.body).toMatchObject({ has_nsfw_concepts: [true, true, true] })
    const some = await caller.finish(FLUX, { ...input, prompt: 'flagged [[nsfw:0,2]]' })
    expect(some.body).toMatchObject({ has_nsfw_concepts: [true, false, true] })
    const unusual = await caller.finish('fal-ai/nano-banana', { prompt: 'flagged [[nsfw]]' })
    expect(unusual.body).toMatchObject({ has_nsfw_concepts: [true] })
  })

  test('urls and media-urls name another host', async ({ expect }) => {
    const elsewhere = 'http://127.0.0.1:1234'
    const job = await caller.submit(FLUX, { prompt: `lost [[urls:${elsewhere}]]` })
    expect(new URL(job.response_url).origin).toBe(elsewhere)
    expect(job.status_url).toBe(`${elsewhere}/queue/fal-ai/flux/requests/${job.request_id}/status`)
    const answer = await caller.finish(FLUX, { prompt: `lost [[media-urls:${elsewhere}]]` })
    expect(readImages(answer.body)[0]?.url).toContain(`${elsewhere}/cdn/files/`)
  })

  test('partials sets the number of unfinished images of a stream', async ({ expect }) => {
    const input = { prompt: 'growing [[partials:4]]', image_size: 'square' }
    const answer = await caller.call(`/run/${FLUX}/stream`, { method: 'POST', input })
    const events = String(answer.body).match(/^data: .*$/gm) ?? []
    const urls = events.map((event) => readImages(JSON.parse(event.slice(6)))[0]?.url)
    expect(new Set(urls).size).toBe(5)
    expect(urls.map((url) => url?.startsWith('data:'))).toEqual([true, true, true, true, false])
  })
})

describe('the words', () => {
  test('may come in a header, several at a time', async ({ expect }) => {
    const headers = { 'x-simulate': 'submit:503*1; fail:no_media_generated' }
    expect(await submitRaw('by header', headers)).toMatchObject({ status: 503 })
    const answer = await caller.finish(FLUX, { prompt: 'by header' }, headers)
    expect(answer.body).toMatchObject({ detail: [{ type: 'no_media_generated' }] })
  })

  test('are refused when misspelt, and left alone when they are no words of ours', async ({
    expect,
  }) => {
    const misspelt = await submitRaw('wrong [[fail:content_polcy]]')
    expect(misspelt.status).toBe(400)
    expect(readDetail(misspelt.body)).toContain('fail:content_polcy')
    expect(await submitRaw('wrong', { 'x-simulate': 'nonsense' })).toMatchObject({ status: 400 })
    expect(await submitRaw('a [[wiki link]] and [[other:thing]]')).toMatchObject({ status: 200 })
  })

  test('strike afresh after the journal is cleared', async ({ expect }) => {
    const other = await startSimulator()
    const again = createCaller(other)
    const options = { method: 'POST', input: { prompt: 'again [[submit:500*1]]' } }
    const submit = async () => (await again.call(`/queue/${FLUX}`, options)).status
    expect([await submit(), await submit()]).toEqual([500, 200])
    other.journal.clear()
    expect([await submit(), await submit()]).toEqual([500, 200])
    await other.close()
  })
})
