import { toFile } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ ledger: 'temporary' })
})
afterAll(async () => {
  await stack.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
})

async function finished(id: string) {
  let video = await stack.openai.videos.retrieve(id)
  await until(async () => {
    video = await stack.openai.videos.retrieve(id)
    return video.status === 'completed' || video.status === 'failed'
  }, 20)
  return video
}

async function make(prompt: string, more: object = {}) {
  const created = await stack.openai.videos.create({ prompt, ...more })
  return finished(created.id)
}

function sent() {
  const submit = stack.fal.journal.entries().findLast(({ kind }) => kind === 'submit')
  return { endpoint: submit?.endpoint, input: submit?.body }
}

const clip = async () => {
  const video = await make('a clip')
  const content = await stack.openai.videos.downloadContent(video.id)
  return Buffer.from(await content.arrayBuffer())
}

describe('what is made of a video', () => {
  // Shows: openai-node/video-works
  test('an edit of one by its id, with the model that made it', async () => {
    const video = await make('a cat')
    const edited = await stack.openai.videos.edit({ prompt: 'in snow', video: { id: video.id } })
    expect(edited).toMatchObject({ status: 'queued', model: 'sora-2', seconds: '4' })
    expect(sent()).toMatchObject({
      endpoint: 'fal-ai/wan/v2.7/edit-video',
      input: { prompt: 'in snow', video_url: expect.stringContaining('/cdn/') },
    })
    expect(await finished(edited.id)).toMatchObject({ status: 'completed' })
  })

  // Shows: openai-node/video-works
  test('an edit of a file', async () => {
    const file = await toFile(await clip(), 'a.mp4', { type: 'video/mp4' })
    const edited = await stack.openai.videos.edit({ prompt: 'in snow', video: file })
    expect(await finished(edited.id)).toMatchObject({ status: 'completed' })
    expect(sent().endpoint).toBe('fal-ai/wan/v2.7/edit-video')
  })

  test('an extension, as long as both together', async () => {
    const video = await make('a cat', { seconds: '4' })
    const longer = await stack.openai.videos.extend({
      prompt: 'it jumps',
      seconds: '8',
      video: { id: video.id },
    })
    expect(longer.seconds).toBe('12')
    expect(sent()).toMatchObject({
      endpoint: 'fal-ai/ltx-2.3/extend-video',
      input: { prompt: 'it jumps', duration: 8 },
    })
  })

  test('a remix, which knows its parent', async () => {
    const video = await make('a cat')
    const remix = await stack.openai.videos.remix(video.id, { prompt: 'a dog' })
    const parent = { remixed_from_video_id: video.id }
    expect(remix).toMatchObject({ ...parent, prompt: 'a dog', seconds: '4' })
    expect(await stack.openai.videos.retrieve(remix.id)).toMatchObject(parent)
  })

  test('a remix by a model that cannot edit is made anew, as long and as large', async () => {
    const video = await make('a cat', { model: 'veo3.1-lite', seconds: '6', size: '1080p' })
    const { response } = await stack.openai.videos
      .remix(video.id, { prompt: 'a dog' })
      .withResponse()
    expect(response.headers.get('x-adjusted')).toContain('remix->made-anew')
    expect(sent()).toEqual({
      endpoint: 'fal-ai/veo3.1/lite',
      input: { prompt: 'a dog', duration: '6s', aspect_ratio: '16:9', resolution: '1080p' },
    })
  })

  test('a character, which another video shows', async () => {
    const video = await toFile(await clip(), 'luna.mp4', { type: 'video/mp4' })
    const made = await stack.openai.videos.createCharacter({ name: 'Luna', video })
    const found = await stack.openai.videos.getCharacter(made.id ?? '')
    expect(found).toEqual(made)
    await stack.post('/videos', {
      model: 'seedance-2.0',
      prompt: 'Luna dances',
      characters: [{ id: made.id }],
    })
    expect(sent()).toMatchObject({
      endpoint: 'bytedance/seedance-2.0/reference-to-video',
      input: { video_urls: [expect.stringContaining('/cdn/')] },
    })
  })
})

describe('the list', () => {
  test('is paged by the official client, latest first, without what was deleted', async () => {
    const ids: string[] = []
    for (const prompt of ['one', 'two', 'three']) ids.unshift((await make(prompt)).id)
    const listed: string[] = []
    for await (const video of stack.openai.videos.list({ limit: 2 })) {
      listed.push(video.id)
      if (listed.length === 3) break
    }
    expect(listed).toEqual(ids)
    const [latest = ''] = ids
    expect(await stack.openai.videos.delete(latest)).toEqual({
      id: latest,
      object: 'video.deleted',
      deleted: true,
    })
    const page = await stack.openai.videos.list({ limit: 1 })
    expect(page.data.map(({ id, status }) => ({ id, status }))).toEqual([
      { id: ids[1], status: 'completed' },
    ])
    const first = await stack.openai.videos.list({ limit: 1, order: 'asc' })
    expect(first.data[0]?.id).not.toBe(ids[1])
  })

  test.for([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['order=up', 'order'],
    ['after=video_x', 'after'],
  ])('%s is refused', async ([query, param]) => {
    const response = await stack.request(`/videos?${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param } })
  })
})

describe('deleting', () => {
  test('takes what waits out of fal’s queue', async () => {
    const { id } = await stack.openai.videos.create({ prompt: 'a cat [[queue:1m]]' })
    await stack.openai.videos.delete(id)
    expect(stack.asked()).toMatchObject({ cancel: 1 })
    expect(await finished(id)).toMatchObject({ status: 'failed', error: { code: 'job_cancelled' } })
  })
})

test('a request that is sent again is one video', async () => {
  const order = { prompt: 'once', seconds: '4' } as const
  const options = { headers: { 'idempotency-key': 'video-1' } }
  const one = await stack.openai.videos.create(order, options)
  const other = await stack.openai.videos.create(order, options)
  expect(other.id).toBe(one.id)
  expect(stack.asked()['submit']).toBe(1)
})

test('a lost answer is no second video', async () => {
  const lost = stack.openai.videos.create({ prompt: 'lost [[submit:cut-after]]' })
  await expect(lost).rejects.toMatchObject({ status: 502, code: 'upstream_failed' })
  expect(stack.asked()['submit']).toBe(1)
})

describe('budgets know prices by the second', () => {
  test('a video that costs more than is left is not submitted', async () => {
    const { fal } = stack
    const poor = await startStack({
      ledger: 'temporary',
      env: {
        ACCESS_KEYS: JSON.stringify({ poor: { key: 'sk-poor-key-123456', budget_usd: 1 } }),
        FAL_QUEUE_URL: `${fal.url}/queue`,
      },
    })
    try {
      const order = (seconds: number) =>
        poor.post(
          '/videos',
          { model: 'veo3.1', prompt: 'a cat', seconds },
          { headers: { authorization: 'Bearer sk-poor-key-123456' } },
        )
      // 0.40 USD a second.
      const [first, ...others] = await Promise.all([order(8), order(8), order(8)])
      expect([first, ...others].map((one) => one?.status)).toEqual([429, 429, 429])
      const cheap = await Promise.all(
        Array.from({ length: 4 }, () =>
          poor.post(
            '/videos',
            { model: 'veo3.1-lite', prompt: 'a cat', seconds: 8 },
            { headers: { authorization: 'Bearer sk-poor-key-123456' } },
          ),
        ),
      )
      // 8 × 0.05 = 0.40 USD each: two are one dollar's worth.
      expect(cheap.filter(({ status }) => status === 200)).toHaveLength(2)
    } finally {
      await poor.close()
    }
  })
})

describe('what a file to be edited costs is told by its own length', () => {
  // 0.05 USD a second.
  const model = 'grok-imagine-video'

  test('as a form’s', async () => {
    const form = new FormData()
    form.set('model', model)
    form.set('prompt', 'in snow')
    form.set('video', new File([new Uint8Array(await clip())], 'a.mp4', { type: 'video/mp4' }))
    const quote = await stack.request('/videos/edits?dry_run=true', { method: 'POST', body: form })
    expect(await quote.json()).toMatchObject({ object: 'quote', unit: 'seconds', cost_usd: 0.2 })
  })

  test('as data', async () => {
    const video = `data:video/mp4;base64,${(await clip()).toString('base64')}`
    const body = { model, prompt: 'in snow', video }
    const quote = await stack.post('/videos/edits?dry_run=true', body)
    expect(await quote.json()).toMatchObject({ object: 'quote', unit: 'seconds', cost_usd: 0.2 })
  })
})

test('the key is never handed on', () => {
  const told = JSON.stringify(stack.fal.journal.entries())
  expect(told).not.toContain(ACCESS_KEY)
})
