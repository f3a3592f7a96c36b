import type { JsonObject } from '../lib/json.ts'
import type { DayOfUse, ListedJob } from '../ports/account.ts'

/**
 * A caller's latest jobs, as OpenAI lists things. `status` is there when somebody has seen how the job ended;
 * how any of them stands is told by `GET /v1/images/jobs/{id}`.
 */
export function toJobList(jobs: readonly ListedJob[]): JsonObject {
  return {
    object: 'list',
    data: jobs.map(({ jobId, createdAt, model, endpoint, status }) => ({
      id: jobId,
      object: 'image.job',
      created_at: createdAt,
      model,
      endpoint,
      ...(status && { status }),
    })),
    has_more: false,
  }
}

/** What was used, the latest day first. `cost_usd` is absent when no cost of that day and model is known. */
export function toUsage(days: readonly (DayOfUse & { readonly caller: string })[]): JsonObject {
  const sorted = days.toSorted((one, other) => (one.day < other.day ? 1 : -1))
  return {
    object: 'list',
    data: sorted.map(({ caller, day, model, jobs, made, costUsd, unpriced }) => ({
      object: 'usage',
      day,
      caller,
      model,
      jobs,
      pictures: made,
      ...(costUsd !== undefined && { cost_usd: Number(costUsd.toFixed(6)) }),
      jobs_of_unknown_cost: unpriced,
    })),
    has_more: false,
  }
}
