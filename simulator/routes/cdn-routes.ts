import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { contentTypeOf, knownLength, toEtag, type MediaItem } from '../media/media-store.ts'
import {
  paddedChunks,
  paddedLength,
  paddedSlice,
  whole,
  type PaddedFile,
} from '../media/padding.ts'
import type { Simulation } from '../simulation.ts'
import { decide, type CdnAnswer, type Stored } from './conditional.ts'
import { readBytes, replyJson, ReplyError, type Exchange } from './exchange.ts'
import { serveDirectUpload } from './storage-routes.ts'

/** The fault `cdn:slow` spreads the file over this time. */
const SLOW_MS = 2000
const SLOW_PARTS = 20

const missing = (place: string): ReplyError =>
  new ReplyError(404, { detail: `File ${place} not found` })

interface Served extends Stored {
  readonly contentType: string
  readonly wish: string | undefined
  read(): Promise<PaddedFile>
}

async function serveItem(
  { media }: Simulation,
  item: MediaItem,
  wish: string | undefined,
): Promise<Served> {
  const read = () => media.read(item)
  return {
    // Of a video it is known before it is encoded, so that HEAD encodes nothing.
    length: knownLength(item) ?? paddedLength(await read()),
    etag: toEtag(item),
    contentType: contentTypeOf(item.spec),
    wish,
    read,
  }
}

async function findFile(simulation: Simulation, place: string): Promise<Served> {
  const stored = simulation.files.find(place)
  if (stored) {
    const { bytes, contentType, etag } = stored
    const read = () => Promise.resolve(whole(bytes))
    return { length: bytes.length, etag, contentType, wish: undefined, read }
  }
  const item = simulation.media.find(place)
  if (!item || item.access === 'hide') throw missing(place)
  if (item.access === 'forbid') throw new ReplyError(403, { detail: 'Access denied' })
  const wish = item.faults.take('cdn')
  if (wish !== undefined && /^\d/.test(wish)) {
    throw new ReplyError(Number(wish), { detail: `File ${place} not available` })
  }
  return serveItem(simulation, item, wish)
}

async function* slowly(
  file: PaddedFile,
  wait: (ms: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  const step = Math.ceil(paddedLength(file) / SLOW_PARTS)
  for (const chunk of paddedChunks(file)) {
    for (let start = 0; start < chunk.length; start += step) {
      yield chunk.subarray(start, start + step)
      await wait(SLOW_MS / SLOW_PARTS)
    }
  }
}

function* firstHalf(file: PaddedFile): Generator<Buffer> {
  let left = Math.floor(paddedLength(file) / 2)
  for (const chunk of paddedChunks(file)) {
    if (left <= 0) return
    yield chunk.subarray(0, left)
    left -= chunk.length
  }
}

function toBody(simulation: Simulation, file: PaddedFile, wish: string | undefined): Readable {
  if (wish === 'break') return Readable.from(firstHalf(file))
  if (wish !== 'slow') return Readable.from(paddedChunks(file))
  return Readable.from(slowly(file, simulation.timers.pause))
}

function toHeaders({ length, etag, contentType, wish }: Served, answer: CdnAnswer) {
  const common = {
    etag,
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=31536000, immutable',
  }
  if (answer.status === 304 || answer.status === 412) return common
  if (answer.status === 416)
    return { ...common, 'content-range': `bytes */${length}`, 'content-length': 0 }
  const typed = { ...common, 'content-type': contentType }
  if (answer.status === 200)
    return wish === 'chunked' ? typed : { ...typed, 'content-length': length }
  const [start, end] = answer.range
  return {
    ...typed,
    'content-length': end - start + 1,
    'content-range': `bytes ${start}-${end}/${length}`,
  }
}

async function send(exchange: Exchange, simulation: Simulation, served: Served): Promise<void> {
  const { response, request } = exchange
  const { wish } = served
  // A file that shall arrive oddly arrives whole.
  const answer = decide(
    wish === undefined ? request : { method: request.method, headers: {} },
    served,
  )
  if (request.method === 'HEAD' || answer.status > 206) {
    response.writeHead(answer.status, toHeaders(served, answer)).end()
    return
  }
  const file = await served.read()
  response.writeHead(answer.status, toHeaders(served, answer))
  if (answer.status === 206) {
    const [start, end] = answer.range
    await pipeline(Readable.from(paddedSlice(file, start, end + 1)), response)
    return
  }
  await pipeline(toBody(simulation, file, wish), response, { end: wish !== 'break' })
  if (wish === 'break') response.destroy()
}

async function store(exchange: Exchange, simulation: Simulation, place: string): Promise<void> {
  exchange.entry.kind = 'upload'
  if (!simulation.files.isReserved(place)) throw missing(place)
  const bytes = await readBytes(exchange)
  const contentType = exchange.request.headers['content-type'] ?? 'application/octet-stream'
  simulation.files.put(place, { bytes, contentType })
  replyJson(exchange, { status: 200, body: {} })
}

/** v3.fal.media: what models made and what was uploaded, for everybody who knows the address. */
export async function serveCdn(
  exchange: Exchange,
  simulation: Simulation,
  place: string,
): Promise<void> {
  exchange.entry.kind = 'cdn'
  const { method } = exchange.request
  if (method === 'PUT') return store(exchange, simulation, place)
  if (method === 'POST' && place === 'upload') return serveDirectUpload(exchange, simulation)
  if (method !== 'GET' && method !== 'HEAD') {
    throw new ReplyError(405, { detail: 'Method Not Allowed' }, { allow: 'GET, HEAD' })
  }
  return send(exchange, simulation, await findFile(simulation, place))
}
