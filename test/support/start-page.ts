import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { launchChromium } from './browser.ts'
import { freePort, runNpm } from './run-npm.ts'
import { ACCESS_KEY } from './start-gateway.ts'
import { until } from './start-stack.ts'

/** The page at `/` in a real browser, served as `npm start` serves it, before the pretend fal. */
export interface PageStack {
  readonly fal: Simulator
  /** The gateway's origin, without a slash at the end. */
  readonly url: string
  /**
   * A visit in a browser of its own, with the access key entered unless said otherwise. It ends when the next
   * one begins.
   */
  visit(options?: VisitOptions): Promise<RequestContext>
  close(): Promise<void>
}

interface VisitOptions extends BrowserContextOptions {
  /** `undefined`: none is entered. */
  readonly key?: string | undefined
}

interface RequestContext {
  readonly page: Page
  /** What the browser complained of. */
  readonly complaints: readonly string[]
  /** Requests that went anywhere but to the gateway. */
  readonly foreign: readonly string[]
}

/** @param env further variables of the gateway, or others than the usual ones; an empty text takes one away */
export async function startPage(env: Readonly<Record<string, string>> = {}): Promise<PageStack> {
  const fal = await startSimulator({ retired: [] })
  const port = await freePort()
  const script = runNpm(['start', '--', '--port', String(port)], {
    WORKER_ACCESS_KEY: ACCESS_KEY,
    FAL_API_KEY: 'test-id:test-secret',
    FAL_QUEUE_URL: `${fal.url}/queue`,
    FAL_RUN_URL: `${fal.url}/run`,
    FAL_REST_URL: `${fal.url}/rest`,
    FAL_API_URL: `${fal.url}/api/v1`,
    ...env,
  })
  await until(() => script.output().includes('Ready on'), STARTING_SECONDS).catch(
    (error: unknown) => {
      throw new Error(`npm start did not start:\n${script.output()}`, { cause: error })
    },
  )
  const url = `http://localhost:${port}`
  const browser = await launchChromium()
  return {
    fal,
    url,
    async visit(options) {
      await Promise.all(browser.contexts().map((context) => context.close()))
      return visit(browser, url, options)
    },
    async close() {
      await browser.close()
      await script.stop()
      await fal.close()
    },
  }
}

const STARTING_SECONDS = 50
/** Below a test's own limit, so that a failure names what was waited for. */
const WAITING_MS = 15_000

async function visit(
  browser: Browser,
  url: string,
  options: VisitOptions = {},
): Promise<RequestContext> {
  const { key, ...rest } = { key: ACCESS_KEY, ...options }
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
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
  await page.goto(key === undefined ? url : `${url}/#key=${key}`)
  return { page, complaints, foreign }
}
