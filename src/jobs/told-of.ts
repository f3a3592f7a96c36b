import type { JobClaims } from '../job/job-claims.ts'
import type { Tracking } from './run-tracked-job.ts'

/** The job of a request whose submit was not answered, as far as fal has told of it; undefined: it has not. */
export function createToldOf({
  ledger,
  jobIds,
  tools,
}: Tracking): (callerName: string, request: string) => Promise<JobClaims | undefined> {
  return async (callerName, request) => {
    const ids = (await ledger?.accountOf(callerName).told(request)) ?? []
    const nowSeconds = Math.floor(tools.now() / 1000)
    const [first, ...others] = await Promise.all(
      ids.map((id) => jobIds.read(id, callerName, nowSeconds)),
    )
    const parts = [first, ...others].flatMap((claims) => claims?.parts ?? [])
    return first && { ...first, parts }
  }
}
