import type { MediaBucket, StoredCopy } from '../ports/media-bucket.ts'

/**
 * A copy as a web server would answer with it.
 *
 * @param range as in a request's header; undefined: all of it
 * @returns undefined: there is no copy, it cannot be had, or not in that range
 */
export async function openCopy(
  bucket: MediaBucket,
  name: string,
  range: string | undefined,
  onlyHead: boolean,
): Promise<Response | undefined> {
  try {
    if (onlyHead) {
      const found = await bucket.head(name)
      return found === null ? undefined : toResponse(found, null)
    }
    const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
    if (from + to === '') {
      const found = await bucket.get(name)
      return found === null ? undefined : toResponse(found, found.body)
    }
    const found = await bucket.get(name, { range: toRange(from, to) })
    return found === null ? undefined : toResponse(found, found.body, placeOf(from, to, found.size))
  } catch {
    return undefined
  }
}

function toRange(from: string, to: string): R2Range {
  if (from === '') return { suffix: Number(to) }
  const offset = Number(from)
  return to === '' ? { offset } : { offset, length: Number(to) + 1 - offset }
}

interface Place {
  readonly first: number
  readonly last: number
}

function placeOf(from: string, to: string, size: number): Place {
  if (from === '') return { first: Math.max(0, size - Number(to)), last: size - 1 }
  return { first: Number(from), last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

function toResponse(
  { size, httpMetadata }: StoredCopy,
  body: ReadableStream | null,
  place?: Place,
): Response {
  const headers = new Headers({ 'content-type': httpMetadata?.contentType ?? '' })
  headers.set('content-length', String(place === undefined ? size : place.last - place.first + 1))
  if (place !== undefined) {
    headers.set('content-range', `bytes ${place.first}-${place.last}/${size}`)
  }
  return new Response(body, { status: place === undefined ? 200 : 206, headers })
}
