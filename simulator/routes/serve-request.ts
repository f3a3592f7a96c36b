import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Simulation } from '../simulation.ts'
import { serveCdn } from './cdn-routes.ts'
import { replyJson, ReplyError, type Exchange } from './exchange.ts'
import { serveJournal } from './journal-routes.ts'
import { serveOpenApi, servePlatform } from './platform-routes.ts'
import { serveQueue } from './queue-routes.ts'
import { serveRun } from './run-routes.ts'
import { serveMultipart, serveRest } from './storage-routes.ts'

type Serve = (exchange: Exchange, simulation: Simulation, path: string) => Promise<void> | void

/** fal's hosts, each below a prefix of its own. */
const HOSTS: readonly (readonly [string, Serve])[] = [
  ['/queue/', serveQueue],
  ['/run/', serveRun],
  ['/rest/', serveRest],
  ['/api/v1/', servePlatform],
  ['/api/openapi/queue/', serveOpenApi],
  ['/cdn/multipart/', serveMultipart],
  ['/cdn/files/', serveCdn],
  ['/__journal', serveJournal],
]

function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  simulation: Simulation,
): Exchange {
  const base = `http://${request.headers.host ?? '127.0.0.1'}`
  const url = new URL(`${base}${request.url ?? '/'}`)
  const { journal } = simulation
  const opening = {
    kind: 'other' as const,
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
  }
  // Whoever reads the journal does not want to read of that.
  const own = url.pathname.startsWith('/__journal')
  const entry = own ? journal.sketch(opening) : journal.open(opening)
  if (!own) journal.requestOpened()
  response.once('close', () => {
    if (!own) journal.requestClosed()
    if (response.headersSent) entry.status = response.statusCode
    entry.closedEarly = !response.writableFinished
  })
  return { request, response, url, base, entry }
}

function replyFailure(exchange: Exchange, error: unknown): void {
  if (exchange.response.destroyed || exchange.response.headersSent) {
    exchange.response.destroy()
    return
  }
  const reply =
    error instanceof ReplyError
      ? error.reply
      : { status: 500, body: { detail: `Simulator error: ${String(error)}` } }
  replyJson(exchange, reply)
  exchange.request.resume()
}

async function route(exchange: Exchange, simulation: Simulation): Promise<void> {
  const { pathname } = exchange.url
  const host = HOSTS.find(([prefix]) => pathname.startsWith(prefix))
  if (!host) throw new ReplyError(404, { detail: `Path ${pathname} not found` })
  const [prefix, serve] = host
  await serve(exchange, simulation, pathname.slice(prefix.length))
}

/** Answers one request; whatever goes wrong stays inside it. */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  simulation: Simulation,
): Promise<void> {
  if (!URL.canParse(`http://${request.headers.host ?? ''}${request.url ?? ''}`)) {
    response.writeHead(400).end()
    return
  }
  const exchange = openExchange(request, response, simulation)
  try {
    await route(exchange, simulation)
  } catch (error) {
    replyFailure(exchange, error)
  }
}
