import * as z from 'zod/mini'

import { ProblemError } from '../../job/problem.ts'
import { createBoundedMap } from '../../lib/bounded-map.ts'
import { parseJson } from '../../lib/json.ts'
import { once } from '../../lib/once.ts'
import type { WebCache } from '../../lib/web-cache.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
import type { KeyPool } from '../key-pool.ts'
import { createSchemaCache, type ReadDocument } from './schema-cache.ts'

/** What fal's platform says of endpoints that nobody described here. */
export interface EndpointSchemas {
  /**
   * An endpoint's OpenAPI document; undefined: fal knows no such endpoint.
   *
   * @throws ProblemError `upstream_failed` when fal's platform cannot be asked and nothing is remembered
   */
  find(endpoint: string): Promise<unknown>
  /** What is remembered of an endpoint, without waiting; undefined: nothing, or fal knows no such endpoint. */
  known(endpoint: string): unknown
  /**
   * Looks whether fal says something newer of an endpoint that is used: once a day, and sooner when `doubted`,
   * as after a refusal of what its schema was thought to allow. Nobody waits for it, and it never fails.
   *
   * @returns undefined: nothing is looked for
   */
  refresh(endpoint: string, doubted?: boolean): Promise<void> | undefined
}

/** fal changes its schemas by the week. */
const FRESH_MS = 24 * 60 * 60_000
/** While fal's platform is down it is asked once in so long: each time a request waits for it in vain. */
const REST_MS = 60_000
/** A document has some ten kilobytes; beyond so many the one that was asked first is forgotten. */
const MOST_REMEMBERED = 50
const TIMEOUT_MS = 10_000

const answer = once(() =>
  z.object({
    models: z.array(z.object({ endpoint_id: z.string(), openapi: z.optional(z.unknown()) })),
  }),
)

/** What schemas are asked with, and where they are kept. */
export interface SchemaAccess extends FalAccess {
  readonly cache: WebCache
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Asks fal's platform (fal API reference §8) and keeps the answers in the isolate's memory and in the Cache
 * API: a day while they are fresh, and longer while fal's platform is down.
 */
export function createEndpointSchemas(access: SchemaAccess, pool: KeyPool): EndpointSchemas {
  const { now } = access
  const cache = createSchemaCache(access.cache, access.hosts.apiUrl)
  const remembered = createBoundedMap<ReadDocument>(MOST_REMEMBERED)
  let restsUntil = 0
  const isFresh = ({ readAt }: ReadDocument): boolean => now() - readAt < FRESH_MS
  const remember = (endpoint: string, read: ReadDocument): unknown => {
    remembered.set(endpoint, read)
    return read.document
  }
  const askedAt = createBoundedMap<number>(MOST_REMEMBERED)
  const find = async (endpoint: string, isNew = isFresh): Promise<unknown> => {
    const known = remembered.get(endpoint)
    if (known !== undefined && isNew(known)) return known.document
    const kept = await cache.read(endpoint)
    if (kept !== undefined && isNew(kept)) return remember(endpoint, kept)
    const stale = kept ?? known
    if (stale !== undefined && now() < restsUntil) return stale.document
    const read = await ask(access, pool, endpoint)
    if (read === undefined) {
      restsUntil = now() + REST_MS
      if (stale !== undefined) return stale.document
      throw new ProblemError(UNREACHABLE)
    }
    const found = { document: read.document, readAt: now() }
    // An endpoint that is not there may come to be, and is not worth a place.
    if (found.document !== undefined) await cache.write(endpoint, found)
    return remember(endpoint, found)
  }
  return {
    find: (endpoint) => find(endpoint),
    known: (endpoint) => remembered.get(endpoint)?.document,
    refresh(endpoint, doubted = false) {
      const rest = doubted ? REST_MS : FRESH_MS
      const question = doubted ? `${endpoint} doubted` : endpoint
      if (now() < (askedAt.get(question) ?? -Infinity) + rest) return undefined
      askedAt.set(question, now())
      const isNew = doubted ? ({ readAt }: ReadDocument) => now() - readAt < REST_MS : isFresh
      return find(endpoint, isNew).then(
        () => undefined,
        () => undefined,
      )
    },
  }
}

const UNREACHABLE = {
  kind: 'upstream_failed',
  charged: 'no',
  reason: 'the schema of the endpoint could not be read',
} as const

/** @returns undefined when there is no answer worth anything */
async function ask(
  access: FalAccess,
  pool: KeyPool,
  endpoint: string,
): Promise<{ readonly document: unknown } | undefined> {
  const [key] = await pool.peek()
  const query = new URLSearchParams({ endpoint_id: endpoint, expand: 'openapi-3.0' })
  try {
    const response = await callFal(access, {
      method: 'GET',
      url: `${access.hosts.apiUrl}/models?${query.toString()}`,
      key: key?.value ?? '',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    if (response.status === 404) return { document: undefined }
    const parsed = answer().safeParse(parseJson(text))
    if (!response.ok || !parsed.success) return undefined
    const model = parsed.data.models.find(({ endpoint_id }) => endpoint_id === endpoint)
    return { document: model?.openapi }
  } catch {
    return undefined
  }
}
