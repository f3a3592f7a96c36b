import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { fontsOf, SHOTS, showPage, takePicture, unlikeParts } from '../support/readme-pictures.ts'
import type { PageStack } from '../support/start-page.ts'

const ROOT = path.join(import.meta.dirname, '../..')
/** What the run has taken, to look at beside `docs/`; not in git. */
const TAKEN = path.join(ROOT, '.vitest/readme-pictures')

/** Of a hundred parts. Seconds and scroll bars make none that differ. */
const MOST_UNLIKE = 0.7
/** In other fonts lines break elsewhere, and what stands below them moves: one family made it 3. */
const MOST_UNLIKE_IN_OTHER_FONTS = 8

describe.skipIf(browserTestsLeftOut() !== undefined)('the READMEs’ pictures', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    mkdirSync(TAKEN, { recursive: true })
    stack = sharedPage
  })

  test.for(SHOTS)('docs/$file shows the page as it is', async (shot) => {
    const shown = readFileSync(path.join(ROOT, 'docs', shot.file))
    const page = await showPage(stack, shot)
    const taken = await takePicture(page)
    writeFileSync(path.join(TAKEN, shot.file), taken)
    const unlike = await unlikeParts(taken, shown)
    const sameFonts = (await fontsOf(taken)) === (await fontsOf(shown))
    process.stdout.write(
      `docs/${shot.file}: ${unlike.toFixed(2)} % of its parts are unlike${sameFonts ? '' : ', in other fonts'}\n`,
    )
    expect(
      unlike,
      `docs/${shot.file} no longer shows the page: npm run docs:screenshots`,
    ).toBeLessThanOrEqual(sameFonts ? MOST_UNLIKE : MOST_UNLIKE_IN_OTHER_FONTS)

    // And it would be noticed, were the page another one.
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--accent', '#b3261e')
    })
    expect(await unlikeParts(await takePicture(page), taken)).toBeGreaterThan(MOST_UNLIKE)
    await page.evaluate(() => {
      document.documentElement.style.removeProperty('--accent')
      document.querySelector('.more [role=group]')?.remove()
    })
    expect(await unlikeParts(await takePicture(page), taken)).toBeGreaterThan(MOST_UNLIKE)
  })
})
