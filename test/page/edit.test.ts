import sharp from 'sharp'
import { describe, expect } from 'vitest'
import * as z from 'zod'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import type { PageStack } from '../support/start-page.ts'

const SENT = z.object({ prompt: z.string(), image_url: z.string(), mask_url: z.string() })

describe.skipIf(browserTestsLeftOut() !== undefined)('editing on the page', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('edits inside the part that was painted, and fal gets its bytes', async () => {
    const { page, complaints, foreign } = await stack.visit()
    const picture = await aPicture(200, 100)
    const file = { name: 'mine.png', mimeType: 'image/png', buffer: picture }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Paint what may change' }).click()
    const canvas = page.getByRole('img', { name: 'Picture to paint on' })
    const box = await canvas.boundingBox()
    if (box === null) throw new Error('no canvas')
    // A line through the middle of the left half.
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2, { steps: 8 })
    await page.mouse.up()
    await page.getByRole('button', { name: 'Use this mask' }).click()
    await page.getByText('Only the painted part changes').waitFor()
    await page.getByLabel('What to change').fill('a red hat')
    await page.getByRole('button', { name: /^Model/ }).click()
    await page.getByLabel('Search models').fill('flux-dev')
    await page.getByRole('option').first().click()
    const [request] = await Promise.all([
      page.waitForRequest(/images\/edits$/),
      page.getByRole('button', { name: 'Edit the picture' }).click(),
    ])
    expect(request.headers()['content-type']).toContain('multipart/form-data')
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()

    const [job] = stack.fal.journal.jobs()
    const sent = SENT.parse(job?.input)
    expect(sent.prompt).toBe('a red hat')
    expect(bytesOf(sent.image_url).equals(picture)).toBe(true)
    // fal changes what is white; the page painted it transparent, as OpenAI has it.
    const mask = sharp(bytesOf(sent.mask_url)).removeAlpha().greyscale().raw()
    const { data, info } = await mask.toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number): number | undefined => data[y * info.width + x]
    expect([info.width, info.height]).toEqual([200, 100])
    expect([at(50, 50), at(22, 50), at(78, 50)]).toEqual([255, 255, 255])
    expect([at(150, 50), at(50, 20), at(50, 80), at(5, 5)]).toEqual([0, 0, 0, 0])
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('takes several pictures by drop, paste and choice, in order', async () => {
    const { page } = await stack.visit()
    const [red, wide, tall] = await Promise.all([aPicture(), aPicture(60, 20), aPicture(20, 60)])
    await page.getByText('Drop, paste or choose').waitFor()
    await page.evaluate(bring, { how: 'drop', base64: red.toString('base64') } as const)
    await page.getByAltText('Picture 1 to be edited').waitFor()
    await page.evaluate(bring, { how: 'paste', base64: wide.toString('base64') } as const)
    await page.getByAltText('Picture 2 to be edited').waitFor()
    const file = { name: 'tall.png', mimeType: 'image/png', buffer: tall }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByAltText('Picture 3 to be edited').waitFor()
    await page.getByRole('button', { name: 'Remove picture 2' }).click()
    await page.getByRole('button', { name: /^Model/ }).click()
    await page.getByLabel('Search models').fill('nano-banana-2')
    await page.getByRole('option').first().click()
    await page.getByLabel('What to change').fill('put them together')
    await page.getByRole('button', { name: 'Edit the picture' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    const [job] = stack.fal.journal.jobs()
    const sent = z.object({ image_urls: z.array(z.string()) }).parse(job?.input)
    expect(sent.image_urls.map(bytesOf)).toEqual([red, tall])
  })

  test('goes on with a picture that was made', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('a house')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('button', { name: 'Edit this' }).click()
    await page.getByAltText('Picture 1 to be edited').waitFor()
    await page.getByLabel('What to change').fill('in winter')
    await page.getByRole('button', { name: 'Edit the picture' }).click()
    await page.locator('.tile').nth(1).waitFor()
    const [made, edited] = stack.fal.journal.jobs()
    expect(edited?.input).toMatchObject({ prompt: 'in winter' })
    expect(edited?.endpoint).not.toBe(made?.endpoint)
  })
})

function bytesOf(uri: string): Buffer {
  return Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64')
}

/** Runs in the page: a file comes as the browser would bring it. */
function bring({ how, base64 }: { readonly how: 'drop' | 'paste'; readonly base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
  const data = new DataTransfer()
  data.items.add(new File([bytes], 'brought.png', { type: 'image/png' }))
  const event =
    how === 'drop'
      ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
      : new ClipboardEvent('paste', { clipboardData: data, bubbles: true })
  document.body.dispatchEvent(event)
}
