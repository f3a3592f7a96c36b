import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import { PYTHON, pythonTestsLeftOut } from '../support/python.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import type { PageStack } from '../support/start-page.ts'

const ROOT = path.join(import.meta.dirname, '../..')

/** How a language's code is run; its file lies in the folder. */
const RUNNERS = {
  curl: { file: 'code.sh', command: 'bash', args: ['-euo', 'pipefail'] },
  JavaScript: { file: 'code.mjs', command: process.execPath, args: [] },
  Python: { file: 'code.py', command: PYTHON, args: [] },
} as const

const LANGUAGES = (['curl', 'JavaScript', 'Python'] as const).filter(
  (language) => language !== 'Python' || pythonTestsLeftOut() === undefined,
)

/** Clients for Python before October 2025 know no videos. */
const knowsVideos =
  pythonTestsLeftOut() === undefined &&
  spawnSync(PYTHON, ['-c', 'import openai; openai.OpenAI(api_key="x").videos']).status === 0
const VIDEO_LANGUAGES = LANGUAGES.filter((language) => language !== 'Python' || knowsVideos)

describe.skipIf(browserTestsLeftOut() !== undefined)('code that the page shows', () => {
  let stack: PageStack
  let folder: string

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'snippets-'))
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  /** Runs what the dialog shows in each language. @returns what each printed */
  async function runAll(
    page: Page,
    languages: readonly (keyof typeof RUNNERS)[],
  ): Promise<readonly string[]> {
    await page.getByRole('button', { name: 'The same in code' }).first().click()
    const printed: string[] = []
    for (const language of languages) {
      await page.getByRole('button', { name: language, exact: true }).click()
      const { file, command, args } = RUNNERS[language]
      writeFileSync(path.join(folder, file), await page.locator('pre.command').innerText())
      const env = { PATH: process.env['PATH'], HOME: folder, OPENAI_API_KEY: ACCESS_KEY }
      const options = { cwd: folder, env: { ...env, NO_PROXY: '*' } }
      const { stdout } = await promisify(execFile)(command, [...args, file], options)
      printed.push(stdout)
    }
    await page.keyboard.press('Escape')
    return printed
  }

  test('makes a video, also of two pictures, and saves it', async () => {
    const { page } = await stack.visit()
    await choose(page, 'veo3.1-fast')
    await page.getByLabel('What happens').fill("the sea's waves")
    await page.getByLabel('Length in seconds').selectOption('4 s')
    await page.getByLabel('Sound').selectOption('Off')
    await runAll(page, VIDEO_LANGUAGES)
    const wanted = { prompt: "the sea's waves", duration: '4s', generate_audio: false }
    expect(stack.fal.journal.jobs().map(({ input }) => input)).toMatchObject(
      VIDEO_LANGUAGES.map(() => wanted),
    )
    expect(readFileSync(path.join(folder, 'video.mp4')).subarray(4, 8).toString()).toBe('ftyp')

    const picture = await aPicture(320, 180)
    for (const [label, name] of [
      ['First frame', 'picture-1.png'],
      ['Last frame', 'last-frame.png'],
    ] as const) {
      writeFileSync(path.join(folder, name), picture)
      const file = { name, mimeType: 'image/png', buffer: picture }
      await page.locator(`input[type=file][aria-label="${label}"]`).setInputFiles(file)
    }
    stack.fal.journal.clear()
    await runAll(page, VIDEO_LANGUAGES)
    expect(stack.fal.journal.jobs().map(({ endpoint }) => endpoint)).toEqual(
      VIDEO_LANGUAGES.map(() => 'fal-ai/veo3.1/fast/first-last-frame-to-video'),
    )

    await page.getByRole('button', { name: 'First frame: remove' }).click()
    await page.getByRole('button', { name: 'Last frame: remove' }).click()
    await page.getByRole('button', { name: 'Make the video' }).click()
    const card = page.locator('.work').first()
    await card.getByRole('button', { name: 'Extend' }).click()
    await page.getByLabel('How it goes on').fill('a gull lands')
    stack.fal.journal.clear()
    await runAll(page, VIDEO_LANGUAGES)
    expect(stack.fal.journal.jobs()).toMatchObject(
      VIDEO_LANGUAGES.map(() => ({
        endpoint: 'fal-ai/veo3.1/fast/extend-video',
        input: { prompt: 'a gull lands' },
      })),
    )
  })

  test('speaks, and writes down what was spoken', async () => {
    const { page } = await stack.visit()
    await choose(page, 'minimax-speech')
    await page.getByLabel('What to say').fill("It's nine o'clock.")
    await runAll(page, LANGUAGES)
    expect(stack.fal.journal.jobs()).toHaveLength(LANGUAGES.length)
    const sound = readFileSync(path.join(folder, 'speech.mp3'))
    writeFileSync(path.join(folder, 'recording.mp3'), sound)
    await choose(page, 'whisper-1')
    const file = { name: 'clock.mp3', mimeType: 'audio/mpeg', buffer: sound }
    await page.locator('input[type=file]').setInputFiles(file)
    const printed = await runAll(page, LANGUAGES)
    expect(printed.filter((text) => text.includes("It's nine o'clock."))).toHaveLength(
      LANGUAGES.length,
    )
  })
})

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByLabel('Search models').fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}
