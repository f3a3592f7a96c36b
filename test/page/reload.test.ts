import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import type { PageStack } from '../support/start-page.ts'

const RELOADS = 15
/** As on a slow machine: what is drawn is seen, and effects run, so much later. */
const LATE_FRAME_MS = 40

describe.skipIf(browserTestsLeftOut() !== undefined)('a reload with late frames', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('shows what is stored and who is let in, every time', { timeout: 300_000 }, async () => {
    const { page, complaints } = await stack.visit({ alone: true })
    await page.getByLabel('What to draw').fill('a kite')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('button', { name: /^Show picture/ }).waitFor()
    await page.addInitScript((late) => {
      const soon = globalThis.requestAnimationFrame.bind(globalThis)
      globalThis.requestAnimationFrame = (draw) => {
        setTimeout(() => soon(draw), late)
        return 0
      }
    }, LATE_FRAME_MS)
    for (let reload = 0; reload < RELOADS; reload += 1) {
      await page.reload()
      await page.getByRole('button', { name: /^Show picture/ }).waitFor()
      await page.getByRole('button', { name: 'Generate' }).waitFor()
      expect(await page.getByText('Checking the key').count()).toBe(0)
    }
    expect(complaints).toEqual([])
  })
})
