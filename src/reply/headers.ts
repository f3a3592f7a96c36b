import type { BaseMade, JobMeasures, Timings } from '../job/job-result.ts'
import type { AcceptedJob } from '../job/running-job.ts'
import { formatUsd } from '../lib/usd.ts'
import type { RateLimitState } from '../ports/rate-limit.ts'

/** Headers about a job that fal has accepted. */
export function acceptedHeaders(
  accepted: AcceptedJob,
  jobId: string | undefined,
): Record<string, string> {
  const requestIds = accepted.requestIds.join(',')
  return {
    ...(jobId !== undefined && { 'x-job-id': jobId }),
    'x-fal-endpoint': accepted.endpoint,
    ...(requestIds !== '' && { 'x-fal-request-id': requestIds }),
    ...adjustedHeader(accepted.adjusted),
  }
}

/** Headers about a job that is done. */
export function resultHeaders(
  result: Pick<JobMeasures, 'costUsd' | 'timings'> & Pick<BaseMade, 'adjusted'>,
): Record<string, string> {
  return {
    ...adjustedHeader(result.adjusted),
    ...costHeader(result),
    ...(result.timings !== undefined && { 'server-timing': toServerTiming(result.timings) }),
  }
}

/** What fal charges, in USD as a plain decimal; nothing when that is not known. */
export function costHeader({ costUsd }: Pick<JobMeasures, 'costUsd'>): Record<string, string> {
  return costUsd === undefined ? {} : { 'x-cost-usd': formatUsd(costUsd) }
}

function adjustedHeader(adjusted: readonly string[]): Record<string, string> {
  if (adjusted.length === 0) return {}
  // Header values are ASCII; what a caller wrote may not be.
  return { 'x-adjusted': adjusted.join('; ').replaceAll(/[^\u0020-\u007e]/g, '?') }
}

/** Milliseconds, as the browser's developer tools show them (W3C Server Timing). */
function toServerTiming(timings: Timings): string {
  const steps = [
    ['submit', timings.submit],
    ['queue', timings.queue],
    ['run', timings.run],
    ['fetch', timings.fetch],
  ] as const
  return steps
    .flatMap(([name, ms]) => (ms === undefined ? [] : [`${name};dur=${Math.round(ms)}`]))
    .join(', ')
}

/** OpenAI's headers about a limit. */
export function limitHeaders(count: RateLimitState): Record<string, string> {
  return {
    'x-ratelimit-limit-requests': String(count.limit),
    'x-ratelimit-remaining-requests': String(count.remaining),
    'x-ratelimit-reset-requests': toDuration(Math.ceil(count.resetSeconds)),
  }
}

/** As OpenAI writes it: `7s`, `1m0s`. */
function toDuration(seconds: number): string {
  const rest = `${seconds % 60}s`
  return seconds < 60 ? rest : `${Math.floor(seconds / 60)}m${rest}`
}
