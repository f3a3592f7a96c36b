import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import {
  paddedChunks,
  paddedLength,
  paddedSlice,
  padPicture,
  type PaddedFile,
} from '../media/padding.ts'
import type { Picture } from '../media/pictures.ts'
import type { Simulation } from '../simulation.ts'
import { readBytes, replyJson, ReplyError, type Exchange } from './exchange.ts'
import { serveDirectUpload } from './storage-routes.ts'

/** The fault `cdn:slow` spreads the file over this time. */
const SLOW_MS = 2000
const SLOW_PARTS = 20

const missing = (place: string): ReplyError =>
  new ReplyError(404, { detail: `File ${place} not found` })

const whole = (bytes: Buffer): PaddedFile => ({
  head: bytes,
  unit: Buffer.alloc(0),
  times: 0,
  tail: Buffer.alloc(0),
})

interface Served {
  readonly file: PaddedFile
  readonly contentType: string
  readonly wish: string | undefined
}

async function prepare(simulation: Simulation, picture: Picture, wish: string | undefined) {
  const { spec, bytes } = picture
  const drawn = await simulation.pictures.draw(spec)
  const file = bytes === undefined ? whole(drawn) : padPicture(drawn, spec.format, bytes)
  return { file, contentType: `image/${spec.format}`, wish }
}

async function findFile(simulation: Simulation, place: string): Promise<Served> {
  const stored = simulation.files.find(place)
  if (stored) return { file: whole(stored.bytes), contentType: stored.contentType, wish: undefined }
  const picture = simulation.pictures.find(place)
  if (!picture) throw missing(place)
  const wish = picture.faults.take('cdn')
  if (wish !== undefined && /^\d/.test(wish)) {
    throw new ReplyError(Number(wish), { detail: `File ${place} not available` })
  }
  return prepare(simulation, picture, wish)
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

function toBody(simulation: Simulation, { file, wish }: Served): Readable {
  if (wish === 'break') return Readable.from(firstHalf(file))
  if (wish !== 'slow') return Readable.from(paddedChunks(file))
  return Readable.from(slowly(file, simulation.timers.pause))
}

/** `bytes=a-b`, `bytes=a-`, `bytes=-n`. */
function readRange(
  header: string | undefined,
  length: number,
): readonly [number, number] | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(0, length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1)
  return start <= end ? [start, end] : undefined
}

async function replyRange(
  exchange: Exchange,
  served: Served,
  [start, end]: readonly [number, number],
): Promise<void> {
  exchange.response.writeHead(206, {
    'content-type': served.contentType,
    'content-length': end - start + 1,
    'content-range': `bytes ${start}-${end}/${paddedLength(served.file)}`,
    'access-control-allow-origin': '*',
  })
  await pipeline(Readable.from(paddedSlice(served.file, start, end + 1)), exchange.response)
}

async function send(exchange: Exchange, simulation: Simulation, served: Served): Promise<void> {
  const { response, request } = exchange
  const { file, wish, contentType } = served
  const length = paddedLength(file)
  const range = wish ? undefined : readRange(request.headers.range, length)
  if (range) return replyRange(exchange, served, range)
  response.writeHead(200, {
    'content-type': contentType,
    ...(wish !== 'chunked' && { 'content-length': length }),
    'access-control-allow-origin': '*',
    'accept-ranges': 'bytes',
  })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  await pipeline(toBody(simulation, served), response, { end: wish !== 'break' })
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

/** v3.fal.media: pictures and uploads, for everybody who knows the address. */
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
