import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { build } from 'esbuild'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'

/**
 * Where Debian and Ubuntu put it. The shell is the same browser without windows, tabs and menus of its own, which
 * cost a third of a test's CPU where nobody sees them.
 */
const USUAL_PATHS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** The Chromium of this machine, by `CHROMIUM_PATH` or at a usual place. */
function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  return (named === undefined ? USUAL_PATHS : [named]).find((file) => {
    try {
      accessSync(file, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Why tests with a browser are left out here; undefined where they run. In CI they always run, and fail without one. */
export function browserTestsLeftOut(): string | undefined {
  if (findChromium() !== undefined || process.env['CI'] === 'true') return undefined
  return `${noChromium()}: tests with a browser are left out (set CHROMIUM_PATH).`
}

function noChromium(): string {
  return `No Chromium at ${process.env['CHROMIUM_PATH'] ?? USUAL_PATHS.join(' or ')}`
}

/** Starts a browser without a window that asks nobody on the internet for anything. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) {
    throw new Error(`${noChromium()}; set CHROMIUM_PATH`)
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      // Our own pages only, and root may not use the sandbox.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A web server with one page, whose script is made of a TypeScript file. */
export interface Site {
  /** `http://127.0.0.1:PORT`, an origin of its own. */
  readonly origin: string
  close(): Promise<void>
}

/**
 * Serves a page whose script is a module with all its packages, as a bundler makes them for the web.
 *
 * @param entry the file; what it exports is found in the page as `page`
 */
export async function servePage(entry: string): Promise<Site> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'page',
    target: 'es2024',
    logLevel: 'error',
  })
  const script = outputFiles[0]?.text ?? ''
  const server = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
    } else if (request.url === '/' || request.url === '/?left') {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!doctype html><title>a page</title><script src="/page.js"></script>')
    } else {
      response.writeHead(404).end()
    }
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(portOf(server.address()))
    })
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

/** A preflight that the browser made by itself, and how it was answered. */
export interface Preflight {
  readonly url: string
  readonly status: number
}

/** Watches the preflights of a page, which neither the page nor Playwright's own events show. */
export async function watchPreflights(page: Page): Promise<readonly Preflight[]> {
  const seen: Preflight[] = []
  const session: CDPSession = await page.context().newCDPSession(page)
  session.on('Network.responseReceived', ({ type, response }) => {
    if (type === 'Preflight') seen.push({ url: response.url, status: response.status })
  })
  await session.send('Network.enable')
  return seen
}
