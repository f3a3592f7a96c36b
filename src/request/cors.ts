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
  'openai-poll-after-ms',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
  // With the bytes of what was made.
  'accept-ranges',
  'content-range',
  'etag',
].join(', ')

/** Browsers keep a preflight's answer for a day at most. */
const PREFLIGHT_SECONDS = '86400'

/**
 * Lets web pages call the gateway. The requested headers are echoed, because `*` does not cover
 * `Authorization` and the SDKs send a dozen of their own.
 *
 * @param origins allowed origins; `*` allows all
 */
export function corsHeaders(
  { headers, method }: Request,
  origins: readonly string[],
): readonly (readonly [string, string])[] {
  const all = origins.includes('*')
  const origin = all ? '*' : headers.get('origin')
  const varies = all ? [] : ([['vary', 'origin']] as const)
  if (origin === null || (!all && !origins.includes(origin))) return varies
  return [
    ...varies,
    ['access-control-allow-origin', origin],
    ['access-control-expose-headers', EXPOSED],
    ...(method === 'OPTIONS' ? preflightHeaders(headers) : []),
  ]
}

function preflightHeaders(headers: Headers): readonly (readonly [string, string])[] {
  const wanted = headers.get('access-control-request-headers') ?? 'authorization, content-type'
  return [
    ['access-control-allow-methods', 'GET, HEAD, POST, DELETE, OPTIONS'],
    ['access-control-allow-headers', wanted],
    ['access-control-max-age', PREFLIGHT_SECONDS],
  ]
}
