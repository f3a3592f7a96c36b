import { readFileSync } from 'node:fs'

import { parseText } from 'media-captions'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import type { PageStack } from '../support/start-page.ts'

const SAID = 'The last boat leaves at nine. Bring a coat.'

describe.skipIf(browserTestsLeftOut() !== undefined)('speech and transcripts on the page', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('a text is spoken as it was asked for, and plays; written down it is the same text', async () => {
    const { page, complaints, foreign } = await stack.visit()
    await choose(page, 'Speech', 'kokoro')
    await page.getByLabel('What to say').fill(SAID)
    await page.getByLabel('Voice', { exact: true }).selectOption('nova')
    await page.getByLabel('Speed').fill('1.2')
    await page.getByRole('button', { name: 'Speak' }).click()
    const player = page.locator('.work audio')
    await player.waitFor()
    expect(await player.evaluate(play)).toBeGreaterThan(1)
    expect(stack.fal.journal.jobs()).toMatchObject([
      { input: { prompt: SAID, voice: 'af_nova', speed: 1.2 } },
    ])

    // Kept in the browser: nothing more is asked for.
    stack.fal.journal.clear()
    await page.reload()
    await player.waitFor()
    expect(await player.evaluate(play)).toBeGreaterThan(1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^the-last-boat-.*\.wav$/)
    expect(stack.fal.journal.entries()).toEqual([])

    await choose(page, 'Text', 'whisper-1')
    const sound = readFileSync(await download.path())
    await page.getByText('Add a recording').waitFor()
    await page.evaluate(drop, sound.toString('base64'))
    await page.getByText('boat.wav').waitFor()
    await page.getByRole('button', { name: 'Write it down' }).click()
    const text = page.getByRole('region', { name: 'Transcript' })
    await text.waitFor()
    expect(await text.innerText()).toBe(SAID)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Subtitles' }).click(),
    ])
    const { cues, errors } = await parseText(readFileSync(await saved.path(), 'utf8'), {
      type: 'srt',
    })
    expect(errors).toEqual([])
    expect(cues.map((cue) => cue.text).join(' ')).toBe(SAID)
    await page.reload()
    await text.waitFor()
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('what fal refuses is said, and what waits is stopped', async () => {
    const { page } = await stack.visit()
    await choose(page, 'Speech', 'tts-1')
    await page.getByLabel('What to say').fill('[[fail:content_policy_violation]] hello')
    await page.getByRole('button', { name: 'Speak' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('No sound')
    await page.getByLabel('What to say').fill('later [[queue:60s]]')
    await page.getByRole('button', { name: 'Speak' }).click()
    await page.locator('.work[data-state=queued]').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.locator('.work[data-state=stopped]').waitFor()
    expect(stack.fal.journal.count('cancel')).toBe(1)
  })
})

async function choose(page: Page, kind: string, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByRole('group', { name: 'What is made' }).getByText(kind).click()
  await page.getByLabel('Search models').fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}

/** Runs in the page: plays a sound four times as fast, to its end, and tells its seconds. */
async function play(element: Element): Promise<number> {
  if (!(element instanceof HTMLAudioElement)) throw new TypeError('no sound')
  element.muted = true
  element.playbackRate = 4
  const ended = new Promise((resolve) => {
    element.addEventListener('ended', resolve, { once: true })
  })
  await element.play()
  await ended
  return element.currentTime
}

/** Runs in the page: a sound comes as the browser would bring it. */
function drop(base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
  const data = new DataTransfer()
  data.items.add(new File([bytes], 'boat.wav', { type: 'audio/wav' }))
  document.body.dispatchEvent(
    new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
  )
}
