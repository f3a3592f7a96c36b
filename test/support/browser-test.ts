import { test as plain } from 'vitest'

import { launchChromium } from './browser.ts'
import { startPage } from './start-page.ts'

/** Tests that share one Chromium, and one page before one gateway, in all files that a process runs: both are dear. */
export const test = plain
  // oxlint-disable-next-line no-empty-pattern -- the runner reads there what a fixture needs
  .extend('chromium', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const chromium = await launchChromium()
    onCleanup(() => chromium.close())
    return chromium
  })
  .extend('sharedPage', { scope: 'worker' }, async ({ chromium }, { onCleanup }) => {
    const stack = await startPage(chromium)
    onCleanup(() => stack.close())
    return stack
  })
