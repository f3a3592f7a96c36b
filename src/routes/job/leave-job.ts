import { toJob } from '../../openai/jobs.ts'
import type { ServedJob } from './serve-job.ts'

/** Answers without waiting for the job, which goes on at fal, with the job as its look-up tells it. */
export function leaveJob({ jobId, claims, headers, leave }: ServedJob<unknown>): Response {
  leave()
  const found = { status: 'queued', position: undefined } as const
  const body = toJob({ id: jobId ?? '', claims, found }, () => ({}), undefined)
  return Response.json(body, { status: 202, headers })
}
