import { gzipSync } from 'node:zlib'

import { source as AXE } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import * as z from 'zod'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import type { PageStack } from '../support/start-page.ts'

/** What axe finds wrong, by the name of its rule. */
const FOUND = z.array(z.object({ id: z.string(), nodes: z.array(z.string()) }))

const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const CONTRAST = ['color-contrast', 'link-in-text-block']

const KILOBYTE = 1024

/** Buttons that open one. */
const DIALOGS = [/^Model/, 'The same in code', 'Show picture 1 large', 'About this gateway']

/** It is used in the last one, where there is least room. */
const LOOKS = [
  { width: 1440, colorScheme: 'dark', by: 'contrast' },
  { width: 820, colorScheme: 'light', by: 'width' },
  { width: 390, colorScheme: 'dark', by: 'width' },
  // What axe looks at does not change with the width, and with the scheme only the contrasts do.
  { width: 390, colorScheme: 'light', by: 'axe' },
] as const

describe.skipIf(browserTestsLeftOut() !== undefined)('the page, looked at', () => {
  let stack: PageStack

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })

  test('is accessible and cuts nothing off, narrow and wide, light and dark', async () => {
    const { page, complaints, foreign } = await stack.visit()
    const look = async (): Promise<void> => {
      for (const { width, colorScheme, by } of LOOKS) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        if (by !== 'width') {
          const rules = by === 'axe' ? ALL_RULES : CONTRAST
          expect(await violations(page, rules), `${width} ${colorScheme}`).toEqual([])
        }
        expect(await page.evaluate(wider)).toBe(0)
        expect(await page.evaluate(cutOff)).toEqual([])
      }
    }
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor()
    await look()
    await page.getByText('More settings').click()
    await page.getByLabel('Safety tolerance').waitFor()
    await page.getByText('An astronaut cat on the moon').click()
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('button', { name: 'Show picture 1 large' }).waitFor()
    await page.getByLabel('What to draw').fill('[[fail:content_policy_violation]]')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('What to draw').fill('slow [[queue:60s]]')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.locator('.work[data-state=queued]').waitFor()
    await look()
    for (const dialog of DIALOGS) {
      await page.getByRole('button', { name: dialog }).first().click()
      await page.getByRole('dialog').waitFor()
      await look()
      await page.keyboard.press('Escape')
    }
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await page.getByLabel('Message').fill('draw a cat')
    await page.getByLabel('Message').press('Enter')
    await page.locator('.turn .tile img').waitFor()
    await look()
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.locator('.work[data-state=stopped]').waitFor()
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test.for([
    { width: 390, colorScheme: 'dark', locale: 'zh-CN' },
    { width: 1280, colorScheme: 'light', locale: 'en-US' },
  ] as const)('so are its videos: %o', async ({ width, ...options }) => {
    const viewport = { width, height: 900 }
    const { page } = await stack.visit({ viewport, ...options })
    await page.locator('.model-button').click()
    await page.locator('dialog .segment').nth(2).click()
    await page.locator('dialog input[role=combobox]').fill('veo3.1')
    expect(await violations(page)).toEqual([])
    await page.locator('.model-row').first().click()
    await page.locator('details.more').click()
    await page.locator('textarea').fill('waves at night')
    await page.locator('.composer-send .primary').click()
    await page.locator('.work video').waitFor()
    await page.locator('.clip .tile-tools button').last().click()
    await page.locator('.composer .notice').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(wider)).toBe(0)
    expect(await page.evaluate(cutOff)).toEqual([])

    await page.locator('.model-button').click()
    await page.locator('dialog .segment').nth(3).click()
    await page.locator('dialog input[role=combobox]').fill('tts-1')
    await page.locator('.model-row').first().click()
    await page.locator('textarea').fill('good evening')
    await page.locator('.composer-send .primary').click()
    await page.locator('.work audio').waitFor()
    expect(await violations(page)).toEqual([])
    await page.locator('.model-button').click()
    await page.locator('dialog .segment').nth(4).click()
    await page.locator('.model-row').first().click()
    await page.locator('input[type=file]').setInputFiles(aSound())
    await page.locator('.composer-send .primary').click()
    await page.locator('.transcript').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(wider)).toBe(0)
    expect(await page.evaluate(cutOff)).toEqual([])
  })

  test('has dialogs that can be read in a low window, by the keyboard alone', async () => {
    const { page } = await stack.visit({ viewport: { width: 390, height: 420 } })
    await page.getByRole('button', { name: 'About this gateway' }).press('Enter')
    const list = page.getByRole('region', { name: 'About this gateway' })
    await list.focus()
    await page.keyboard.press('End')
    await page.waitForFunction(isScrolledToItsEnd)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(wider)).toBe(0)
  })

  test('speaks the language of the browser, and the other one when asked', async () => {
    const { page } = await stack.visit({ locale: 'zh-CN' })
    await page.getByLabel('画什么').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByLabel('What to draw').waitFor()
    await page.reload()
    await page.getByLabel('What to draw').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
  })

  test('a theme that was chosen holds against that of the system', async () => {
    const { page } = await stack.visit({ colorScheme: 'light' })
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await page.getByRole('button', { name: 'Theme: as the system' }).click()
    const light = await background()
    await page.getByRole('button', { name: 'Theme: light' }).click()
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
    await expect.poll(background).not.toBe(light)
    await page.reload()
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
  })

  test('without a key and with a wrong one it says what to do', async () => {
    const { page, complaints } = await stack.visit({ key: undefined })
    await page.getByText('Enter the access key to begin.').waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    const key = page.getByLabel('Access key of this gateway')
    await key.fill('sk-wrong')
    await key.press('Enter')
    await page.getByText(/does not accept this key/).waitFor()
    expect(await violations(page)).toEqual([])
    await key.fill('sk-test-access-key')
    await key.press('Enter')
    await page.getByLabel('What to draw').waitFor()
    // It is kept, and stands nowhere in the address.
    await page.reload()
    await page.getByLabel('What to draw').waitFor()
    expect(page.url()).toBe(`${stack.url}/`)
  })

  test('shows its name before its script has come, and says that it needs one', async () => {
    const { page, complaints } = await stack.visit({ key: undefined, javaScriptEnabled: false })
    await page.getByRole('heading', { name: 'fal-openai-worker' }).waitFor()
    expect(await page.locator('noscript').innerText()).toContain('This page needs JavaScript.')
    expect(complaints).toEqual([])
  })

  test('is light: at most 100 KB compressed, 60 KB of it scripts', async () => {
    const { page } = await stack.visit({ key: undefined })
    const asked = new Map<string, string>()
    page.on('request', (request) => asked.set(request.url(), request.resourceType()))
    await page.reload({ waitUntil: 'networkidle' })
    const parts = await Promise.all(
      [...asked].map(async ([url, type]) => {
        const body = await (await fetch(url)).arrayBuffer()
        return { type, bytes: gzipSync(body).length }
      }),
    )
    const sum = (some: typeof parts): number => some.reduce((all, { bytes }) => all + bytes, 0)
    const all = sum(parts)
    const scripts = sum(parts.filter(({ type }) => type === 'script'))
    process.stdout.write(
      `the page: ${kilobytes(all)} compressed, ${kilobytes(scripts)} of it scripts\n`,
    )
    expect(scripts).toBeGreaterThan(0)
    expect(scripts).toBeLessThanOrEqual(60 * KILOBYTE)
    expect(all).toBeLessThanOrEqual(100 * KILOBYTE)
  })

  test('stands beside a description of the API, which other origins may read', async () => {
    const response = await fetch(`${stack.url}/openapi.json`)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({ openapi: '3.1.0' })
  })

  test('its policy allows nothing from elsewhere', async () => {
    const { headers } = await fetch(stack.url)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:|unsafe|\*/)
  })
})

/** A second of silence. */
function aSound(): { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } {
  const header = Buffer.from('RIFF....WAVEfmt ....................data....')
  header.writeUInt32LE(36 + 16_000, 4)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8000, 24)
  header.writeUInt32LE(16_000, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.writeUInt32LE(16_000, 40)
  return {
    name: 'a.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.concat([header, Buffer.alloc(16_000)]),
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / KILOBYTE).toFixed(1)} KB`
}

async function violations(page: Page, rules = ALL_RULES): Promise<z.infer<typeof FOUND>> {
  // Half a megabyte: once for each document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  const found: unknown = await page.evaluate(`axe
    .run(document, { resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} })
    .then(({ violations }) => violations.map(({ id, nodes }) => ({
      id, nodes: nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary),
    })))`)
  return FOUND.parse(found)
}

/** Runs in the page: by how many pixels it is wider than the window. */
function wider(): number {
  return Math.max(0, document.documentElement.scrollWidth - innerWidth)
}

/** Runs in the page: text that runs out of its box and is cut there, but where an ellipsis says so. */
function cutOff(): readonly string[] {
  return [...document.querySelectorAll('p, label, h2, strong, button, dd, li, summary')]
    .filter((element) => {
      const { textOverflow, overflowX } = getComputedStyle(element)
      if (textOverflow === 'ellipsis' || overflowX === 'auto') return false
      const box = element.closest('.dialog-inside, .card, .header, main')?.getBoundingClientRect()
      const range = document.createRange()
      range.selectNodeContents(element)
      const { right, width } = range.getBoundingClientRect()
      // A hidden text is one pixel wide on purpose.
      return box !== undefined && width > 1 && right > box.right + 1
    })
    .map((element) => element.textContent.slice(0, 80))
}

/** Runs in the page. */
function isScrolledToItsEnd(): boolean {
  const list = document.querySelector('.bindings')
  if (list === null || list.scrollHeight <= list.clientHeight) return false
  return list.scrollTop + list.clientHeight >= list.scrollHeight - 1
}
