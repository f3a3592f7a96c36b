import type { Fetcher } from '../lib/fetcher.ts'

/** What every call to fal needs; comes in as an argument, so that nothing here is shared by accident. */
export interface FalAccess {
  readonly fetch: Fetcher
  readonly hosts: FalHosts
}

/** Base URLs without a slash at the end. */
export interface FalHosts {
  readonly queueUrl: string
  readonly runUrl: string
  readonly restUrl: string
  readonly apiUrl: string
}

export interface FalCall {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly key: string
  readonly body?: unknown
  readonly accept?: string
  /** Further ones, in small letters. */
  readonly headers?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/**
 * One authorised request to fal. Redirects are not followed: they could carry the key to another host.
 *
 * @throws TypeError when `url` is not on one of fal's configured hosts; whatever `fetch` throws
 */
export function callFal({ fetch, hosts }: FalAccess, call: FalCall): Promise<Response> {
  if (!isOnHosts(call.url, hosts)) throw new TypeError('refusing to send the fal key elsewhere')
  return fetch(call.url, {
    method: call.method,
    redirect: 'manual',
    signal: call.signal,
    headers: {
      ...call.headers,
      authorization: `Key ${call.key}`,
      accept: call.accept ?? 'application/json',
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  })
}

/** Whether a URL is on one of fal's configured hosts: the key goes nowhere else. */
function isOnHosts(url: string, { queueUrl, runUrl, restUrl, apiUrl }: FalHosts): boolean {
  return [queueUrl, runUrl, restUrl, apiUrl].some((host) => isOnHost(url, host))
}

/**
 * Whether a URL begins with a host, letter for letter up to the slash behind it. No URL is parsed: ten of
 * them for every job were a twentieth of its CPU.
 */
export function isOnHost(url: string, host: string): boolean {
  const origin = /^https?:\/\/[^/?#\\]+/i.exec(host)?.[0]
  return origin !== undefined && url.startsWith(`${origin}/`)
}
