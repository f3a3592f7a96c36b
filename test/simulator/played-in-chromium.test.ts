import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { z } from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { browserTestsLeftOut, launchChromium } from '../support/browser.ts'
import { createCaller, type Caller } from './caller.ts'

const file = z.object({ url: z.url() })

describe.skipIf(browserTestsLeftOut() !== undefined)('Chromium plays what models make', () => {
  let simulator: Simulator
  let caller: Caller
  let browser: Browser

  beforeAll(async () => {
    simulator = await startSimulator()
    caller = createCaller(simulator)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await simulator.close()
  })

  /** Plays it four times as fast, to its end. */
  async function play(url: string) {
    const page = await browser.newPage()
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
})
