import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import { BadRequestError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const CAT = 'https://a.example/cat.png'

interface Said {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

async function ask(content: string, more: Record<string, unknown> = {}, before: Said[] = []) {
  const messages = [...before, { role: 'user' as const, content }]
  const response = await stack.openai.chat.completions
    .create({ model: 'sora-2', messages, ...more, stream: false })
    .withResponse()
  const { data } = response
  const [job] = stack.fal.journal.jobs()
  return {
    data,
    headers: response.response.headers,
    text: data.choices[0]?.message.content ?? '',
    job,
  }
}

/** The address of the one video, which stands as a link and in a player of its own. */
function playedIn(text: string): string {
  const [, link, player] =
    /\n\n\[Generated Video\]\((\S+\.mp4)\)\n\n<video controls src="(\S+\.mp4)"><\/video>$/.exec(
      text,
    ) ?? []
  expect(link).toBe(player)
  return link ?? ''
}

describe('a video model', () => {
  // Shows: openai-node/chat-video, open-webui/video, nextchat/media
  test('answers with a link of ours and the player as a block of its own', async () => {
    const { data, headers, text } = await ask('a cat runs 16:9, 8s')
    expect(text).toMatch(
      /^Generated video with prompt: "a cat runs" and aspect ratio: 16:9 \(8 s\) using sora-2\n\n/,
    )
    expect(data).toMatchObject({
      object: 'chat.completion',
      model: 'sora-2',
      choices: [{ finish_reason: 'stop' }],
      system_fingerprint: 'fal-ai/bytedance/seedance/v1.5/pro/text-to-video',
    })
    const url = playedIn(text)
    expect(url.startsWith(`${stack.gateway.url}/videos/`)).toBe(true)
    const video = await fetch(url)
    expect(video.headers.get('content-type')).toBe('video/mp4')
    expect(
      Buffer.from(await video.arrayBuffer())
        .subarray(4, 8)
        .toString(),
    ).toBe('ftyp')
    const id = headers.get('x-job-id') ?? ''
    const found = await stack.request(`/jobs/${id}`)
    expect(await found.json()).toMatchObject({
      object: 'video.job',
      status: 'completed',
      model: 'sora-2',
    })
  })

  // Shows: openai-node/chat-video
  test('is streamed: the id first, progress folded away, what was made in one delta', async () => {
    const stream = await stack.openai.chat.completions
      .create({
        model: 'veo3.1',
        messages: [{ role: 'user', content: '一只猫在奔跑 [[queue:1s]]' }],
        stream: true,
        stream_options: { include_usage: true },
      })
      .withResponse()
    expect(stream.response.headers.get('x-job-id')).toMatch(/^job_/)
    const chunks = await Array.fromAsync(stream.data)
    const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta))
    const texts = deltas.flatMap(({ content }) => (content ? [content] : []))
    expect(texts[0]).toBe('正在生成视频…\n\n')
    expect(texts).toHaveLength(2)
    playedIn(texts[1] ?? '')
    expect(deltas.some((delta) => 'reasoning_content' in delta)).toBe(true)
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 } })
  })

  test('is found by the AI SDK as by every client of text', async () => {
    const provider = createOpenAICompatible({
      name: 'gateway',
      baseURL: `${stack.gateway.url}/v1`,
      apiKey: ACCESS_KEY,
    })
    const { text, reasoningText } = streamText({ model: provider('sora-2'), prompt: 'a cat runs' })
    playedIn(await text)
    expect(await reasoningText).toContain('Started.')
  })

  test.for(['fal-ai/veo3.1', 'fal-ai/bytedance/seedance/v1.5/pro/text-to-video', 'Sora 2'])(
    '%s: under every name that it has',
    async (model) => {
      const { text } = await ask('a cat runs', { model })
      playedIn(text)
    },
  )
})

describe('its settings', () => {
  test.for<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a cat --ar 16:9 --seconds 8', {}, { prompt: 'a cat', duration: '8', aspect_ratio: '16:9' }],
    ['a cat --duration 8s', {}, { prompt: 'a cat', duration: '8' }],
    ['一只猫，8秒，横屏', {}, { prompt: '一只猫', duration: '8', aspect_ratio: '16:9' }],
    ['a cat, 480p', {}, { prompt: 'a cat', resolution: '480p' }],
    ['a cat', { seconds: 8, size: '1280x720' }, { duration: '8', aspect_ratio: '16:9' }],
    [
      'a cat 9:16, 12s',
      { seconds: 8, aspect_ratio: '16:9' },
      { duration: '12', aspect_ratio: '9:16' },
    ],
    ['the clock shows 8s', {}, { prompt: 'the clock shows 8s', duration: '4' }],
    ['a cat', { temperature: 1, top_p: 1, size: null, seed: 7 }, { prompt: 'a cat', seed: 7 }],
  ])('%s %j', async ([content, fields, input]) => {
    const { job } = await ask(content, fields)
    expect(job?.input).toMatchObject(input)
  })

  test('several, each with its player, and no more than four', async () => {
    const { text } = await ask('a cat --n 2')
    expect(text.match(/<video controls/g)).toHaveLength(2)
    await expect(ask('a cat', { n: 5 })).rejects.toMatchObject({ status: 400 })
  })
})

function image(name: string) {
  return { type: 'image_url' as const, image_url: { url: `https://a.example/${name}.png` } }
}

async function send(images: readonly string[]) {
  stack.fal.journal.clear()
  await stack.openai.chat.completions.create({
    model: 'veo3.1',
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'they dance' }, ...images.map(image)] },
    ],
  })
  return stack.fal.journal.jobs()[0]?.input
}

describe('the first frame', () => {
  const shown: Said[] = [
    { role: 'user', content: 'a cat' },
    { role: 'assistant', content: `Generated image\n\n![Generated Image](${CAT})` },
  ]

  test.for([
    'animate it',
    '让它动起来',
    'make a video of it',
    'generate a video',
    '用这张图生成视频',
  ])('%s: the last picture of the conversation begins it', async (content) => {
    const { job, headers, text } = await ask(content, {}, shown)
    expect(job?.endpoint).toBe('fal-ai/bytedance/seedance/v1.5/pro/image-to-video')
    expect(job?.input).toMatchObject({ image_url: CAT })
    expect(headers.get('x-adjusted')).toContain('source=last-picture')
    expect(text).toMatch(/^Generated video of the picture with prompt/)
  })

  test.for(['generate a video of a dog', '生成一只狗奔跑的视频', 'a dog --new'])(
    '%s: a new one begins with none',
    async (content) => {
      const { job } = await ask(content, {}, shown)
      expect(job?.input).not.toHaveProperty('image_url')
    },
  )

  test('a picture in the message begins it, and several are what it shows', async () => {
    expect(await send(['a'])).toMatchObject({ image_url: 'https://a.example/a.png' })
    expect(await send(['a', 'b'])).toMatchObject({
      image_urls: ['https://a.example/a.png', 'https://a.example/b.png'],
    })
  })

  test('a model of words alone makes a new one, and says so', async () => {
    const model = 'fal-ai/mochi-v1'
    const { text, headers } = await ask('animate it', { model }, shown)
    expect(headers.get('x-adjusted')).toContain('source=last-picture->not-supported')
    expect(text).toContain('makes videos of words alone')
  })

  test('--edit without a picture is refused in the caller’s words', async () => {
    await expect(ask('move --edit')).rejects.toMatchObject({ status: 400, param: 'messages' })
  })
})

const CLIP = 'https://a.example/clip.mp4'

function sendPart(model: string, part: object, more: object = {}): Promise<Response> {
  const content = [{ type: 'text', text: 'make it night' }, part]
  const messages = [{ role: 'user', content }]
  return stack.post('/chat/completions', { model, messages, ...more })
}

describe('a video in the message', () => {
  test.for([
    [{ type: 'video_url', video_url: { url: CLIP } }],
    [{ type: 'video_url', video_url: CLIP }],
  ])('is what is changed: %j', async ([part]) => {
    const answer = await sendPart('grok-imagine-video', part ?? {})
    expect(answer.status).toBe(200)
    expect(stack.fal.journal.jobs()).toMatchObject([
      {
        endpoint: 'xai/grok-imagine-video/edit-video',
        input: { prompt: 'make it night', video_url: CLIP },
      },
    ])
  })

  test.for<[string, string, object]>([
    ['an image model', 'nano-banana-2', { type: 'video_url', video_url: { url: CLIP } }],
    ['a speech model', 'tts-1', { type: 'video_url', video_url: { url: CLIP } }],
    [
      'any, as a file that nobody reads',
      'nano-banana-2',
      {
        type: 'file',
        file: { file_data: 'data:application/pdf;base64,JVBERi0=', filename: 'a.pdf' },
      },
    ],
  ])('is never dropped silently by %s', async ([, model, part]) => {
    const answer = await sendPart(model, part)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      error: { param: expect.stringMatching(/^messages/) },
    })
    expect(stack.fal.journal.jobs()).toEqual([])
  })
})

describe('a field beside the message', () => {
  const inMessage = { type: 'video_url', video_url: { url: CLIP } }

  test('that names another video is refused, one that names the same is one', async () => {
    const other = { input_video: 'https://a.example/other.mp4' }
    const refused = await sendPart('grok-imagine-video', inMessage, other)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      error: {
        param: 'input_video',
        message: "'messages' and 'input_video' stand for the same and differ: send one of them.",
      },
    })
    expect(stack.fal.journal.jobs()).toEqual([])
    const same = await sendPart('grok-imagine-video', inMessage, { input_video: CLIP })
    expect(same.status).toBe(200)
  })

  test('that names the image of the message is one with it', async () => {
    const answer = await sendPart('veo3.1', image('a'), { image_url: image('a').image_url.url })
    expect(answer.status).toBe(200)
    const [job] = stack.fal.journal.jobs()
    expect(job?.input).toMatchObject({ image_url: 'https://a.example/a.png' })
    expect(answer.headers.get('x-adjusted') ?? '').not.toContain('first_frame')
  })
})

describe('what holds of pictures', () => {
  test.for([
    ['hi', {}, /describe the video you want/],
    ['Generate a concise title for this chat:\nUSER: a cat runs', {}, /^(?!.*mp4)/s],
    ['a cat', { max_tokens: 10 }, /fewer tokens/],
  ] as const)('%s %j costs nothing', async ([content, fields, answer]) => {
    const { text } = await ask(content, fields)
    expect(text).toMatch(answer)
    expect(stack.fal.journal.jobs()).toEqual([])
  })

  test('a quote says the price, an answer what it cost, as soon as fal has told it', async () => {
    const body = { model: 'sora-2', messages: [{ role: 'user', content: 'a cat, 8s' }] }
    let quote: unknown
    await until(async () => {
      quote = await (await stack.post('/chat/completions?dry_run=true', body)).json()
      return JSON.stringify(quote).includes('cost_usd')
    })
    expect(quote).toMatchObject({ object: 'quote', units: 8, unit: 'seconds' })
    expect(stack.fal.journal.count('submit')).toBe(0)
    const { data, headers } = await ask('a cat, 8s')
    const { cost } = z.object({ cost: z.number() }).parse(data.usage)
    expect(quote).toMatchObject({ cost_usd: cost })
    expect(Number(headers.get('x-cost-usd'))).toBe(cost)
  })

  test('a refusal is an error before the stream, a failure in it is a frame that throws', async () => {
    const refused = ask('a cat [[fail:content_policy_violation]]')
    await expect(refused).rejects.toBeInstanceOf(BadRequestError)
    await expect(refused).rejects.toMatchObject({ code: 'content_policy_violation' })
    const stream = await stack.openai.chat.completions.create({
      model: 'sora-2',
      messages: [{ role: 'user', content: 'a cat [[fail:content_policy_violation]]' }],
      stream: true,
    })
    await expect(Array.fromAsync(stream)).rejects.toMatchObject({
      code: 'content_policy_violation',
    })
  })

  test('a caller who leaves while it waits takes it out of the queue', async () => {
    const gone = new AbortController()
    const stream = await stack.openai.chat.completions.create(
      {
        model: 'sora-2',
        messages: [{ role: 'user', content: 'a cat [[queue:30s]]' }],
        stream: true,
      },
      { signal: gone.signal },
    )
    await stream[Symbol.asyncIterator]().next()
    gone.abort()
    await until(() => stack.fal.journal.count('cancel') > 0)
  })

  test('no word of it is in the log', async () => {
    await ask('a secret hedgehog runs')
    expect(stack.gateway.log()).not.toContain('hedgehog')
  })
})
