import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

import type { Preferences } from './preferences.ts'

export type JournalKind =
  | 'submit'
  | 'status'
  | 'status-stream'
  | 'result'
  | 'cancel'
  | 'run'
  | 'stream'
  | 'cdn'
  | 'upload'
  | 'models'
  | 'pricing'
  | 'openapi'
  | 'meta'
  | 'jwks'
  | 'webhook-delivery'
  | 'other'

export interface JournalEntry {
  /** Position since the start or the last `clear()`. */
  readonly index: number
  /** ISO 8601. */
  readonly time: string
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number
  readonly kind: JournalKind
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  readonly endpoint?: string
  readonly requestId?: string
  readonly keyId?: string
  /** Parsed JSON; of a body over 64 KB, or one that is not JSON, its length and SHA-256. */
  readonly body?: unknown
  /** Absent while the answer has not begun. */
  readonly status?: number
  /** The connection ended before the answer was complete. */
  readonly closedEarly: boolean
}

/** A job as it stands now; the object changes while the job goes on. */
export interface JournalJob {
  readonly id: string
  readonly endpoint: string
  readonly kind: 'queue' | 'run' | 'stream'
  readonly keyId: string
  readonly input: unknown
  /** What its headers asked of fal's platform. */
  readonly preferences: Preferences
  readonly state: 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED'
  /** The HTTP status of the result, once there is one. */
  readonly outcome?: number
  /** Of an infrastructure failure, or `client_cancelled`. */
  readonly errorType?: string
  readonly statusReads: number
  readonly streams: number
  readonly resultReads: number
  readonly cancels: number
}

export interface Journal {
  entries(): readonly JournalEntry[]
  count(kind: JournalKind): number
  jobs(): readonly JournalJob[]
  /** Status streams that are open now. */
  openStreams(): number
  /** Requests of every kind whose answer is not complete and whose connection is open; not those to the journal. */
  openRequests(): number
  /** Forgets entries, jobs and how often a fault with `*N` has struck. Jobs that run go on. */
  clear(): void
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
export type JournalDraft = Writable<JournalEntry>
export type JobRecord = Writable<JournalJob>

type Opening = Omit<JournalEntry, 'index' | 'time' | 'at' | 'closedEarly'>

export interface WritableJournal extends Journal {
  open(entry: Opening): JournalDraft
  /** An entry that is not kept. */
  sketch(entry: Opening): JournalDraft
  addJob(job: JobRecord): JobRecord
  streamOpened(): void
  streamClosed(): void
  requestOpened(): void
  requestClosed(): void
}

const MAX_ENTRIES = 20_000
const MAX_BODY = 64 * 1024

const shorten = (bytes: Buffer) => ({
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

/** What the journal keeps of a body. */
export function toJournalBody(bytes: Buffer, parsed: unknown): unknown {
  if (bytes.length === 0) return undefined
  return bytes.length > MAX_BODY || parsed === undefined ? shorten(bytes) : parsed
}

/** A job's input with its long strings (data URIs) replaced by length and hash. */
export function toJournalInput(input: unknown): unknown {
  const text = JSON.stringify(input)
  if (text.length <= MAX_BODY) return input
  const shortened: unknown = JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' && value.length > 1024 ? shorten(Buffer.from(value)) : value,
  )
  return shortened
}

function dropOldest(list: unknown[]): void {
  // In blocks: shifting one by one would copy the array at every request.
  if (list.length > MAX_ENTRIES * 1.1) list.splice(0, list.length - MAX_ENTRIES)
}

function toDraft(entry: Opening, index: number): JournalDraft {
  const at = performance.timeOrigin + performance.now()
  return { ...entry, index, time: new Date(at).toISOString(), at, closedEarly: false }
}

export function createJournal(onClear: () => void): WritableJournal {
  const entries: JournalDraft[] = []
  const jobs: JobRecord[] = []
  let opened = 0
  let streams = 0
  let requests = 0
  return {
    entries: () => entries.slice(-MAX_ENTRIES),
    count: (kind) => entries.filter((entry) => entry.kind === kind).length,
    jobs: () => jobs.slice(-MAX_ENTRIES),
    openStreams: () => streams,
    openRequests: () => requests,
    clear() {
      entries.length = 0
      jobs.length = 0
      opened = 0
      onClear()
    },
    sketch: (entry) => toDraft(entry, opened),
    open(entry) {
      const draft = toDraft(entry, opened)
      opened += 1
      entries.push(draft)
      dropOldest(entries)
      return draft
    },
    addJob(job) {
      jobs.push(job)
      dropOldest(jobs)
      return job
    },
    streamOpened: () => {
      streams += 1
    },
    streamClosed: () => {
      streams -= 1
    },
    requestOpened: () => {
      requests += 1
    },
    requestClosed: () => {
      requests -= 1
    },
  }
}
