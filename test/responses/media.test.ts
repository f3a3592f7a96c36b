import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack
let spoken: string

const TEXT = 'The quick brown fox jumps over the lazy dog.'

beforeAll(async () => {
  stack = await startStack()
  const speech = await stack.openai.audio.speech.create({
    model: 'tts-1',
    input: TEXT,
    voice: 'nova',
  })
  spoken = Buffer.from(await speech.arrayBuffer()).toString('base64')
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const PLAYER = /\n\n\[Generated Video\]\((\S+\.mp4)\)\n\n<video controls src="\1"><\/video>$/

describe('a video model', () => {
  // Shows: openai-node/responses-media
  test('answers with a message alone, plain, streamed and looked up', async () => {
    const body = { model: 'sora-2', input: 'a cat runs 16:9, 8s' }
    const plain = await stack.openai.responses.create(body)
    expect(plain.output.map(({ type }) => type)).toEqual(['message'])
    expect(plain.output_text).toMatch(/^Generated video with prompt: "a cat runs"/)
    expect(plain.output_text).toMatch(PLAYER)
    const final = await stack.openai.responses.stream(body).finalResponse()
    expect(final.output_text).toMatch(PLAYER)
    const found = await stack.openai.responses.retrieve(plain.id)
    expect(found.output_text).toMatch(/^Generated video and aspect ratio: 16:9/)
    expect(found.output_text).toMatch(PLAYER)
    const again = await stack.openai.responses.retrieve(plain.id, { stream: true })
    const events = await Array.fromAsync(again)
    expect(events.at(-1)).toMatchObject({ type: 'response.completed' })
    expect(events.filter(({ type }) => type === 'response.output_text.delta')).toHaveLength(1)
    expect(stack.fal.journal.count('submit')).toBe(2)
  })

  test('in the background it is looked up until it is there, and can be cancelled', async () => {
    const body = { model: 'sora-2', background: true }
    const made = await stack.openai.responses.create({ ...body, input: 'a cat' })
    expect(made).toMatchObject({ status: 'queued', output: [] })
    await until(async () => {
      const { status, output_text } = await stack.openai.responses.retrieve(made.id)
      return status === 'completed' && PLAYER.test(output_text)
    })
    const waiting = await stack.openai.responses.create({ ...body, input: 'a dog [[queue:60s]]' })
    const cancelled = await stack.openai.responses.cancel(waiting.id)
    expect(cancelled.status).toBe('cancelled')
  })

  test('the picture of an earlier response begins it, and the next one too', async () => {
    const image = await stack.openai.responses.create({ model: 'nano-banana-2', input: 'a cat' })
    const shown = /\((?<url>http.*)\)$/u.exec(image.output_text)?.groups?.['url']
    const first = await stack.openai.responses.create({
      model: 'veo3.1',
      input: 'animate it',
      previous_response_id: image.id,
    })
    await stack.openai.responses.create({
      model: 'veo3.1',
      input: 'faster',
      previous_response_id: first.id,
    })
    const [, animated, faster] = stack.fal.journal.jobs()
    expect(animated).toMatchObject({
      endpoint: 'fal-ai/veo3.1/image-to-video',
      input: { prompt: 'animate it', image_url: shown },
    })
    expect(faster?.input).toMatchObject({ prompt: 'faster', image_url: shown })
  })

  test('words cost nothing, a choice of the tool films in any case', async () => {
    const words = await stack.openai.responses.create({ model: 'sora-2', input: 'hello' })
    expect(words.output_text).toMatch(/describe the video/)
    expect(stack.fal.journal.jobs()).toEqual([])
    const forced = await stack.openai.responses.create({
      model: 'sora-2',
      input: 'hello',
      tools: [{ type: 'image_generation' }],
      tool_choice: { type: 'image_generation' },
    })
    expect(forced.output_text).toMatch(PLAYER)
  })

  test('a failure fails the response, plain and in the stream', async () => {
    const body = { model: 'sora-2', input: 'a cat [[fail:content_policy_violation]]' }
    await expect(stack.openai.responses.create(body)).rejects.toMatchObject({
      status: 400,
      code: 'content_policy_violation',
    })
    const stream = await stack.openai.responses.create({ ...body, stream: true })
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const { type } of stream) seen.push(type)
    }
    await expect(reading()).rejects.toThrow()
    expect(seen).toContain('response.failed')
  })
})

describe('models with sound', () => {
  test('a speech model answers with a link and a player', async () => {
    const { output_text } = await stack.openai.responses.create({
      model: 'gpt-4o-mini-tts',
      input: 'Hello, how are you?',
      instructions: 'You are kind.',
    })
    expect(output_text).toMatch(
      /^Generated audio of: "Hello, how are you\?" using gpt-4o-mini-tts\n\n\[Generated Audio\]\((\S+)\)\n\n<audio controls src="\1"><\/audio>$/,
    )
    expect(JSON.stringify(stack.fal.journal.jobs()[0]?.input)).not.toContain('kind')
  })

  test('a transcription model writes down a sound in a message, or as an item of its own', async () => {
    const sound = { type: 'input_audio', input_audio: { data: spoken, format: 'mp3' } }
    for (const input of [[{ role: 'user', content: [sound] }], [sound]]) {
      const response = await stack.post('/responses', { model: 'whisper-1', input })
      expect(await response.json()).toMatchObject({ output: [{ content: [{ text: TEXT }] }] })
    }
    const none = await stack.openai.responses.create({ model: 'whisper-1', input: 'hello' })
    expect(none.output_text).toMatch(/send a recording/)
    const image = await stack.post('/responses', {
      model: 'flux-dev',
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'a cat' }, sound] }],
    })
    expect(image.status).toBe(400)
    expect(await image.json()).toMatchObject({
      error: { param: 'input[0].content[1].input_audio' },
    })
  })
})
