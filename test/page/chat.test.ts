import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import type { PageStack } from '../support/start-page.ts'

describe.skipIf(browserTestsLeftOut() !== undefined)('chat on the page', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('a message draws, the next one changes what was drawn', async () => {
    const { page, complaints, foreign } = await stack.visit()
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await page.getByLabel('Message').fill('draw a cat in a spacesuit 16:9')
    await page.getByLabel('Message').press('Enter')
    await page.locator('.turn .tile img').waitFor()
    await page.getByLabel('Message').fill('make the suit orange')
    await page.getByLabel('Message').press('Enter')
    await page.locator('.turn .tile img').nth(1).waitFor()
    const [drawn, changed] = stack.fal.journal.jobs()
    expect(drawn?.input).toMatchObject({
      prompt: 'draw a cat in a spacesuit',
      aspect_ratio: '16:9',
    })
    expect(changed?.input).toMatchObject({ prompt: 'make the suit orange' })
    expect(changed?.endpoint).not.toBe(drawn?.endpoint)
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('a refusal in a chat is said in words that help', async () => {
    const { page } = await stack.visit()
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await page.getByLabel('Message').fill('draw [[fail:content_policy_violation]]')
    await page.getByLabel('Message').press('Enter')
    await page.getByText('Say it in other words.').waitFor()
  })
})
