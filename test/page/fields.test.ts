import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import type { PageStack } from '../support/start-page.ts'

describe.skipIf(browserTestsLeftOut() !== undefined)('what only one model takes', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('is asked for by its kind, reaches fal, and is kept with the picture', async () => {
    const { page, complaints, foreign } = await stack.visit()
    await choose(page, 'flux-dev')
    await page.getByText('More settings').click()
    await page.getByLabel('Guidance scale').pressSequentially('7.05')
    await page.getByLabel('Steps').fill('99')
    await page.getByLabel('Acceleration').selectOption('high')
    await page.getByLabel('Safety checker').selectOption('Off')
    await page.getByLabel('What to draw').fill('a red boat')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    const wanted = {
      guidance_scale: 7.05,
      // The most that it takes.
      num_inference_steps: 50,
      acceleration: 'high',
      enable_safety_checker: false,
    }
    expect(stack.fal.journal.jobs()).toMatchObject([{ input: wanted }])

    // Kept over a reload, and in "again with this seed".
    await page.reload()
    await page.getByRole('button', { name: 'Again with this seed' }).click()
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).nth(1).waitFor()
    const [first, second] = stack.fal.journal.jobs()
    expect(second?.input).toMatchObject(wanted)
    expect(second?.input).not.toEqual(first?.input)
    expect(await page.locator('.facts').first().innerText()).toContain('Guidance scale: 7.05')
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('is let go when another model does not know it, and kept where it does', async () => {
    const { page } = await stack.visit()
    await choose(page, 'flux-dev')
    await page.getByText('More settings').click()
    await page.getByLabel('Guidance scale').fill('7')
    await page.getByLabel('Acceleration').selectOption('high')
    // It knows the one and not the other.
    await choose(page, 'flux-2-flex')
    await page.getByLabel('Acceleration').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Guidance scale').inputValue()).toBe('7')
    await choose(page, 'flux-dev')
    expect(await page.getByLabel('Acceleration').inputValue()).toBe('')
    await page.getByLabel('What to draw').fill('a red boat')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    const [job] = stack.fal.journal.jobs()
    expect(job?.input).toMatchObject({ guidance_scale: 7 })
    expect(job?.input).not.toHaveProperty('acceleration')
  })

  test('is that of the endpoint which edits when a picture is to be changed', async () => {
    const { page } = await stack.visit()
    await choose(page, 'flux-dev')
    await page.getByText('More settings').click()
    await page.getByLabel('Guidance scale').waitFor()
    expect(await page.getByLabel('Strength').count()).toBe(0)
    const file = { name: 'mine.png', mimeType: 'image/png', buffer: await aPicture() }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByLabel('Strength').fill('0.4')
    await page.getByLabel('What to change').fill('a red hat')
    await page.getByRole('button', { name: 'Edit the picture' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    expect(stack.fal.journal.jobs()).toMatchObject([{ input: { strength: 0.4 } }])
  })

  test('is asked for before anything is sent where the model must have it', async () => {
    const { page } = await stack.visit()
    const file = { name: 'mine.png', mimeType: 'image/png', buffer: await aPicture() }
    await page.locator('input[type=file]').setInputFiles(file)
    await choose(page, 'bria/fibo-edit/reseason')
    await page.getByText('This model must be told: Season.').waitFor()
    expect(await page.getByRole('button', { name: 'Edit the picture' }).isDisabled()).toBe(true)
    // The fold has opened by itself, and stays open.
    await page.getByLabel('Season *').selectOption('winter')
    await page.getByLabel('Season *').waitFor()
    await page.getByRole('button', { name: 'Edit the picture' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    expect(stack.fal.journal.jobs()).toMatchObject([{ input: { season: 'winter' } }])
  })

  test('stands in the code to copy, in each language’s own words', async () => {
    const { page } = await stack.visit()
    await choose(page, 'flux-dev')
    await page.getByText('More settings').click()
    await page.getByLabel('Guidance scale').fill('7')
    await page.getByLabel('Safety checker').selectOption('Off')
    await page.getByLabel('What to draw').fill('a red boat')
    await page.getByRole('button', { name: 'The same in code' }).click()
    const code = page.locator('pre.command')
    expect(await code.innerText()).toContain(
      '"guidance_scale": 7,\n  "enable_safety_checker": false',
    )
    await page.getByRole('button', { name: 'JavaScript' }).click()
    expect(await code.innerText()).toContain('guidance_scale: 7,\n  enable_safety_checker: false,')
    await page.getByRole('button', { name: 'Python' }).click()
    expect(await code.innerText()).toContain(
      'extra_body={"guidance_scale": 7, "enable_safety_checker": False},',
    )
  })

  test('is told of each model in the list before one is chosen', async () => {
    const { page } = await stack.visit()
    await page.getByRole('button', { name: /^Model/ }).click()
    await page.keyboard.type('flux-2-flex')
    const takes = page.locator('.model-takes')
    await takes.getByText('Guidance scale').waitFor()
    expect(await takes.innerText()).toMatch(/Sizes\s+any size/)
    expect(await takes.innerText()).toMatch(/Formats\s+jpeg, png/)
    expect(await takes.innerText()).toMatch(/Also takes\s+.*Safety checker, Guidance scale, Steps/)
  })
})

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByLabel('Search models').fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}
