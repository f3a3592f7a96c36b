import { describe, test } from 'vitest'

import type { AudioFormat, GeneratedAudio } from '../../job/sound/speech-job.ts'
import { writeWavHeader } from './audio-header.ts'
import { openSpeech } from './open-speech.ts'

const MP3 = new Uint8Array(10_000).fill(7)
MP3.set([0xff, 0xfb, 0x90])
const SAMPLES = new Uint8Array(9600).map((_, index) => index % 251)

function wavOf(sampleRate = 24_000, tail = new Uint8Array(), said?: number): Uint8Array {
  const header = writeWavHeader({ sampleRate, channels: 1 }, SAMPLES.byteLength)
  if (said !== undefined) new DataView(header.buffer).setUint32(40, said, true)
  return new Uint8Array([...header, ...SAMPLES, ...tail])
}

/** As fal's CDN hands it on, in pieces. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.byteLength) {
        controller.close()
        return
      }
      controller.enqueue(bytes.slice(at, at + 1000))
      at += 1000
    },
  })
}

async function speak(
  bytes: Uint8Array,
  wish: AudioFormat,
  { length = bytes.byteLength, ...said }: Partial<GeneratedAudio> & { length?: number } = {},
) {
  const audio = { url: 'https://fal.media/a', contentType: undefined, seconds: undefined, ...said }
  const known = length < 0 ? undefined : length
  const opened = await openSpeech(
    audio,
    wish,
    async () => ({ body: streamOf(bytes), length: known }),
    new AbortController().signal,
  )
  const body = new Uint8Array(await new Response(opened.body).arrayBuffer())
  const { length: told, contentType, adjusted } = opened
  return { body, length: told, contentType, adjusted }
}

test.for([
  ['an MP3', 'mp3', MP3.subarray(0, 16), 16],
  ['a WAV', 'wav', wavOf().subarray(0, 60), 60],
  ['bare samples of a WAV', 'pcm', wavOf().subarray(0, 60), 16],
] as const)('%s is heard from its first piece on', async ([, wish, first, heard], { expect }) => {
  const rest = Promise.withResolvers<undefined>()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(first.slice())
      // Nothing more comes before somebody has heard this.
      await rest.promise
      controller.close()
    },
  })
  const opened = await openSpeech(
    { url: 'https://fal.media/a', contentType: undefined, seconds: undefined },
    wish,
    async () => ({ body, length: undefined }),
    new AbortController().signal,
  )
  const reader = opened.body.getReader()
  const { value } = await reader.read()
  expect(value?.byteLength).toBe(heard)
  rest.resolve(undefined)
})

describe('what a model makes is what is sent', () => {
  test('in the format that was wished', async ({ expect }) => {
    expect(await speak(MP3, 'mp3')).toEqual({
      body: MP3,
      length: 10_000,
      contentType: 'audio/mpeg',
      adjusted: [],
    })
    expect((await speak(MP3, 'mp3', { length: -1 })).body).toEqual(MP3)
  })

  test('else under its true type, and told', async ({ expect }) => {
    expect(await speak(wavOf(), 'mp3')).toEqual({
      body: wavOf(),
      length: 9644,
      contentType: 'audio/wav',
      adjusted: ['response_format=mp3->wav'],
    })
    const strange = new TextEncoder().encode('not known to anybody')
    expect((await speak(strange, 'mp3')).contentType).toBe('application/octet-stream')
  })

  test('a sound written into an address', async ({ expect }) => {
    const url = `data:audio/mpeg;base64,${MP3.toBase64()}`
    expect((await speak(new Uint8Array(), 'mp3', { url })).body).toEqual(MP3)
  })
})

describe('bare samples and WAV are made of each other', () => {
  test('by taking the header away, and what stands behind', async ({ expect }) => {
    const usual = { body: SAMPLES, length: 9600, contentType: 'audio/pcm', adjusted: [] }
    expect(await speak(wavOf(), 'pcm')).toEqual(usual)
    expect(await speak(wavOf(24_000, new Uint8Array(500)), 'pcm')).toEqual(usual)
    expect(await speak(wavOf(24_000, new Uint8Array(500)), 'pcm', { length: -1 })).toEqual(usual)
  })

  test.for([0xff_ff_ff_ff, 0xff_ff_ff_d3, 0x7f_ff_ff_ff, 0, 20_000])(
    'of which no header knew how many there are, or told it wrong: %i',
    async (said, { expect }) => {
      const usual = { body: SAMPLES, length: 9600, contentType: 'audio/pcm', adjusted: [] }
      expect(await speak(wavOf(24_000, new Uint8Array(), said), 'pcm')).toEqual(usual)
    },
  )

  test('of which nobody knows how many there are', async ({ expect }) => {
    const wav = wavOf(24_000, new Uint8Array(), 0xff_ff_ff_d3)
    expect(await speak(wav, 'pcm', { length: -1 })).toEqual({
      body: SAMPLES,
      length: undefined,
      contentType: 'audio/pcm',
      adjusted: [],
    })
  })

  test('samples at another rate say so', async ({ expect }) => {
    expect(await speak(wavOf(44_100), 'pcm')).toEqual({
      body: SAMPLES,
      length: 9600,
      contentType: 'audio/pcm;rate=44100;channels=1',
      adjusted: ['pcm=24000/1->44100/1'],
    })
  })

  test('by putting a header in front', async ({ expect }) => {
    const pcm = { contentType: 'audio/pcm' }
    expect(await speak(SAMPLES, 'pcm', pcm)).toEqual({
      body: SAMPLES,
      length: 9600,
      contentType: 'audio/pcm',
      adjusted: [],
    })
    expect(await speak(SAMPLES, 'wav', pcm)).toEqual({
      body: wavOf(),
      length: 9644,
      contentType: 'audio/wav',
      adjusted: [],
    })
  })
})

test('a sound that breaks off breaks the answer off', async ({ expect }) => {
  const short = speak(MP3, 'mp3', { length: 20_000 })
  await expect(short).rejects.toThrow()
})
