import * as z from 'zod/mini'

import { ProblemError } from '../job/problem.ts'
import { parseJson } from '../lib/json.ts'
import { callFal, type FalAccess } from './fal-call.ts'
import type { KeyPool } from './key-pool.ts'

/** What fal's platform says of endpoints that nobody described here. */
export interface EndpointSchemas {
  /**
   * An endpoint's OpenAPI document; undefined: fal knows no such endpoint.
   *
   * @throws ProblemError `upstream_failed` when fal's platform cannot be asked and nothing is remembered
   */
  find(endpoint: string): Promise<unknown>
}

/** fal changes its schemas by the week. */
const FRESH_MS = 24 * 60 * 60_000
/** A document has some ten kilobytes; beyond so many the one that was asked first is forgotten. */
const MOST_REMEMBERED = 50
const TIMEOUT_MS = 10_000

const answer = z.object({
  models: z.array(z.object({ endpoint_id: z.string(), openapi: z.optional(z.unknown()) })),
})

interface Remembered {
  readonly document: unknown
  readonly readAt: number
}

/**
 * Asks fal's platform (fal API reference §8) and remembers the answers as long as the isolate lives: a day
 * while they are fresh, and longer while fal's platform is down.
 *
 * @param now milliseconds
 */
export function createEndpointSchemas(
  access: FalAccess,
  pool: KeyPool,
  now: () => number,
): EndpointSchemas {
  const remembered = new Map<string, Remembered>()
  return {
    async find(endpoint) {
      const known = remembered.get(endpoint)
      if (known !== undefined && now() - known.readAt < FRESH_MS) return known.document
      const read = await ask(access, pool, endpoint)
      if (read === undefined) {
        if (known !== undefined) return known.document
        throw new ProblemError(UNREACHABLE)
      }
      remembered.delete(endpoint)
      remembered.set(endpoint, { document: read.document, readAt: now() })
      const [oldest] = remembered.keys()
      if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
      return read.document
    },
  }
}

const UNREACHABLE = {
  kind: 'upstream_failed',
  charged: 'no',
  status: undefined,
  reason: 'the schema of the endpoint could not be read',
} as const

/** @returns undefined when there is no answer worth anything */
async function ask(
  access: FalAccess,
  pool: KeyPool,
  endpoint: string,
): Promise<{ readonly document: unknown } | undefined> {
  const [key] = await pool.take()
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
    const parsed = answer.safeParse(parseJson(text))
    if (!response.ok || !parsed.success) return undefined
    const model = parsed.data.models.find(({ endpoint_id }) => endpoint_id === endpoint)
    return { document: model?.openapi }
  } catch {
    return undefined
  }
}
