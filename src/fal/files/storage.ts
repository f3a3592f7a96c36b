import * as z from 'zod/mini'

import { ProblemError, type Problem } from '../../job/problem.ts'
import { parseJson } from '../../lib/json.ts'
import { once } from '../../lib/once.ts'
import { isPublicUrl } from '../../lib/public-url.ts'
import type { MediaStorage, StoredParts } from '../../ports/media-storage.ts'
import { readFalFailure, toProblem } from '../failure.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
import { restKey, type FalKey, type KeyPool } from '../key-pool.ts'

const initiated = once(() => z.object({ upload_url: z.string(), file_url: z.string() }))
const storedPart = once(() => z.object({ etag: z.string() }))

/** Uploads cost nothing, so they are repeated. */
const ATTEMPTS = 3
/** 10 MB take less than a second between two data centres. */
const UPLOAD_TIMEOUT_MS = 60_000

/**
 * fal's own storage (fal API reference §6). The upload goes to an address that fal signed, without the key.
 *
 * @param loopback whether fal is configured on loopback, so that uploads may go there
 */
export function createFalStorage(
  access: FalAccess,
  pool: KeyPool,
  loopback: boolean,
): MediaStorage {
  const ask = (way: string, contentType: string, key: FalKey): Promise<Response> =>
    callFal(access, {
      method: 'POST',
      url: `${access.hosts.restUrl}/storage/upload/${way}?storage_type=fal-cdn-v3`,
      key: key.value,
      body: {
        content_type: contentType,
        file_name: `${nameOf(contentType)}.${extensionOf(contentType)}`,
      },
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    })
  const initiate = async (
    way: string,
    contentType: string,
  ): Promise<z.infer<ReturnType<typeof initiated>>> => {
    const response = await withEachKey(pool, (key) =>
      repeat(() => ask(way, contentType, key), toRefusal),
    )
    const parsed = initiated().safeParse(parseJson(await response.text()))
    if (!parsed.success || !isPublicUrl(parsed.data.upload_url, loopback)) throw failed()
    return parsed.data
  }
  const send = async (
    url: string,
    bytes: readonly Uint8Array<ArrayBuffer>[],
    contentType?: string,
  ): Promise<Response> =>
    repeat(() =>
      access.fetch(url, {
        method: 'PUT',
        body: ofKnownLength(bytes),
        redirect: 'manual',
        signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
        ...(contentType !== undefined && { headers: { 'content-type': contentType } }),
      }),
    )
  return {
    async store(bytes, contentType) {
      const { upload_url, file_url } = await initiate('initiate', contentType)
      await (await send(upload_url, bytes, contentType)).body?.cancel()
      return file_url
    },
    async begin(contentType) {
      const { upload_url, file_url } = await initiate('initiate-multipart', contentType)
      return toParts(upload_url, file_url, access, send)
    },
  }
}

/** Tries the keys in turn, as a submit does, until one is not refused. */
async function withEachKey<Value>(
  pool: KeyPool,
  attempt: (key: FalKey) => Promise<Value>,
): Promise<Value> {
  let refusal = failed()
  for (const key of await pool.peek()) {
    try {
      return await attempt(key)
    } catch (error) {
      if (!(error instanceof ProblemError) || !isAboutKey(error.problem)) throw error
      restKey(pool, key, error.problem)
      refusal = error
    }
  }
  throw refusal
}

function isAboutKey({ kind }: Problem): boolean {
  return kind === 'upstream_auth_failed' || kind === 'quota_exhausted'
}

/** The parts of one upload: `PUT {url}/{n}`, then `POST {url}/complete`. */
function toParts(
  uploadUrl: string,
  fileUrl: string,
  access: FalAccess,
  send: (url: string, bytes: readonly Uint8Array<ArrayBuffer>[]) => Promise<Response>,
): StoredParts {
  const { origin, pathname, search } = new URL(uploadUrl)
  const parts: { partNumber: number; etag: string }[] = []
  return {
    async add(bytes) {
      const partNumber = parts.length + 1
      const response = await send(`${origin}${pathname}/${partNumber}${search}`, bytes)
      const parsed = storedPart().safeParse(parseJson(await response.text()))
      const etag = parsed.success ? parsed.data.etag : response.headers.get('etag')
      if (etag === null) throw failed()
      parts.push({ partNumber, etag })
    },
    async finish() {
      const response = await repeat(() =>
        access.fetch(`${origin}${pathname}/complete${search}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ parts }),
          redirect: 'manual',
          signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
        }),
      )
      await response.body?.cancel()
      return fileUrl
    },
  }
}

/** Signed storage addresses want a length, and pieces are sent as they are, without a copy. */
function ofKnownLength(bytes: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array> {
  const length = bytes.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const { readable, writable } = new FixedLengthStream(length)
  const writer = writable.getWriter()
  const write = async (): Promise<void> => {
    for (const piece of bytes) await writer.write(piece)
    await writer.close()
  }
  // A broken connection shows at the request that reads.
  void write().catch(() => undefined)
  return readable
}

/** @param toFault what is made of an answer that is no use to ask for again */
async function repeat(
  request: () => Promise<Response>,
  toFault: (response: Response) => Promise<ProblemError> = toFailure,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await request()
      if (response.ok) return response
      if (response.status < 500 && response.status !== 429) throw await toFault(response)
      await response.body?.cancel()
    } catch (error) {
      if (error instanceof ProblemError) throw error
    }
    if (attempt === ATTEMPTS) throw failed()
  }
}

async function toFailure({ body }: Response): Promise<ProblemError> {
  await body?.cancel()
  return failed()
}

/** fal knows the key here, and says of it what it says when a job is submitted. */
async function toRefusal(response: Response): Promise<ProblemError> {
  const { status, headers } = response
  if (status !== 401 && status !== 403) return toFailure(response)
  return new ProblemError(toProblem(readFalFailure(status, headers, await response.text()), 'no'))
}

function failed(): ProblemError {
  return new ProblemError({
    kind: 'upstream_failed',
    charged: 'no',
    reason: 'the file could not be uploaded',
  })
}

function nameOf(contentType: string): string {
  return contentType.startsWith('image/') ? 'picture' : 'recording'
}

/** Endings that are not what stands behind the slash. */
const ENDINGS: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3', 'audio/mp4': 'm4a' }

function extensionOf(contentType: string): string {
  return ENDINGS[contentType] ?? /^(?:image|audio|video)\/(\w+)/.exec(contentType)?.[1] ?? 'bin'
}
