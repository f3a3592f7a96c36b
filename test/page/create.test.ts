import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import type { PageStack } from '../support/start-page.ts'
import { until } from '../support/start-stack.ts'

describe.skipIf(browserTestsLeftOut() !== undefined)('the page at /', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('makes a picture of what was asked, and shows what it is', async () => {
    const { page, complaints, foreign } = await stack.visit()
    await page.getByLabel('What to draw').fill('a lighthouse [[queue:3s]]')
    await chooseModel(page, 'flux-dev')
    await page.getByRole('radio', { name: '16:9' }).check()
    await page.getByLabel('More', { exact: true }).click()
    await page.getByText('More settings').click()
    await page.getByLabel('Seed').fill('7')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.locator('.work[data-state=queued]').waitFor()

    const tiles = page.getByRole('button', { name: /^Show picture/ })
    await tiles.nth(1).waitFor()
    expect(await tiles.count()).toBe(2)
    const card = page.getByRole('listitem').filter({ has: tiles.first() })
    expect(await card.innerText()).toContain('seed 7')
    expect(await card.innerText()).toMatch(/\d+\.\d s/)
    expect(stack.fal.journal.jobs()).toMatchObject([
      {
        endpoint: 'fal-ai/flux/dev',
        input: { prompt: expect.stringContaining('a lighthouse'), num_images: 2, seed: 7 },
      },
    ])
    const shown = await page.locator('.tile img').first().evaluate(pixelsOf)
    expect(shown.width / shown.height).toBeCloseTo(16 / 9, 1)
    expect(await card.innerText()).toContain(`${shown.width}×${shown.height}`)
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('downloads a picture with the bytes that fal made', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('a red boat')
    await page.getByRole('button', { name: 'Generate' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^a-red-boat-\d+-1\.png$/)
    const made = stack.fal.journal.entries().find(({ kind }) => kind === 'cdn')
    const bytes = await (await fetch(`${stack.fal.url}${made?.path ?? ''}`)).bytes()
    const chunks = await Array.fromAsync(await download.createReadStream())
    expect(Buffer.concat(chunks).equals(Buffer.from(bytes))).toBe(true)
  })

  test('shows one that streams, and asks fal once', async () => {
    const { page, complaints } = await stack.visit()
    await page.getByLabel('What to draw').fill('a streaming river [[run:3s]]')
    await chooseModel(page, 'flux-dev')
    await page.getByText('More settings').click()
    await page.getByLabel(/^Show unfinished pictures/).check()
    const [request] = await Promise.all([
      page.waitForRequest(/images\/generations$/),
      page.getByRole('button', { name: 'Generate' }).click(),
    ])
    expect(request.postDataJSON()).toMatchObject({ stream: true, partial_images: 2 })
    // An unfinished picture, before the finished one is there.
    await page.locator('.partial').waitFor()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    expect(stack.fal.journal.jobs()).toHaveLength(1)
    expect(complaints).toEqual([])
  })

  test('stops one that waits, with one cancel at fal', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('a slow cat [[queue:60s]] [[position:3]]')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByText(/\d jobs ahead/).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.locator('.work[data-state=stopped]').waitFor()
    expect(stack.fal.journal.count('cancel')).toBe(1)
    expect(stack.fal.journal.jobs()).toMatchObject([{ errorType: 'client_cancelled' }])
  })

  test('one stopped before the gateway answered is cancelled as soon as it can be', async () => {
    const { page } = await stack.visit()
    await page.route('**/v1/images/generations', async (route) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 700)
      })
      await route.continue()
    })
    await page.getByLabel('What to draw').fill('an unwanted cat [[queue:60s]]')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('button', { name: 'Stop' }).click()
    await until(() => stack.fal.journal.count('cancel') === 1)
    expect(stack.fal.journal.jobs()).toMatchObject([{ cancels: 1 }])
  })

  test('a job goes on when the page is closed, and its picture is there afterwards', async () => {
    const { page, complaints } = await stack.visit()
    await page.getByLabel('What to draw').fill('a patient owl [[queue:4s]] [[run:1s]]')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.locator('.work[data-state=queued]').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    expect(stack.fal.journal.count('submit')).toBe(1)
    expect(stack.fal.journal.count('cancel')).toBe(0)
    // Kept in the browser: nothing more is asked for.
    stack.fal.journal.clear()
    await page.reload()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    expect(stack.fal.journal.entries()).toEqual([])
    expect(complaints).toEqual([])
  })

  test('what was under way waits for the right access key, and is not taken for lost', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('a patient owl [[queue:4s]] [[run:1s]]')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.locator('.work[data-state=queued]').waitFor()
    await page.evaluate(() => {
      localStorage.setItem('access-key', 'sk-another')
    })
    await page.reload()
    await page.getByText(/does not accept this key/).waitFor()
    await page.getByLabel('Access key of this gateway').fill('sk-test-access-key')
    await page.getByRole('button', { name: 'Use this key' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  test('a job that was lost from sight is found when the page is loaded again', async () => {
    const { page } = await stack.visit()
    await page.route('**/v1/images/jobs/**', (route) => route.abort())
    await page.getByLabel('What to draw').fill('an owl behind a hill [[run:500ms]]')
    await page.getByRole('button', { name: 'Generate' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('is looked for when this page is loaded again')
    await page.unroute('**/v1/images/jobs/**')
    await page.reload()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  test('says in words that help what fal refused', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('[[fail:content_policy_violation]] something')
    await page.getByRole('button', { name: 'Generate' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Say it in other words.')
  })

  test('finds a model by words in any order, with the keyboard alone', async () => {
    const { page } = await stack.visit()
    await chooseModel(page, 'flux-2-pro', 'pro flux 2')
  })
})

async function chooseModel(page: Page, name: string, words = name): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).press('Enter')
  await page.keyboard.type(words)
  await page.getByRole('option').filter({ hasText: name }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}

/** Runs in the page. */
async function pixelsOf(element: Element): Promise<{ width: number; height: number }> {
  if (!(element instanceof HTMLImageElement)) throw new TypeError('no picture')
  await element.decode()
  return { width: element.naturalWidth, height: element.naturalHeight }
}
