import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

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
   * A visit in a browser of its own, with the access key entered unless said otherwise. It ends when the next
   * one begins, which clears the pretend fal's journal.
   */
  visit(options?: VisitOptions): Promise<Visit>
  close(): Promise<void>
}

export interface VisitOptions extends BrowserContextOptions {
  /** `undefined`: none is entered. */
  readonly key?: string | undefined
  /** The page's requests go to this gateway instead, without a slash at the end: one of other settings. */
  readonly gatewayUrl?: string
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
  return {
    fal,
    url,
    async visit(options) {
      await Promise.all(browser.contexts().map((context) => context.close()))
      fal.journal.clear()
      return visit(browser, url, options)
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

async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const { key, gatewayUrl, ...rest } = { key: ACCESS_KEY, ...options }
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // Without a graphics card what moves while a job waits is painted by the CPU, which the gateway needs.
    reducedMotion: 'reduce',
    ...rest,
  })
  context.setDefaultTimeout(WAITING_MS)
  const page = await context.newPage()
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
  if (gatewayUrl !== undefined) {
    await page.route(/\/(?:healthz|v1\/.*)$/, (route) =>
      route.continue({ url: route.request().url().replace(url, gatewayUrl) }),
    )
  }
  await page.goto(key === undefined ? url : `${url}/#key=${key}`)
  return { page, complaints, foreign }
}
