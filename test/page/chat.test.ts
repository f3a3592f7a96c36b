import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import { PYTHON, pythonTestsLeftOut } from '../support/python.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import type { PageStack } from '../support/start-page.ts'

const run = promisify(execFile)

/** What runs code of the page, and in what file. */
const PROGRAMS = {
  curl: { program: 'bash', file: 'code.sh' },
  JavaScript: { program: process.execPath, file: 'code.mjs' },
  Python: { program: PYTHON, file: 'code.py' },
} as const

type Language = keyof typeof PROGRAMS

const LANGUAGES = (['curl', 'JavaScript', 'Python'] as const).filter(
  (language) => language !== 'Python' || pythonTestsLeftOut() === undefined,
)

describe.skipIf(browserTestsLeftOut() !== undefined)('chat and code on the page', () => {
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

  test.for(LANGUAGES)('a request copied as %s runs as it stands', async (language) => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill(`it's a "quoted" $HOME \`cat\` in ${language}`)
    await page.getByText('More settings').click()
    await page.getByLabel('Seed').fill('7')
    await page.getByLabel('Safety tolerance').selectOption('4')
    await page.getByLabel('More', { exact: true }).click()
    await page.getByRole('radio', { name: '16:9' }).check()
    const output = await runCode(language, await copyCode(page, language))
    expect(output).toMatch(/http\S+\.png/)
    expect(stack.fal.journal.jobs()).toMatchObject([
      {
        input: {
          prompt: `it's a "quoted" $HOME \`cat\` in ${language}`,
          aspect_ratio: '16:9',
          num_images: 2,
          safety_tolerance: '4',
        },
      },
    ])
  })

  test.for(LANGUAGES)(
    'one with a picture copied as %s runs with that file beside it',
    async (language) => {
      const { page } = await stack.visit()
      const buffer = await aPicture()
      const file = { name: 'mine.png', mimeType: 'image/png', buffer }
      await page.locator('input[type=file]').setInputFiles(file)
      await page.getByLabel('What to change').fill(`a hat in ${language}`)
      const code = await copyCode(page, language)
      expect(await runCode(language, code, buffer)).toMatch(/http\S+\.png/)
      expect(stack.fal.journal.jobs()).toMatchObject([
        {
          input: {
            prompt: `a hat in ${language}`,
            image_urls: [`data:image/png;base64,${buffer.toString('base64')}`],
          },
        },
      ])
    },
  )
})

async function copyCode(page: Page, language: Language): Promise<string> {
  await page.getByRole('button', { name: 'The same in code' }).click()
  await page.getByRole('button', { name: language }).click()
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Inside the project, so that its packages are found. */
async function runCode(language: Language, code: string, picture?: Buffer): Promise<string> {
  const folder = mkdtempSync(path.join(import.meta.dirname, 'copied-'))
  const { program, file } = PROGRAMS[language]
  writeFileSync(path.join(folder, file), code)
  if (picture !== undefined) writeFileSync(path.join(folder, 'picture-1.png'), picture)
  try {
    const { stdout } = await run(program, [file], {
      cwd: folder,
      env: { PATH: process.env['PATH'], OPENAI_API_KEY: ACCESS_KEY },
    })
    return stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
