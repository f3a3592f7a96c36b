import { createHash, randomBytes } from 'node:crypto'

import { isJsonObject } from '../json.ts'

interface StoredFile {
  readonly bytes: Buffer
  readonly contentType: string
}

interface KeptFile extends StoredFile {
  /** With its quotation marks. */
  readonly etag: string
}

export interface Files {
  /** A free place below `/cdn/files/` for a file of that name, which is there for so many seconds. */
  reserve(name: string, seconds?: number): string
  isReserved(place: string): boolean
  put(place: string, file: StoredFile): void
  find(place: string): KeptFile | undefined
  /** Keeps one part of a file, numbered from 1; its etag. */
  putPart(place: string, part: number, bytes: Buffer): string
  /** Makes the file of its parts; false when one is missing or was not the one that is named. */
  join(place: string, contentType: string, parts: readonly unknown[]): boolean
}

interface Part {
  readonly etag: string
  readonly bytes: Buffer
}

const MAX_HELD_BYTES = 512 * 1024 ** 2
const MAX_RESERVED = 20_000

function findPart(parts: ReadonlyMap<number, Part>, named: unknown): Part | undefined {
  if (!isJsonObject(named) || typeof named['partNumber'] !== 'number') return undefined
  const part = parts.get(named['partNumber'])
  return part?.etag === named['etag'] ? part : undefined
}

interface Places extends Pick<Files, 'reserve' | 'isReserved'> {
  isOver(place: string): boolean
}

function createPlaces(): Places {
  /** place -> when its file is gone, in ms since the epoch */
  const reserved = new Map<string, number>()
  return {
    reserve(name, seconds = Number.POSITIVE_INFINITY) {
      const place = `b/${randomBytes(12).toString('base64url')}/${encodeURIComponent(name)}`
      reserved.set(place, Date.now() + seconds * 1000)
      const [oldest] = reserved.keys()
      if (reserved.size > MAX_RESERVED && oldest !== undefined) reserved.delete(oldest)
      return place
    },
    isReserved: (place) => reserved.has(place),
    isOver: (place) => Date.now() >= (reserved.get(place) ?? Number.POSITIVE_INFINITY),
  }
}

function createStore(): Pick<Files, 'put' | 'find'> {
  const stored = new Map<string, KeptFile>()
  let held = 0
  return {
    put(place, file) {
      held += file.bytes.length - (stored.get(place)?.bytes.length ?? 0)
      stored.set(place, { ...file, etag: `"${randomBytes(16).toString('hex')}"` })
      for (const [old, { bytes }] of stored) {
        if (held <= MAX_HELD_BYTES) break
        stored.delete(old)
        held -= bytes.length
      }
    },
    find: (place) => stored.get(place),
  }
}

/** What was uploaded; the oldest files go when it becomes too much. */
export function createFiles(): Files {
  const places = createPlaces()
  const store = createStore()
  const unfinished = new Map<string, Map<number, Part>>()
  return {
    reserve: places.reserve,
    isReserved: places.isReserved,
    put: store.put,
    find: (place) => (places.isOver(place) ? undefined : store.find(place)),
    putPart(place, part, bytes) {
      const etag = `"${createHash('md5').update(bytes).digest('hex')}"`
      const parts = unfinished.get(place) ?? new Map<number, Part>()
      unfinished.set(place, parts.set(part, { etag, bytes }))
      return etag
    },
    join(place, contentType, named) {
      const parts = unfinished.get(place) ?? new Map<number, Part>()
      const found = named.flatMap((part) => findPart(parts, part) ?? [])
      if (found.length === 0 || found.length !== named.length) return false
      unfinished.delete(place)
      store.put(place, { bytes: Buffer.concat(found.map(({ bytes }) => bytes)), contentType })
      return true
    },
  }
}
