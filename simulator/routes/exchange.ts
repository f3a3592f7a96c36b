import { randomUUID } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

import { isJsonObject, parseJson, toJson, type JsonObject } from '../json.ts'
import { toJournalBody, type JournalDraft } from '../queue/journal.ts'

/** One request, its answer, and what the journal says about both. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  /** `http://127.0.0.1:PORT`, as the caller named us. */
  readonly base: string
  readonly entry: JournalDraft
}

export interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: OutgoingHttpHeaders
}

/** Ends a request early with an answer. */
export class ReplyError extends Error {
  readonly reply: Reply
  constructor(status: number, body: unknown, headers: OutgoingHttpHeaders = {}) {
    super(`HTTP ${status}`)
    this.reply = { status, body, headers }
  }
}

/** fal's request ids look like UUIDs; a fresh one unless the answer belongs to a job. */
const requestIdOf = (exchange: Exchange): string => exchange.entry.requestId ?? randomUUID()

export function replyJson(exchange: Exchange, { status, body, headers }: Reply): void {
  const bytes = Buffer.from(toJson(body))
  exchange.response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    'x-fal-request-id': requestIdOf(exchange),
    ...headers,
  })
  exchange.response.end(exchange.request.method === 'HEAD' ? undefined : bytes)
}

/** The page of fal's ingress: no request id, and "nginx" in the text. */
export function replyNginx(exchange: Exchange, status: number, title: string): void {
  const heading = `${status} ${title}`
  const page = `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
  exchange.response.writeHead(status, {
    'content-type': 'text/html',
    'content-length': Buffer.byteLength(page),
  })
  exchange.response.end(page)
}

export function startEventStream(exchange: Exchange): void {
  exchange.response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-fal-request-id': requestIdOf(exchange),
  })
  exchange.response.flushHeaders()
}

export const sendEvent = (exchange: Exchange, data: unknown): boolean =>
  exchange.response.write(`data: ${toJson(data)}\n\n`)

export async function readBytes(exchange: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of exchange.request) {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const parsed = bytes.length > 64 * 1024 ? undefined : parseJson(bytes.toString('utf8'))
  exchange.entry.body = toJournalBody(bytes, parsed)
  return bytes
}

/** A body that is not a JSON object is refused at once: it never reaches the queue. */
export async function readJsonBody(exchange: Exchange): Promise<JsonObject> {
  const bytes = await readBytes(exchange)
  const body = bytes.length === 0 ? {} : parseJson(bytes.toString('utf8'))
  if (isJsonObject(body)) return body
  throw new ReplyError(422, {
    detail: [{ loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid', input: {} }],
  })
}

/** No answer at all: the socket closes. */
export function cutConnection(exchange: Exchange): void {
  exchange.request.socket.destroy()
}
