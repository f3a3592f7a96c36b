import type { BrowserContext } from 'playwright-core'
import { afterAll, describe } from 'vitest'
import { z } from 'zod'

import { readSoundFacts } from '../../simulator/media/sound/sound-facts.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { createCaller, type Caller } from './caller.ts'

const file = z.object({ url: z.url() })

describe.skipIf(browserTestsLeftOut() !== undefined)('Chromium plays what models make', () => {
  let simulator: Simulator
  let caller: Caller
  let context: BrowserContext

  test.beforeAll(async ({ chromium }) => {
    simulator = await startSimulator()
    caller = createCaller(simulator)
    context = await chromium.newContext()
  })
  afterAll(async () => {
    await context.close()
    await simulator.close()
  })

  /** Plays it four times as fast, to its end. */
  async function play(url: string) {
    const page = await context.newPage()
    await page.goto(`${simulator.url}/api/v1/meta`)
    return page.evaluate(async (address) => {
      const player = document.createElement('video')
      player.muted = true
      player.playbackRate = 4
      player.src = address
      document.body.append(player)
      const ended = new Promise((resolve) => {
        player.addEventListener('ended', resolve, { once: true })
      })
      await player.play()
      await ended
      const { duration, currentTime, videoWidth, videoHeight } = player
      return { duration, currentTime, ratio: videoWidth / videoHeight }
    }, url)
  }

  test('a video, in the ratio that was asked for', async ({ expect }) => {
    const input = { prompt: 'a fox', duration: '4s', aspect_ratio: '9:16' }
    const { body } = await caller.finish('fal-ai/veo3.1', input)
    const { video } = z.object({ video: file }).parse(body)
    const played = await play(video.url)
    expect(played.duration).toBeCloseTo(4, 2)
    expect(played.currentTime).toBeCloseTo(4, 1)
    expect(played.ratio).toBeCloseTo(9 / 16, 2)
  })

  test.for([
    ['MP3', 'fal-ai/elevenlabs/tts/eleven-v3', {}],
    ['WAV', 'xai/tts/v1', { output_format: { codec: 'wav' } }],
    ['MP3 with padding', 'xai/tts/v1', { text: 'Hello there. [[bytes:2MB]]' }],
    ['FLAC', 'fal-ai/minimax/speech-02-hd', { audio_setting: { format: 'flac' } }],
  ] as const)('speech as %s', async ([, endpoint, input], { expect }) => {
    const { body } = await caller.finish(endpoint, { text: 'Hello there.', ...input })
    const { audio } = z.object({ audio: file }).parse(body)
    const bytes = Buffer.from(await (await fetch(audio.url)).arrayBuffer())
    const played = await play(audio.url)
    expect(played.duration).toBeCloseTo(readSoundFacts(bytes)?.seconds ?? 0, 0)
    expect(played.currentTime).toBeGreaterThan(0.4)
  })

  test('speech as Ogg', async ({ expect }) => {
    const input = { prompt: 'Hello there.', output_format: 'ogg_opus' }
    const { body } = await caller.finish('fal-ai/gemini-tts', input)
    const { audio } = z.object({ audio: file }).parse(body)
    expect((await play(audio.url)).duration).toBeGreaterThan(0.4)
  })
})
