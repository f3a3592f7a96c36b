import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import type { PageStack } from '../support/start-page.ts'
import { until } from '../support/start-stack.ts'

/** Far later than any hand. */
const LATE_MS = 1500

describe.skipIf(browserTestsLeftOut() !== undefined)('what is seen works at once', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  /** A page whose frames and timers are late, as on a busy machine: what waits for them comes after the hand. */
  async function visitLate(): Promise<Page> {
    const { page } = await stack.visit({ key: undefined, alone: true })
    await page.addInitScript((late) => {
      const soon = globalThis.setTimeout
      const later = (call: () => void, ms = 0): number => Number(soon(call, ms + late))
      Object.assign(globalThis, { setTimeout: later, requestAnimationFrame: later })
    }, LATE_MS)
    await page.goto(`${stack.url}/?late#key=sk-test-access-key`)
    return page
  }

  test('what is typed as soon as models are asked for is searched for', async () => {
    const page = await visitLate()
    await page.getByRole('button', { name: /^Model/ }).press('Enter')
    await page.keyboard.type('flux-dev')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Model flux-dev' }).waitFor()
  })

  test('a recording that is dropped where one is asked for is taken', async () => {
    const page = await visitLate()
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('input[aria-label="Add a recording"]') === null) return
        seen.disconnect()
        const data = new DataTransfer()
        data.items.add(new File(['sound'], 'boat.wav', { type: 'audio/wav' }))
        document.body.dispatchEvent(
          new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
        )
      })
      seen.observe(document, { subtree: true, childList: true, attributes: true })
    })
    await choose(page, 'whisper-1')
    await page.getByText('boat.wav').waitFor()
  })

  test('a link to a picture leads to it', async () => {
    const page = await visitLate()
    await page.getByLabel('What to draw').fill('a kite')
    await page.getByRole('button', { name: 'Generate' }).click()
    const link = page.getByRole('link', { name: 'Download' })
    await link.waitFor({ state: 'attached' })
    expect(await link.getAttribute('href')).toMatch(/^blob:/)
  })

  test('a number counts while it is written, and stays when the model’s facts come', async () => {
    const { page } = await stack.visit()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    let isAsked = false
    await page.route('**/v1/models/kokoro', async (route) => {
      isAsked = true
      await released
      await route.continue()
    })
    await choose(page, 'kokoro')
    await page.getByLabel('What to say').fill('Good evening.')
    await page.getByLabel('Speed').pressSequentially('1.2')
    await until(() => isAsked)
    release()
    await page.waitForResponse(/\/v1\/models\/kokoro$/)
    expect(await page.getByLabel('Speed').inputValue()).toBe('1.2')
    await page.getByLabel('Speed').press('Control+Enter')
    await until(() => stack.fal.journal.jobs().length === 1)
    expect(stack.fal.journal.jobs()).toMatchObject([{ input: { speed: 1.2 } }])
  })

  test('so does a count', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('kites')
    await page.getByRole('spinbutton', { name: 'Pictures' }).fill('3')
    await page.getByRole('spinbutton', { name: 'Pictures' }).press('Control+Enter')
    await page.getByRole('button', { name: 'Show picture 3 large' }).waitFor()
  })
})

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByLabel('Search models').fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}
