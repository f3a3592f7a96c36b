import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import {
  pythonKnowsVideos,
  pythonTestsLeftOut,
  startPython,
  type Python,
} from '../support/python.ts'
import { startScriptRunner, type ScriptRunner } from '../support/script-runner.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import type { PageStack } from '../support/start-page.ts'

const ROOT = path.join(import.meta.dirname, '../..')

const FILES = { curl: 'code.sh', JavaScript: 'code.mjs', Python: 'code.py' } as const

type Language = 'curl' | 'JavaScript' | 'Python'

const LANGUAGES = (['curl', 'JavaScript', 'Python'] as const).filter(
  (language) => language !== 'Python' || pythonTestsLeftOut() === undefined,
)

const VIDEO_LANGUAGES = LANGUAGES.filter((language) => language !== 'Python' || pythonKnowsVideos())

describe.skipIf(browserTestsLeftOut() !== undefined)('code that the page shows', () => {
  let stack: PageStack
  let folder: string
  let node: ScriptRunner
  let python: Python | undefined

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'snippets-'))
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
    node = startScriptRunner()
    python = pythonTestsLeftOut() === undefined ? startPython() : undefined
  })
  afterAll(async () => {
    await python?.close()
    await node.close()
    rmSync(folder, { recursive: true })
  })

  /** Its files lie in the folder. @returns what it printed */
  async function runCode(language: Language, code: string): Promise<string> {
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      OPENAI_API_KEY: ACCESS_KEY,
      NO_PROXY: '*',
    }
    const file = FILES[language]
    writeFileSync(path.join(folder, file), code)
    if (language === 'Python') return python?.runScript(file, folder, env) ?? ''
    if (language === 'JavaScript') return node.run({ file, folder, env })
    const args = ['-euo', 'pipefail', file]
    return (await promisify(execFile)('bash', args, { cwd: folder, env })).stdout
  }

  /** Runs what the dialog shows in each language. @returns what each printed */
  async function runAll(page: Page, languages: readonly Language[]): Promise<readonly string[]> {
    await page.getByRole('button', { name: 'The same in code' }).first().click()
    const printed: string[] = []
    for (const language of languages) {
      await page.getByRole('button', { name: language, exact: true }).click()
      printed.push(await runCode(language, await page.locator('pre.command').innerText()))
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
      writeFileSync(path.join(folder, 'picture-1.png'), buffer)
      expect(await runCode(language, code)).toMatch(/http\S+\.png/)
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

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByLabel('Search models').fill(name)
  await page.getByRole('option').filter({ hasText: name }).first().click()
  await page.getByRole('button', { name: `Model ${name}` }).waitFor()
}

async function copyCode(page: Page, language: Language): Promise<string> {
  await page.getByRole('button', { name: 'The same in code' }).click()
  await page.getByRole('button', { name: language }).click()
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}
