import type { JobPart } from '../../job/job-result.ts'
import { isOnHost, type FalHosts } from '../fal-call.ts'
import type { FalKey } from '../key-pool.ts'

/** A request that fal has accepted, and where to ask for it. */
export interface QueuedRequest {
  readonly endpoint: string
  readonly requestId: string
  readonly responseUrl: string
  readonly statusUrl: string
  readonly cancelUrl: string
  readonly key: FalKey
}

/** The URLs that submit returned. */
export interface ReturnedUrls {
  readonly response_url?: string | null | undefined
  readonly status_url?: string | null | undefined
  readonly cancel_url?: string | null | undefined
}

/**
 * Where to ask for a request: at the URLs that fal returned, or, for those that are missing or on another
 * host than the configured one, at the places they have by rule (`{owner}/{app}/requests/{id}`, the
 * sub-path dropped).
 */
export function toQueuedRequest(
  submitted: { endpoint: string; requestId: string; key: FalKey },
  returned: ReturnedUrls,
  hosts: FalHosts,
): QueuedRequest {
  const usable = (url: string | null | undefined): url is string =>
    typeof url === 'string' && isOnHost(url, hosts.queueUrl)
  const byRule = `${hosts.queueUrl}/${appOf(submitted.endpoint)}/requests/${submitted.requestId}`
  return {
    ...submitted,
    responseUrl: usable(returned.response_url) ? returned.response_url : byRule,
    statusUrl: usable(returned.status_url) ? returned.status_url : `${byRule}/status`,
    cancelUrl: usable(returned.cancel_url) ? returned.cancel_url : `${byRule}/cancel`,
  }
}

/** A request as a job keeps it. */
export function toJobPart(request: QueuedRequest, hosts: FalHosts): JobPart {
  const base = `${hosts.queueUrl}/`
  const path = request.responseUrl.startsWith(base)
    ? request.responseUrl.slice(base.length)
    : `${appOf(request.endpoint)}/requests/${request.requestId}`
  return { requestId: request.requestId, path }
}

/** The request behind a job's part, found again. */
export function fromJobPart(
  part: JobPart,
  endpoint: string,
  key: FalKey,
  hosts: FalHosts,
): QueuedRequest {
  // Some of fal's pages print a result URL with a suffix; status and cancel are beside the request itself.
  const mark = `/requests/${part.requestId}`
  const at = part.path.indexOf(mark)
  const base = `${hosts.queueUrl}/${at === -1 ? part.path : part.path.slice(0, at + mark.length)}`
  return toQueuedRequest(
    { endpoint, requestId: part.requestId, key },
    {
      response_url: `${hosts.queueUrl}/${part.path}`,
      status_url: `${base}/status`,
      cancel_url: `${base}/cancel`,
    },
    hosts,
  )
}

/** `fal-ai/flux/dev` -> `fal-ai/flux`; workflows and comfy have a namespace in front (§1.6). */
export function appOf(endpoint: string): string {
  const steps = endpoint.split('/')
  const namespaced = steps[0] === 'workflows' || steps[0] === 'comfy'
  return steps.slice(0, namespaced ? 3 : 2).join('/')
}
