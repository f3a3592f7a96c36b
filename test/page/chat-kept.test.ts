import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import type { PageStack } from '../support/start-page.ts'
import { until } from '../support/start-stack.ts'

describe.skipIf(browserTestsLeftOut() !== undefined)('a conversation', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('is there after a reload with its pictures, and goes on from the last one', async () => {
    const { page, complaints, foreign } = await stack.visit()
    await openChat(page)
    await say(page, 'draw a cat in a spacesuit')
    await pictures(page).waitFor()
    await page.getByText('Generated image with prompt').waitFor()
    const before = await page.locator('.turns').innerText()
    stack.fal.journal.clear()
    await page.reload()
    await openChat(page)
    await pictures(page).waitFor()
    expect(await page.locator('.turns').innerText()).toBe(before)
    // Kept in the browser: nothing was asked for.
    expect(stack.fal.journal.entries()).toEqual([])
    await say(page, 'make the suit orange')
    await pictures(page).nth(1).waitFor()
    expect(stack.fal.journal.jobs()).toMatchObject([
      { input: { prompt: 'make the suit orange', image_urls: [expect.stringContaining('http')] } },
    ])
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('waits on for an answer that was under way, without asking twice', async () => {
    const { page, complaints } = await stack.visit()
    await openChat(page)
    const [request] = await Promise.all([
      page.waitForRequest(/chat\/completions$/),
      say(page, 'draw a patient owl [[queue:4s]] [[run:4s]]'),
    ])
    // The ledger cancels what was left only after some seconds; without one only this keeps it.
    expect(request.headers()).toMatchObject({ prefer: 'respond-async' })
    await until(() => stack.fal.journal.count('submit') === 1)
    await page.getByText('In the queue').waitFor()
    await page.reload()
    await openChat(page)
    await page.getByText('Being made').waitFor()
    await pictures(page).waitFor()
    expect(stack.fal.journal.count('submit')).toBe(1)
    expect(stack.fal.journal.count('cancel')).toBe(0)
    // The next turn goes on from it, although its words never came.
    await say(page, 'make it blue')
    await pictures(page).nth(1).waitFor()
    const [, changed] = stack.fal.journal.jobs()
    expect(changed?.input).toMatchObject({ image_urls: [expect.stringContaining('http')] })
    expect(stack.fal.journal.count('submit')).toBe(2)
    expect(complaints).toEqual([])
  })

  test('has its picture although the stream of its words broke off', async () => {
    const { page } = await stack.visit()
    await openChat(page)
    await page.route('**/v1/chat/completions', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).slice(0, 300) })
    })
    await say(page, 'draw a red boat')
    await pictures(page).waitFor()
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  test('which is stopped takes its job out of the queue, once', async () => {
    const { page } = await stack.visit()
    await openChat(page)
    await say(page, 'draw a slow cat [[queue:60s]]')
    await page.getByText('In the queue').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped. What had not begun costs nothing.').waitFor()
    expect(stack.fal.journal.count('cancel')).toBe(1)
    expect(stack.fal.journal.jobs()).toMatchObject([{ errorType: 'client_cancelled' }])
    // It stays stopped.
    await page.reload()
    await openChat(page)
    await page.getByText('Stopped. What had not begun costs nothing.').waitFor()
    expect(await page.getByRole('button', { name: 'Send' }).isVisible()).toBe(true)
  })

  test('which is cleared is gone for good, and so is what it waited for', async () => {
    const { page } = await stack.visit()
    await openChat(page)
    await say(page, 'draw a red boat')
    await pictures(page).waitFor()
    await say(page, 'draw a slow cat [[queue:60s]]')
    await page.getByText('In the queue').waitFor()
    await page.getByRole('button', { name: 'New chat' }).click()
    await page.getByText('Draw, then say what to change').waitFor()
    await until(() => stack.fal.journal.count('cancel') === 1)
    expect(await page.evaluate(keptTurns)).toBe(0)
    await page.reload()
    await openChat(page)
    await page.getByText('Draw, then say what to change').waitFor()
    expect(await page.evaluate(keptTurns)).toBe(0)
  })

  test('that was cleared before the gateway answered leaves no job behind', async () => {
    const { page } = await stack.visit()
    await openChat(page)
    await page.route('**/v1/chat/completions', async (route) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 700)
      })
      await route.continue()
    })
    await say(page, 'draw an unwanted cat [[queue:60s]]')
    await page.getByRole('button', { name: 'New chat' }).click()
    await until(() => stack.fal.journal.count('cancel') === 1)
    expect(stack.fal.journal.jobs()).toMatchObject([{ cancels: 1 }])
  })
})

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text)
  await page.getByLabel('Message').press('Enter')
}

function openChat(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Chat', exact: true }).click()
}

function pictures(page: Page): Locator {
  return page.locator('.turn .tile img')
}

/** Runs in the page. */
function keptTurns(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('fal-openai-worker-chat', 1)
    opening.addEventListener('error', () => {
      reject(new Error('no database'))
    })
    opening.addEventListener('success', () => {
      const counting = opening.result.transaction('turns').objectStore('turns').count()
      counting.addEventListener('success', () => {
        resolve(counting.result)
      })
    })
  })
}
