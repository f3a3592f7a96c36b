import { BadRequestError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack
/** What was spoken, as base64. */
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

function messages(content: string) {
  return [{ role: 'user' as const, content }]
}

/** The address of the sound, which stands as a link and in a player of its own. */
function heardIn(text: string | null | undefined): string {
  const [, link, player] =
    /\n\n\[Generated Audio\]\((\S+)\)\n\n<audio controls src="(\S+)"><\/audio>$/.exec(text ?? '') ??
    []
  expect(link).toBe(player)
  return link ?? ''
}

describe('a speech model', () => {
  // Shows: nextchat/media
  test.for([
    ['tts-1', 'mp3', 'audio/mpeg'],
    ['kokoro', 'wav', 'audio/wav'],
  ] as const)(
    '%s says the last message, and answers with a link ending in .%s',
    async ([model, ending, type]) => {
      const { data, response } = await stack.openai.chat.completions
        .create({
          model,
          messages: [
            { role: 'system', content: 'You are kind.' },
            { role: 'user', content: 'one' },
            { role: 'assistant', content: 'two' },
            { role: 'user', content: 'Hello, 16:9 --seed 7' },
          ],
          temperature: 0.3,
        })
        .withResponse()
      const url = heardIn(data.choices[0]?.message.content)
      expect(url).toMatch(new RegExp(`^${stack.gateway.url}/images/.*\\.${ending}$`))
      expect((await fetch(url)).headers.get('content-type')).toBe(type)
      // Word for word: settings are said, too.
      expect(JSON.stringify(stack.fal.journal.jobs()[0]?.input)).toContain('Hello, 16:9 --seed 7')
      expect(stack.fal.journal.jobs()[0]?.input).not.toHaveProperty('temperature')
      const found = await stack.request(`/jobs/${response.headers.get('x-job-id') ?? ''}`)
      expect(await found.json()).toMatchObject({ object: 'speech.job', status: 'completed' })
      expect(data.choices[0]?.message).not.toHaveProperty('audio')
    },
  )

  // Shows: openai-node/chat-audio
  test('has the sound beside the text when it is asked for, in the voice and format', async () => {
    const { choices } = await stack.openai.chat.completions.create({
      model: 'tts-1',
      messages: messages(TEXT),
      modalities: ['text', 'audio'],
      audio: { voice: 'nova', format: 'wav' },
    })
    const { audio, content } = choices[0]?.message ?? {}
    heardIn(content)
    expect(audio).toMatchObject({ id: expect.stringMatching(/^audio_/), transcript: TEXT })
    expect(audio?.expires_at).toBeGreaterThan(Date.now() / 1000)
    expect(
      Buffer.from(audio?.data ?? '', 'base64')
        .subarray(0, 4)
        .toString(),
    ).toBe('RIFF')
  })

  test('is streamed as OpenAI streams a sound: words, bytes, and the end alone', async () => {
    const stream = await stack.openai.chat.completions.create({
      model: 'tts-1',
      messages: messages(TEXT),
      modalities: ['text', 'audio'],
      audio: { voice: 'nova', format: 'pcm16' },
      stream: true,
    })
    const deltas = (await Array.fromAsync(stream)).flatMap(({ choices }) =>
      choices.map(({ delta }) => delta),
    )
    const [words, bytes, end, ...more] = deltas.flatMap(({ audio }) => (audio ? [audio] : []))
    expect(words).toEqual({ id: expect.stringMatching(/^audio_/), transcript: TEXT })
    expect(bytes).toEqual({ data: expect.any(String) })
    // Two seconds and more of bare samples, 24,000 a second.
    expect(Buffer.from(bytes?.data ?? '', 'base64').byteLength).toBeGreaterThan(48_000)
    expect(end).toEqual({ expires_at: expect.any(Number) })
    expect(more).toEqual([])
    expect(deltas.flatMap(({ content }) => (content ? [content] : []))).toHaveLength(2)
  })

  test.for([
    [{ messages: messages('### Task:\nGenerate a title.\n### Chat History:\nUSER: hi') }],
    [{ messages: messages('hi'), max_tokens: 1 }],
    [{ messages: [...messages('hi'), { role: 'assistant' as const, content: 'done' }] }],
    [{ messages: messages(' ') }],
  ])('%j costs nothing', async ([body]) => {
    const response = await stack.post('/chat/completions', { model: 'tts-1', ...body })
    expect(await response.text()).toMatch(/"content":"[^"]/)
    expect(stack.fal.journal.jobs()).toEqual([])
  })

  test('a greeting is spoken: everything can be heard', async () => {
    const body = { model: 'tts-1', messages: messages('Hello, how are you?') }
    heardIn((await stack.openai.chat.completions.create(body)).choices[0]?.message.content)
  })

  test('takes no picture, and says so before anything is paid', async () => {
    const image = { type: 'image_url' as const, image_url: { url: 'https://a.example/a.png' } }
    const refused = stack.openai.chat.completions.create({
      model: 'tts-1',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'say this' }, image] }],
    })
    await expect(refused).rejects.toMatchObject({ status: 400, param: 'messages' })
    expect(stack.fal.journal.jobs()).toEqual([])
  })

  test('a wrong voice is named by the caller’s own field', async () => {
    const refused = stack.openai.chat.completions.create({
      model: 'kokoro',
      messages: messages('hi there'),
      audio: { voice: 'nobody-at-all', format: 'mp3' },
    })
    await expect(refused).rejects.toMatchObject({ status: 400, param: 'voice' })
  })
})

function recorded(more: readonly object[] = []) {
  const sound = {
    type: 'input_audio' as const,
    input_audio: { data: spoken, format: 'mp3' as const },
  }
  const text = more.map(() => ({ type: 'text' as const, text: 'please' }))
  return [{ role: 'user' as const, content: [sound, ...text] }]
}

describe('a transcription model', () => {
  // Shows: openai-node/chat-audio
  test('answers with the text and nothing else, plain and streamed', async () => {
    const body = { model: 'whisper-1', messages: recorded() }
    const { choices } = await stack.openai.chat.completions.create(body)
    expect(choices[0]?.message.content).toBe(TEXT)
    const stream = await stack.openai.chat.completions.create({ ...body, stream: true })
    const deltas = (await Array.fromAsync(stream)).flatMap(({ choices: [one] }) =>
      one === undefined ? [] : [one.delta],
    )
    expect(deltas.map(({ content }) => content ?? '').join('')).toBe(TEXT)
    expect(deltas.some((delta) => 'reasoning_content' in delta)).toBe(true)
  })

  test('tells that words beside the recording have no effect', async () => {
    const { data, response } = await stack.openai.chat.completions
      .create({ model: 'whisper-1', messages: recorded([{}]) })
      .withResponse()
    expect(data.choices[0]?.message.content).toBe(TEXT)
    expect(response.headers.get('x-adjusted')).toBe('text->not-supported')
  })

  test.for<[string, (data: string) => object]>([
    [
      'vLLM’s',
      (data) => ({ type: 'audio_url', audio_url: { url: `data:audio/mpeg;base64,${data}` } }),
    ],
    ['Gemini’s', (data) => ({ inlineData: { mimeType: 'audio/mpeg', data } })],
    ['a file', (data) => ({ type: 'file', file: { file_data: `data:audio/mpeg;base64,${data}` } })],
  ])('in the words of %s', async ([, toPart]) => {
    const body = { model: 'whisper-1', messages: [{ role: 'user', content: [toPart(spoken)] }] }
    const response = await stack.post('/chat/completions', body)
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: TEXT } }] })
  })

  test('without a recording it asks for one, and nothing is submitted', async () => {
    const body = { model: 'whisper-1', messages: messages('hello') }
    const { choices } = await stack.openai.chat.completions.create(body)
    expect(choices[0]?.message.content).toMatch(/send a recording/)
    expect(stack.fal.journal.count('submit')).toBe(0)
  })

  test.for<[string, object]>([
    ['no base64', { type: 'input_audio', input_audio: { data: '!!!', format: 'mp3' } }],
    ['no sound', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } }],
    ['nothing', { type: 'input_audio' }],
  ])('%s is refused where it stands', async ([, part]) => {
    const body = { model: 'whisper-1', messages: [{ role: 'user', content: [part] }] }
    const response = await stack.post('/chat/completions', body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { param: 'messages[0].content[0].input_audio' },
    })
  })

  test('an image model takes no sound, and never drops one silently', async () => {
    const refused = stack.openai.chat.completions.create({
      model: 'flux-dev',
      messages: recorded([{}]),
    })
    await expect(refused).rejects.toBeInstanceOf(BadRequestError)
    await expect(refused).rejects.toMatchObject({ param: 'messages[0].content[0].input_audio' })
    expect(stack.fal.journal.jobs()).toEqual([])
  })
})
