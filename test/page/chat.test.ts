import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { browserTestsLeftOut } from '../support/browser.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startPage, type PageStack } from '../support/start-page.ts'

const run = promisify(execFile)

describe.skipIf(browserTestsLeftOut() !== undefined)('chat and code on the page', () => {
  let stack: PageStack

  beforeAll(async () => {
    stack = await startPage()
  })
  afterAll(() => stack.close())
  beforeEach(() => {
    stack.fal.journal.clear()
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

  test.for(['curl', 'JavaScript'] as const)(
    'a request copied as %s runs as it stands',
    async (language) => {
      const { page } = await stack.visit()
      await page.getByLabel('What to draw').fill(`it's a "quoted" $HOME \`cat\` in ${language}`)
      await page.getByText('More settings').click()
      await page.getByLabel('Seed').fill('7')
      await page.getByLabel('More', { exact: true }).click()
      await page.getByRole('radio', { name: '16:9' }).check()
      await page.getByRole('button', { name: 'The same in code' }).click()
      await page.getByRole('button', { name: language }).click()
      await page.getByRole('button', { name: 'Copy' }).click()
      await page.getByRole('button', { name: 'Copied' }).waitFor()
      const code = await page.evaluate(() => navigator.clipboard.readText())
      const output = await runCode(language, code)
      expect(output).toMatch(/http\S+\.png/)
      expect(stack.fal.journal.jobs()).toMatchObject([
        {
          input: {
            prompt: `it's a "quoted" $HOME \`cat\` in ${language}`,
            aspect_ratio: '16:9',
            num_images: 2,
          },
        },
      ])
    },
  )
})

/** Inside the project, so that its packages are found. */
async function runCode(language: 'curl' | 'JavaScript', code: string): Promise<string> {
  const folder = mkdtempSync(path.join(import.meta.dirname, 'copied-'))
  const file = path.join(folder, language === 'curl' ? 'code.sh' : 'code.mjs')
  writeFileSync(file, code)
  try {
    const { stdout } = await run(language === 'curl' ? 'bash' : process.execPath, [file], {
      env: { PATH: process.env['PATH'], OPENAI_API_KEY: ACCESS_KEY },
    })
    return stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
