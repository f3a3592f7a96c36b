import * as z from 'zod/mini'

import { once } from '../../lib/once.ts'
import { TIMED_OUT, withTimeout } from '../../lib/time/with-timeout.ts'
import type { WebCache } from '../../lib/web-cache.ts'

/** An endpoint's document, and when it was read, in milliseconds. */
export interface ReadDocument {
  readonly document: unknown
  readonly readAt: number
}

/** Documents that outlive an isolate, and may be gone at any time. */
export interface SchemaCache {
  read(endpoint: string): Promise<ReadDocument | undefined>
  write(endpoint: string, read: ReadDocument): Promise<void>
}

/**
 * No such host exists: what is kept under it is found by the Cache API of this Worker, and by no request
 * that could come from outside or go there.
 */
const KEPT_UNDER = 'https://endpoint-schemas.fal-openai-worker.invalid/1'
/** Longer than a schema is fresh: an old one is of use while fal's platform is down. */
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60
/** A cache that is slower than the platform itself is of no use. */
const PATIENCE_MS = 1000

const kept = once(() => z.object({ document: z.unknown(), readAt: z.number() }))

/**
 * A cache that fails, is slow or holds something else is as good as an empty one.
 *
 * @param apiUrl whose documents they are: those of another platform are not found
 */
export function createSchemaCache(cache: WebCache, apiUrl: string): SchemaCache {
  const keyOf = (endpoint: string): string =>
    `${KEPT_UNDER}?${new URLSearchParams({ api: apiUrl, endpoint }).toString()}`
  const read = async (endpoint: string): Promise<ReadDocument | undefined> => {
    const response = await cache.match(keyOf(endpoint))
    const parsed = response && kept().safeParse(await response.json())
    return parsed?.data
  }
  return {
    async read(endpoint) {
      const found = await withTimeout(read(endpoint).catch(nothing), PATIENCE_MS)
      return found === TIMED_OUT ? undefined : found
    },
    async write(endpoint, document) {
      const headers = { 'cache-control': `public, max-age=${MAX_AGE_SECONDS}` }
      const response = Response.json(document, { headers })
      await withTimeout(cache.put(keyOf(endpoint), response).catch(nothing), PATIENCE_MS)
    },
  }
}

function nothing(): undefined {
  return undefined
}
