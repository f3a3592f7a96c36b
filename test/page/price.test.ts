import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import type { PageStack } from '../support/start-page.ts'

describe.skipIf(browserTestsLeftOut() !== undefined)('the price on the button', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('of a picture, and of so many, before it is pressed', async () => {
    const { page, complaints } = await stack.visit()
    await choose(page, 'Pictures', 'nano-banana-pro')
    expect(await page.locator('.price').count()).toBe(0)
    await page.getByLabel('What to draw').fill('a cat')
    await page.getByText('about $0.150').waitFor()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByText('about $0.300').waitFor()
    // It is a description: the button is called as it was.
    const button = page.getByRole('button', { name: 'Generate', exact: true })
    const told = await button.evaluate((one) => {
      const id = one.getAttribute('aria-describedby') ?? ''
      return document.querySelector(`[id="${id}"]`)?.textContent
    })
    expect(told).toBe('about $0.300')
    expect(stack.fal.journal.count('submit')).toBe(0)
    expect(stack.fal.journal.jobs()).toEqual([])
    expect(complaints).toEqual([])
  })

  test('of a video by its length, with its first frame, and it is what is paid', async () => {
    const { page } = await stack.visit()
    await choose(page, 'Videos', 'veo3.1-lite')
    await page.getByLabel('What happens').fill('waves')
    await page.getByLabel('Length in seconds').selectOption('8 s')
    await page.getByText('about $0.400').waitFor()
    await page.getByLabel('Length in seconds').selectOption('4 s')
    await page.getByText('about $0.200').waitFor()
    const buffer = await aPicture(320, 180)
    const file = { name: 'first.png', mimeType: 'image/png', buffer }
    await page.locator('input[type=file][aria-label="First frame"]').setInputFiles(file)
    await page.getByText('about $0.200').waitFor()
    expect(stack.fal.journal.count('upload')).toBe(0)
    await page.getByRole('button', { name: 'Make the video' }).click()
    await page.locator('.work video').waitFor()
    expect(await page.locator('.facts').innerText()).toContain('$0.200')
  })

  test('of speech by how much is said', async () => {
    const { page } = await stack.visit()
    await choose(page, 'Speech', 'kokoro')
    await page.getByLabel('What to say').fill('x'.repeat(1000))
    await page.locator('.price').waitFor()
    const one = await page.locator('.price').innerText()
    await page.getByLabel('What to say').fill('x'.repeat(2000))
    await expect
      .poll(async () => usdOf(await page.locator('.price').innerText()))
      .toBeCloseTo(2 * usdOf(one), 3)
  })

  test('in Chinese too', async () => {
    const { page } = await stack.visit({ locale: 'zh-CN' })
    await page.getByRole('button', { name: /^模型/ }).click()
    await page.getByLabel('搜索模型').fill('nano-banana-pro')
    await page.getByRole('option').first().click()
    await page.getByLabel('画什么').fill('一只猫')
    await page.getByText('约 $0.150').waitFor()
  })

  test('where nobody can tell it there is none, and the order is sent all the same', async () => {
    const { page } = await stack.visit()
    await page.route('**/v1/**dry_run=true', (route) => route.fulfill({ status: 502, body: '{}' }))
    await choose(page, 'Pictures', 'nano-banana-pro')
    const asked = page.waitForResponse(/dry_run=true/)
    await page.getByLabel('What to draw').fill('a cat')
    await asked
    expect(await page.locator('.price').count()).toBe(0)
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.locator('.tile').waitFor()
  })
})

const usdOf = (text: string): number => Number(text.replace(/^.*\$/, ''))

async function choose(page: Page, medium: string, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByRole('group', { name: 'What is made' }).getByText(medium).click()
  await page.getByLabel('Search models').fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}
