import { readLifecycle } from '../queue/preferences.ts'
import type { Simulation } from '../simulation.ts'
import { authenticate } from './authenticate.ts'
import { readBytes, readJsonBody, replyJson, ReplyError, type Exchange } from './exchange.ts'

const LIFECYCLE = 'x-fal-object-lifecycle'

function reserve({ request }: Exchange, { files }: Simulation, name: unknown): string {
  const lifecycle = readLifecycle([request.headers[LIFECYCLE]].flat()[0])
  if (!lifecycle) throw new ReplyError(400, { detail: `Invalid value of the header ${LIFECYCLE}` })
  const known = typeof name === 'string' && name !== '' ? name : 'file.bin'
  return files.reserve(known, lifecycle.seconds)
}

/** `{upload_url, file_url}`: the file goes to the first and is then read at the second. */
async function initiate(
  exchange: Exchange,
  simulation: Simulation,
  uploads: string,
): Promise<void> {
  authenticate(exchange, simulation, true)
  const { file_name, content_type } = await readJsonBody(exchange)
  const place = reserve(exchange, simulation, file_name)
  const type = typeof content_type === 'string' ? content_type : 'application/octet-stream'
  const upload = `${exchange.base}/cdn/${uploads}/${place}?content_type=${encodeURIComponent(type)}`
  const body = { upload_url: upload, file_url: `${exchange.base}/cdn/files/${place}` }
  replyJson(exchange, { status: 200, body })
}

const DAY_MS = 86_400_000

/** The way of the Python client: a token, with which it then speaks to the CDN itself. */
function giveToken(exchange: Exchange, simulation: Simulation): void {
  const keyId = authenticate(exchange, simulation, true)
  const expires_at = new Date(Date.now() + DAY_MS).toISOString()
  const token = Buffer.from(`simulated ${keyId}`).toString('base64url')
  const body = { token, token_type: 'Bearer', base_url: `${exchange.base}/cdn`, expires_at }
  replyJson(exchange, { status: 200, body })
}

/** rest.fal.ai: uploads, and the public keys of webhooks. */
export async function serveRest(
  exchange: Exchange,
  simulation: Simulation,
  path: string,
): Promise<void> {
  const route = `${exchange.request.method} ${path}`
  exchange.entry.kind = 'upload'
  if (route === 'POST storage/upload/initiate') return initiate(exchange, simulation, 'files')
  if (route === 'POST storage/upload/initiate-multipart')
    return initiate(exchange, simulation, 'multipart')
  if (route === 'POST storage/auth/token') return giveToken(exchange, simulation)
  exchange.entry.kind = 'jwks'
  if (route === 'GET .well-known/jwks.json') {
    const headers = { 'cache-control': 'public, max-age=86400' }
    return replyJson(exchange, { status: 200, body: simulation.webhookKeys.jwks(), headers })
  }
  exchange.entry.kind = 'other'
  throw new ReplyError(404, { detail: `Path /${path} not found` })
}

async function storePart(exchange: Exchange, simulation: Simulation, place: string, part: number) {
  const bytes = await readBytes(exchange)
  const etag = simulation.files.putPart(place, part, bytes)
  replyJson(exchange, { status: 200, body: { partNumber: part, etag }, headers: { etag } })
}

async function completeParts(
  exchange: Exchange,
  simulation: Simulation,
  place: string,
): Promise<void> {
  const { parts } = await readJsonBody(exchange)
  const contentType = exchange.url.searchParams.get('content_type') ?? 'application/octet-stream'
  if (!Array.isArray(parts) || !simulation.files.join(place, contentType, parts)) {
    throw new ReplyError(400, { detail: 'Parts are missing or their etags do not match' })
  }
  replyJson(exchange, { status: 200, body: {} })
}

/** The upload address of a file in parts: `PUT …/{n}`, then `POST …/complete`. */
export async function serveMultipart(
  exchange: Exchange,
  simulation: Simulation,
  path: string,
): Promise<void> {
  exchange.entry.kind = 'upload'
  const [, place = '', last = ''] = /^(.+)\/(\d+|complete)$/.exec(path) ?? []
  if (!simulation.files.isReserved(place)) throw new ReplyError(404, { detail: 'Upload not found' })
  const { method } = exchange.request
  if (method === 'PUT' && last !== 'complete')
    return storePart(exchange, simulation, place, Number(last))
  if (method === 'POST' && last === 'complete') return completeParts(exchange, simulation, place)
  throw new ReplyError(405, { detail: 'Method Not Allowed' }, { allow: 'PUT, POST' })
}

/** `POST /cdn/files/upload`, the Python client's direct upload. */
export async function serveDirectUpload(exchange: Exchange, simulation: Simulation): Promise<void> {
  exchange.entry.kind = 'upload'
  if (!exchange.request.headers.authorization?.startsWith('Bearer ')) {
    throw new ReplyError(401, { detail: 'Invalid token' })
  }
  const place = reserve(exchange, simulation, exchange.request.headers['x-fal-file-name'])
  const bytes = await readBytes(exchange)
  const contentType = exchange.request.headers['content-type'] ?? 'application/octet-stream'
  simulation.files.put(place, { bytes, contentType })
  replyJson(exchange, { status: 200, body: { access_url: `${exchange.base}/cdn/files/${place}` } })
}
