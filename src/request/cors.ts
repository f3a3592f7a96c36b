/** What a browser's client may read of an answer. */
const EXPOSED = [
  'x-request-id',
  'x-job-id',
  'x-fal-request-id',
  'x-fal-endpoint',
  'x-adjusted',
  'x-cost-usd',
  'x-should-retry',
  'server-timing',
  'retry-after',
  'retry-after-ms',
  'openai-processing-ms',
  'openai-version',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
].join(', ')

/** Browsers keep a preflight's answer for a day at most. */
const PREFLIGHT_SECONDS = '86400'

/**
 * Lets web pages call the gateway. The requested headers are echoed, because `*` does not cover
 * `Authorization` and the SDKs send a dozen of their own.
 *
 * @param origins allowed origins; `*` allows all
 */
export function corsHeaders(request: Request, origins: readonly string[]): Headers {
  const headers = new Headers()
  const origin = request.headers.get('origin')
  const all = origins.includes('*')
  if (!all) headers.set('vary', 'origin')
  if (!all && (origin === null || !origins.includes(origin))) return headers
  headers.set('access-control-allow-origin', all ? '*' : (origin ?? ''))
  headers.set('access-control-expose-headers', EXPOSED)
  if (request.method === 'OPTIONS') {
    headers.set('access-control-allow-methods', 'GET, HEAD, POST, DELETE, OPTIONS')
    headers.set(
      'access-control-allow-headers',
      request.headers.get('access-control-request-headers') ?? 'authorization, content-type',
    )
    headers.set('access-control-max-age', PREFLIGHT_SECONDS)
  }
  return headers
}
