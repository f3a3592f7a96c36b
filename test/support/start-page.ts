import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { Browser, BrowserContextOptions, Page, ViewportSize } from 'playwright-core'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { launchChromium } from './browser.ts'
import { ACCESS_KEY } from './start-gateway.ts'
import { startServe } from './start-serve.ts'

/** The page at `/` in a real browser, served as `npm run serve` serves it, before the pretend fal. */
export interface PageStack {
  readonly fal: Simulator
  /** The gateway's origin, without a slash at the end. */
  readonly url: string
  /**
   * A visit in a browser that knows nothing yet, with the access key entered unless said otherwise. It ends when
   * the next one begins, which clears the pretend fal's journal.
   */
  visit(options?: VisitOptions): Promise<Visit>
  close(): Promise<void>
}

export interface VisitOptions extends Omit<BrowserContextOptions, 'viewport' | 'colorScheme'> {
  readonly viewport?: ViewportSize
  readonly colorScheme?: 'light' | 'dark'
  /** `undefined`: none is entered. */
  readonly key?: string | undefined
  /** The page's requests go to this gateway instead, without a slash at the end: one of other settings. */
  readonly gatewayUrl?: string
  /** Nobody else gets this tab: what runs before every page (`addInitScript`) cannot be taken back. */
  readonly alone?: boolean
}

interface Visit {
  readonly page: Page
  /** What the browser complained of. */
  readonly complaints: readonly string[]
  /** Requests that went anywhere but to the gateway. */
  readonly foreign: readonly string[]
}

/** @param shared the browser, when it outlives the page; else one is launched, and closed with it */
export async function startPage(shared?: Browser): Promise<PageStack> {
  const fal = await startSimulator({ retired: [] })
  const folder = mkdtempSync(path.join(tmpdir(), 'page-'))
  const served = await startServe(fal.url, { folder })
  const { url } = served
  const browser = shared ?? (await launchChromium())
  let last: Page | undefined
  return {
    fal,
    url,
    async visit(options) {
      const { key, gatewayUrl, alone = false, ...rest } = { key: ACCESS_KEY, ...options }
      const { viewport, colorScheme, ...own } = { ...USUAL, ...rest }
      const isUsual = !alone && Object.keys(own).length === 0
      const again = isUsual && last?.isClosed() === false ? last : undefined
      const page = again === undefined ? await openPage(browser, own) : await empty(again, url)
      last = isUsual ? page : undefined
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      fal.journal.clear()
      const watched = watch(page, url)
      if (gatewayUrl !== undefined) {
        await page.route(/\/(?:healthz|v1\/.*)$/, (route) =>
          route.continue({ url: route.request().url().replace(url, gatewayUrl) }),
        )
      }
      await page.goto(key === undefined ? url : `${url}/#key=${key}`)
      return { page, ...watched }
    },
    async close() {
      if (shared === undefined) await browser.close()
      served.kill('SIGKILL')
      await served.ended
      rmSync(folder, { recursive: true, force: true })
      await fal.close()
    },
  }
}

/** Below a test's own limit, so that a failure names what was waited for. */
const WAITING_MS = 60_000

/** What a tab can be told at any time. */
const USUAL = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } as const

/** In a browser of its own; those before are closed. */
async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  await Promise.all(browser.contexts().map((context) => context.close()))
  const context = await browser.newContext({
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
    // Without a graphics card what moves while a job waits is painted by the CPU, which the gateway needs.
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(WAITING_MS)
  // And what is behind a dialog is blurred by it: half of what opening one costs.
  await context.addInitScript(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('*, ::backdrop { backdrop-filter: none !important }')
    document.adoptedStyleSheets.push(sheet)
  })
  return context.newPage()
}

/**
 * Nothing is left of the last visit: what it showed, what it waited for, and what it had stored. A browser of its own
 * would cost each twice what loading the page does.
 */
async function empty(page: Page, url: string): Promise<Page> {
  for (const watched of ['console', 'pageerror', 'request']) page.removeAllListeners(watched)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  // Of the same origin, or the next document would get a process of its own.
  await page.goto(`${url}/healthz`)
  await page.mouse.move(0, 0)
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'all' })
  await session.detach()
  return page
}

function watch(page: Page, url: string): Omit<Visit, 'page'> {
  const complaints: string[] = []
  const foreign: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const address = request.url()
    if (/^https?:/.test(address) && !address.startsWith(`${url}/`)) foreign.push(address)
  })
  return { complaints, foreign }
}
