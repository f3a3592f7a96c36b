import OpenAI from 'openai'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import type { PageStack } from '../support/start-page.ts'
import { until } from '../support/start-stack.ts'

describe.skipIf(browserTestsLeftOut() !== undefined)('videos on the page', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('one is made as it was asked for, plays, and plays after a reload', async () => {
    const { page, complaints, foreign } = await stack.visit()
    await choose(page, 'veo3.1')
    await page.getByLabel('What happens').fill('waves at night [[queue:3s]]')
    await page.getByRole('radio', { name: '9:16' }).check()
    await page.getByLabel('Length in seconds').selectOption('4 s')
    await page.getByLabel('Resolution').selectOption('720p')
    await page.getByLabel('Sound').selectOption('Off')
    await page.getByRole('button', { name: 'Make the video' }).click()
    await page.locator('.work[data-state=queued]').waitFor()
    // It goes on when the page is closed.
    await page.reload()
    const video = page.locator('.work video')
    await video.waitFor()
    const { seconds, ratio } = await video.evaluate(play)
    expect(seconds).toBeCloseTo(4, 1)
    expect(ratio).toBeCloseTo(9 / 16, 1)
    expect(stack.fal.journal.jobs()).toMatchObject([
      {
        endpoint: 'fal-ai/veo3.1',
        input: {
          prompt: expect.stringContaining('waves at night'),
          duration: '4s',
          aspect_ratio: '9:16',
          resolution: '720p',
          generate_audio: false,
        },
      },
    ])
    expect(await page.locator('.facts').innerText()).toContain('4 s long')

    // Kept in the browser: nothing more is asked for.
    stack.fal.journal.clear()
    await page.reload()
    await video.waitFor()
    expect((await video.evaluate(play)).seconds).toBeCloseTo(4, 1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^waves-at-night-.*\.mp4$/)
    expect(stack.fal.journal.entries()).toEqual([])
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('a picture is set in motion, from its first frame to a last one', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('a house')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.locator('.tile').hover()
    await page.getByRole('button', { name: 'Animate' }).click()
    await page.getByRole('button', { name: 'First frame: choose another' }).waitFor()
    await choose(page, 'veo3.1')
    await page.getByRole('button', { name: 'First frame: choose another' }).waitFor()
    const last = await aPicture(320, 180)
    const file = { name: 'last.png', mimeType: 'image/png', buffer: last }
    await page.locator('input[type=file][aria-label="Last frame"]').setInputFiles(file)
    await page.getByLabel('What happens').fill('smoke rises')
    await page.getByRole('button', { name: 'Make the video' }).click()
    const video = page.locator('.work video')
    await video.waitFor()
    await video.evaluate(play)
    const [, job] = stack.fal.journal.jobs()
    expect(job?.endpoint).toBe('fal-ai/veo3.1/first-last-frame-to-video')
    expect(job?.input).toMatchObject({
      first_frame_url: expect.any(String),
      last_frame_url: expect.any(String),
    })
  })

  test('a finished one is extended and remixed', async () => {
    const { page } = await stack.visit()
    await choose(page, 'veo3.1-fast')
    await page.getByLabel('What happens').fill('a paper boat')
    await page.getByRole('button', { name: 'Make the video' }).click()
    await page.locator('.work video').waitFor()
    const card = page.locator('.work').first()
    const composer = page.locator('.composer-send')
    await card.getByRole('button', { name: 'Extend' }).click()
    await page.getByText('Goes on: a paper boat').waitFor()
    await page.getByLabel('How it goes on').fill('it sinks')
    await composer.getByRole('button', { name: 'Extend' }).click()
    await page.locator('.work video').nth(1).waitFor()
    await card.getByRole('button', { name: 'Remix' }).click()
    await page.getByLabel('What to change').fill('at sunset')
    await composer.getByRole('button', { name: 'Remix' }).click()
    await page.locator('.work video').nth(2).waitFor()
    const [made, extended, remixed] = stack.fal.journal.jobs()
    expect(made?.endpoint).toBe('fal-ai/veo3.1/fast')
    expect(extended).toMatchObject({
      endpoint: 'fal-ai/veo3.1/fast/extend-video',
      input: { prompt: 'it sinks', video_url: expect.any(String) },
    })
    expect(remixed?.input).toMatchObject({ prompt: 'at sunset' })
    expect(stack.fal.journal.jobs()).toHaveLength(3)
  })

  test('one of one’s own is changed, and its price is that of its length', async () => {
    const { page } = await stack.visit()
    await choose(page, 'grok-imagine-video')
    const clip = await aClip(stack)
    const file = { name: 'holiday.mp4', mimeType: 'video/mp4', buffer: clip }
    const field = page.locator('input[type=file][aria-label="Edit a video of yours"]')
    await field.setInputFiles(file)
    await page.getByText('Edit of holiday.mp4').waitFor()
    await page.getByLabel('What to change').fill('in winter')
    await page.getByText('about $0.200').waitFor()
    await page.locator('.composer-send').getByRole('button', { name: 'Edit' }).click()
    await page.locator('.work video').waitFor()
    expect(stack.fal.journal.jobs()).toMatchObject([
      {
        endpoint: 'xai/grok-imagine-video/edit-video',
        input: { prompt: 'in winter', video_url: expect.any(String) },
      },
    ])
    await page.getByRole('button', { name: 'A new video instead' }).click()
    await page.getByLabel('What happens').waitFor()
  })

  test('one that waits is stopped, with one cancel at fal', async () => {
    const { page } = await stack.visit()
    await choose(page, 'veo3.1-fast')
    await page.getByLabel('What happens').fill('never [[queue:60s]]')
    await page.getByRole('button', { name: 'Make the video' }).click()
    await page.locator('.work[data-state=queued]').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.locator('.work[data-state=stopped]').waitFor()
    expect(stack.fal.journal.jobs()).toMatchObject([{ cancels: 1 }])
  })

  test('its bytes are asked for again when the connection breaks, and fal for nothing', async () => {
    const { page } = await stack.visit()
    let broken = 0
    await page.route('**/v1/videos/*/content', (route) => {
      broken += 1
      return broken === 1 ? route.abort() : route.continue()
    })
    await choose(page, 'veo3.1-fast')
    await page.getByLabel('What happens').fill('a comet')
    await page.getByRole('button', { name: 'Make the video' }).click()
    await page.locator('.work video').waitFor()
    expect(broken).toBe(2)
    expect(stack.fal.journal.count('submit')).toBe(1)
  })
})

/** Of four seconds. */
async function aClip({ url, fal }: PageStack): Promise<Buffer> {
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY })
  const made = await openai.videos.create({ model: 'veo3.1-lite', prompt: 'a', seconds: '4' })
  await until(async () => (await openai.videos.retrieve(made.id)).status === 'completed')
  const content = await openai.videos.downloadContent(made.id)
  const bytes = Buffer.from(await content.arrayBuffer())
  fal.journal.clear()
  return bytes
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByRole('group', { name: 'What is made' }).getByText('Videos').click()
  await page.getByLabel('Search models').fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}

/** Runs in the page: plays a video four times as fast, to its end. */
async function play(element: Element): Promise<{ seconds: number; ratio: number }> {
  if (!(element instanceof HTMLVideoElement)) throw new TypeError('no video')
  element.muted = true
  element.playbackRate = 4
  const ended = new Promise((resolve) => {
    element.addEventListener('ended', resolve, { once: true })
  })
  await element.play()
  await ended
  return { seconds: element.currentTime, ratio: element.videoWidth / element.videoHeight }
}
