import { ApiError, createFalClient, ValidationError } from '@fal-ai/client'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { z } from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

/** Names that the client's types do not know, so that inputs may be wrong on purpose. */
const flux: string = 'fal-ai/flux/dev'

const HOSTS: Readonly<Record<string, string>> = {
  'queue.fal.run': '/queue',
  'fal.run': '/run',
  'rest.fal.ai': '/rest',
}

function toSimulated(address: string): string {
  const url = new URL(address)
  const prefix = HOSTS[url.host]
  return prefix === undefined ? address : `${simulator.url}${prefix}${url.pathname}${url.search}`
}

/** The published client, told by its own `fetch` option where fal's hosts are. */
function createClient(credentials = 'tester:secret') {
  return createFalClient({
    credentials,
    fetch: (input, init) =>
      fetch(toSimulated(input instanceof Request ? input.url : `${input}`), init),
  })
}

/** The client answers `any` for endpoints that its types do not know. */
interface Answered {
  readonly data: unknown
  readonly requestId: string
}

const image = z.object({ url: z.string(), width: z.number(), height: z.number() })
const output = z.object({ images: z.array(image), seed: z.number(), prompt: z.string() })

async function catchError(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  return undefined
}

describe('the queue, through @fal-ai/client', () => {
  test('submits, reads status with logs, and gets the result', async ({ expect }) => {
    const { queue } = createClient()
    const job = await queue.submit(flux, { input: { prompt: 'a cat [[run:600ms]]', seed: 7 } })
    expect(job).toMatchObject({ status: 'IN_QUEUE', queue_position: 0 })
    const early = await queue.status(flux, { requestId: job.request_id, logs: true })
    expect(early.status).toMatch(/IN_QUEUE|IN_PROGRESS/)
    await queue.subscribeToStatus(flux, { requestId: job.request_id, pollInterval: 20 })
    const done = await queue.status(flux, { requestId: job.request_id, logs: true })
    expect(done).toMatchObject({ status: 'COMPLETED' })
    expect('logs' in done && done.logs.map(({ message }) => message)).toContain('Finished')
    const result = await queue.result(flux, { requestId: job.request_id })
    expect(result.requestId).toBe(job.request_id)
    expect(output.parse(result.data)).toMatchObject({
      seed: 7,
      images: [{ width: 1024, height: 768 }],
    })
  })

  test('streams the status to its end', async ({ expect }) => {
    const { queue } = createClient()
    const job = await queue.submit(flux, {
      input: { prompt: 'a cat [[queue:300ms]] [[run:300ms]]' },
    })
    const stream = await queue.streamStatus(flux, { requestId: job.request_id, logs: true })
    const seen: unknown[] = []
    stream.on('data', (event: unknown) => seen.push(event))
    const last = await stream.done()
    expect(last).toMatchObject({ status: 'COMPLETED', request_id: job.request_id })
    const states = z.array(z.object({ status: z.string() })).parse(seen)
    expect([...new Set(states.map(({ status }) => status))]).toEqual([
      'IN_QUEUE',
      'IN_PROGRESS',
      'COMPLETED',
    ])
  })

  test.for([{ mode: 'polling' }, { mode: 'streaming' }] as const)(
    'subscribe works in $mode mode, with queue updates and logs',
    async ({ mode }, { expect }) => {
      const updates: string[] = []
      const messages: string[] = []
      const result: Answered = await createClient().subscribe(flux, {
        input: { prompt: `a dog by ${mode} [[queue:300ms]] [[run:300ms]]`, num_images: 2 },
        mode,
        logs: true,
        ...(mode === 'polling' && { pollInterval: 10 }),
        onQueueUpdate(update) {
          updates.push(update.status)
          if ('logs' in update) messages.push(...(update.logs ?? []).map(({ message }) => message))
        },
      })
      expect(output.parse(result.data).images).toHaveLength(2)
      expect(result.requestId).toMatch(/^[0-9a-f-]{36}$/)
      expect([...new Set(updates)]).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'])
      expect(messages).toContain('Started')
    },
  )

  test('cancels a job that waits', async ({ expect }) => {
    const { queue } = createClient()
    const { request_id } = await queue.submit(flux, { input: { prompt: 'late [[queue:60s]]' } })
    await queue.cancel(flux, { requestId: request_id })
    const status = await queue.status(flux, { requestId: request_id })
    expect(status).toMatchObject({ status: 'COMPLETED', error_type: 'client_cancelled' })
    const error = await catchError(queue.result(flux, { requestId: request_id }))
    expect(error).toMatchObject({ status: 499 })
  })
})

describe('fal.run, through @fal-ai/client', () => {
  test('runs on one connection', async ({ expect }) => {
    const result: Answered = await createClient().run(flux, { input: { prompt: 'at once' } })
    expect(output.parse(result.data).images).toHaveLength(1)
    expect(result.requestId).not.toBe('')
  })

  test('streams images that change, and ends with the result', async ({ expect }) => {
    const stream = await createClient().stream(flux, {
      input: { prompt: 'a stream', num_images: 3 },
    })
    const frames: string[] = []
    for await (const event of stream) frames.push(output.parse(event).images[0]?.url ?? '')
    const last = output.parse(await stream.done())
    expect(frames).toHaveLength(4)
    expect(new Set(frames).size).toBe(4)
    expect(frames[0]).toMatch(/^data:image\/jpeg;base64,/)
    expect(last.images).toHaveLength(1)
    expect(last.images[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/cdn\/files\//)
  })
})

describe('uploads, through @fal-ai/client', () => {
  test('a small file comes back as it was', async ({ expect }) => {
    const file = new File([new Uint8Array([1, 2, 3, 4])], 'four bytes.bin', { type: 'image/png' })
    const url = await createClient().storage.upload(file)
    const answer = await fetch(url)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3, 4]))
  })

  test('more than 90 MB goes in parts', async ({ expect }) => {
    const bytes = Buffer.alloc(91 * 1024 * 1024, 'large file ')
    const url = await createClient().storage.upload(new Blob([bytes], { type: 'video/mp4' }))
    const answer = await fetch(url)
    expect(answer.headers.get('content-type')).toBe('video/mp4')
    expect(bytes.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
    const parts = simulator.journal
      .entries()
      .filter(({ path }) => /^\/cdn\/multipart\/.*\/\d+$/.test(path))
    expect(parts).toHaveLength(10)
  })

  test('an input with a Blob in it is uploaded first', async ({ expect }) => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const image_url = new Blob([png], { type: 'image/png' })
    const { data } = await createClient().subscribe('fal-ai/clarity-upscaler', {
      input: { image_url },
    })
    expect(data.image.url).toContain('/cdn/files/')
  })
})

const madeFile = z.object({ url: z.url(), content_type: z.string(), file_size: z.number() })

describe('videos, speech and transcripts, through @fal-ai/client', () => {
  test('a video, typed by the client itself', async ({ expect }) => {
    const { data } = await createClient().subscribe('fal-ai/veo3.1', {
      input: { prompt: 'a fox', duration: '4s', resolution: '1080p' },
    })
    const { url, content_type, file_size } = madeFile.parse(data.video)
    const bytes = await (await fetch(url)).bytes()
    expect([content_type, bytes.length]).toEqual(['video/mp4', file_size])
  })

  test('a wrong duration is a ValidationError of the result', async ({ expect }) => {
    const veo: string = 'fal-ai/veo3.1'
    const error = await catchError(
      createClient().subscribe(veo, { input: { prompt: 'a fox', duration: 8 } }),
    )
    expect(error).toBeInstanceOf(ValidationError)
    const errors = error instanceof ValidationError ? error.getFieldErrors('duration') : []
    expect(errors).toMatchObject([{ type: 'one_of', ctx: { expected: ['4s', '6s', '8s'] } }])
  })

  test('what was spoken is heard word for word, the file given as a Blob', async ({ expect }) => {
    const client = createClient()
    const text = 'Good morning, dear friend. How are you?'
    const { data: spoken } = await client.subscribe('fal-ai/elevenlabs/tts/eleven-v3', {
      input: { text },
    })
    const { url, content_type } = madeFile.parse(spoken.audio)
    const audio_url = new Blob([await (await fetch(url)).arrayBuffer()], { type: content_type })
    const { data: heard } = await client.subscribe('fal-ai/wizper', { input: { audio_url } })
    expect(heard.text).toBe(text)
    expect(heard.chunks).toHaveLength(2)
  })

  test('a transcript as a stream, growing', async ({ expect }) => {
    const stream = await createClient().stream('fal-ai/speech-to-text/turbo', {
      input: { audio_url: 'https://example.com/speech.mp3' },
    })
    const partial = z.object({ output: z.string(), partial: z.boolean() })
    const events: z.infer<typeof partial>[] = []
    for await (const event of stream) events.push(partial.parse(event))
    expect(events.map((event) => event.partial)).toEqual([true, true, true, false])
    const lengths = events.map((event) => event.output.length)
    expect(lengths).toEqual(lengths.toSorted((one, other) => one - other))
    expect(events.at(-1)?.output).toContain('cannot hear')
  })
})

describe('errors, through @fal-ai/client', () => {
  test.for([
    { key: 'bad:key', endpoint: flux, status: 401, detail: 'No user found for Key ID and Secret' },
    { key: 'locked:key', endpoint: flux, status: 403, detail: /Exhausted balance/ },
    { key: 'forbidden:key', endpoint: flux, status: 403, detail: /access/ },
    {
      key: 'a:b',
      endpoint: 'fal-ai/no-such-app',
      status: 404,
      detail: 'Application "fal-ai/no-such-app" not found',
    },
    { key: 'a:b', endpoint: 'fal-ai/imagen4/preview', status: 404, detail: /not found/ },
  ])('$status for $key on $endpoint', async ({ key, endpoint, status, detail }, { expect }) => {
    const error = await catchError(
      createClient(key).queue.submit(endpoint, { input: { prompt: 'a cat' } }),
    )
    expect(error).toBeInstanceOf(ApiError)
    const refusal = z
      .object({ status: z.number(), body: z.object({ detail: z.string() }) })
      .parse(error)
    expect(refusal.status).toBe(status)
    expect(refusal.body.detail).toMatch(detail)
  })

  test('a wrong enum is a ValidationError of the result, with field errors', async ({ expect }) => {
    const work = createClient().subscribe(flux, { input: { prompt: 'a cat', image_size: 'huge' } })
    const error = await catchError(work)
    expect(error).toBeInstanceOf(ValidationError)
    const errors = error instanceof ValidationError ? error.getFieldErrors('image_size') : []
    expect(errors).toMatchObject([{ loc: ['body', 'image_size'], type: 'one_of' }])
  })
})
