import type { IncomingHttpHeaders } from 'node:http'

import { isJsonObject, parseJson } from '../json.ts'

const ACCESSES = ['allow', 'hide', 'forbid'] as const

/** How long a file is there, and for whom. */
export interface Lifecycle {
  /** Absent: for ever. */
  readonly seconds?: number
  /** What somebody without the owner's token gets: the file, 404 or 403. */
  readonly access: (typeof ACCESSES)[number]
}

/** What a request's headers ask of fal's platform, besides the model's own input. */
export interface Preferences {
  /** It must have begun by then. */
  readonly startTimeoutMs?: number
  readonly priority: 'normal' | 'low'
  /** Off: input and output are not kept. */
  readonly storeIo: boolean
  readonly lifecycle: Lifecycle
  readonly tags: Readonly<Record<string, string>>
  readonly noFallback: boolean
  readonly noRetry: boolean
  readonly runnerHint?: string
}

type Read = (name: string) => string | undefined

/** The header that holds what fal does not take. */
export interface WrongHeader {
  readonly wrong: string
}

const isOn = (value: string | undefined): boolean => /^(1|true|yes)$/i.test(value ?? '')
const isOff = (value: string | undefined): boolean => /^(0|false|no)$/i.test(value ?? '')

const START_TIMEOUT = 'x-fal-request-start-timeout'
/** The older name of the same. */
const OLD_TIMEOUT = 'x-fal-request-timeout'
const LEAST_TIMEOUT_SECONDS = 0.01

function readTimeout(read: Read): number | undefined | null {
  const text = read(START_TIMEOUT) ?? read(OLD_TIMEOUT)
  if (text === undefined) return undefined
  const seconds = Number(text)
  return seconds > LEAST_TIMEOUT_SECONDS ? seconds * 1000 : null
}

const PRIORITY = 'x-fal-queue-priority'

function readPriority(read: Read): 'normal' | 'low' | null {
  const text = read(PRIORITY) ?? 'normal'
  return text === 'normal' || text === 'low' ? text : null
}

/** `{"expiration_duration_seconds":N,"initial_acl":{"default":"allow"}}`; `undefined` when it is not that. */
export function readLifecycle(text: string | undefined): Lifecycle | undefined {
  if (text === undefined) return { access: 'allow' }
  const value = parseJson(text)
  if (!isJsonObject(value)) return undefined
  const { expiration_duration_seconds: seconds, initial_acl: acl } = value
  const access = isJsonObject(acl) ? (acl['default'] ?? 'allow') : 'allow'
  const known = ACCESSES.find((one) => one === access)
  if (!known) return undefined
  if (seconds === undefined || seconds === null) return { access: known }
  return typeof seconds === 'number' && seconds > 0 ? { access: known, seconds } : undefined
}

const TAGS = 'x-fal-tags'
const MAX_TAGS = 10

function readTags(read: Read): Readonly<Record<string, string>> | null {
  const parts = (read(TAGS) ?? '').split(',').filter((part) => part.trim() !== '')
  const pairs = parts.map((part) => /^([^=\s]+)\s*=\s*(.*)$/.exec(part.trim()))
  if (pairs.length > MAX_TAGS || pairs.includes(null)) return null
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']))
}

const LIFECYCLE = 'x-fal-object-lifecycle-preference'

/** Reads the headers of a submit, or tells which one fal would not take. */
export function readPreferences(headers: IncomingHttpHeaders): Preferences | WrongHeader {
  const read: Read = (name) => [headers[name]].flat()[0]
  const timeout = readTimeout(read)
  if (timeout === null) return { wrong: START_TIMEOUT }
  const priority = readPriority(read)
  if (priority === null) return { wrong: PRIORITY }
  const tags = readTags(read)
  if (tags === null) return { wrong: TAGS }
  const lifecycle = readLifecycle(read(LIFECYCLE))
  if (!lifecycle) return { wrong: LIFECYCLE }
  const hint = read('x-fal-runner-hint')
  return {
    ...(timeout !== undefined && { startTimeoutMs: timeout }),
    priority,
    storeIo: !isOff(read('x-fal-store-io')),
    lifecycle,
    tags,
    noFallback: isOn(read('x-app-fal-disable-fallback')),
    noRetry: isOn(read('x-fal-no-retry')),
    ...(hint !== undefined && { runnerHint: hint }),
  }
}
