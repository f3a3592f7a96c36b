import type { MediaBucket, StoredCopy } from '../../src/ports/media-bucket.ts'

/** A folder of this machine: GET, HEAD, PUT. A PUT is written beside the file and takes its place when it is whole. */
type Folder = Pick<Fetcher, 'fetch'>

/**
 * R2's place on a machine of one's own: each copy is a file. Its type is not kept, because the ending in a
 * picture's link tells it.
 */
export function createFolderBucket(folder: Folder): MediaBucket {
  return {
    async head(name) {
      const response = await folder.fetch(urlOf(name), { method: 'HEAD' })
      return response.status === 200 ? { size: sizeOf(response) } : null
    },
    async get(name, options) {
      const headers: HeadersInit = options === undefined ? {} : { range: toHeader(options.range) }
      const response = await folder.fetch(urlOf(name), { headers })
      const { status, body } = response
      if (body === null || (status !== 200 && status !== 206)) {
        await body?.cancel()
        return null
      }
      const stored: StoredCopy = { size: sizeOf(response) }
      return { ...stored, body }
    },
    async put(name, value) {
      const response = await folder.fetch(urlOf(name), { method: 'PUT', body: value })
      if (!response.ok) throw new Error(`the folder of copies answers ${response.status}`)
    },
  }
}

function urlOf(name: string): string {
  return `http://folder/${encodeURIComponent(name)}`
}

/** Of the whole file, whatever part of it is answered. */
function sizeOf({ headers }: Response): number {
  const whole = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
  return Number(whole ?? headers.get('content-length') ?? 0)
}

function toHeader(range: R2Range): string {
  if ('suffix' in range) return `bytes=-${range.suffix}`
  const { offset = 0, length } = range
  return length === undefined ? `bytes=${offset}-` : `bytes=${offset}-${offset + length - 1}`
}
