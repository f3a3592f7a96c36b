import { GatewayError, unreachable, type Gateway } from '../api/gateway.ts'
import { imageJob, type ImageJob } from '../api/schemas.ts'
import { toBlob } from '../lib/picture-bytes.ts'

/** What a job is followed with. */
interface JobAccess {
  readonly gateway: Gateway
  readonly signal: AbortSignal
  /** Is told how it stands until it ends. */
  readonly told: (job: ImageJob) => void
}

/** A job that has ended, well or not. */
export interface EndedJob {
  readonly job: ImageJob
  readonly headers: Headers
}

const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 2000

/** Lost connections in a row after which it is given up: the network may be gone for a moment. */
const MOST_FAILURES = 5

/**
 * Asks for a job until it has ended; its pictures come as base64, because the page asks nobody but the gateway.
 *
 * @returns undefined: it is followed no longer
 * @throws GatewayError when it cannot be asked for
 */
export async function followJob(
  jobId: string,
  { gateway, signal, told }: JobAccess,
): Promise<EndedJob | undefined> {
  const path = `/images/jobs/${jobId}?response_format=b64_json`
  let pause = FIRST_PAUSE_MS
  let failures = 0
  while (!signal.aborted) {
    try {
      const response = await gateway.request(path, { signal })
      const job = imageJob.parse(await response.json())
      if (job.status !== 'queued' && job.status !== 'in_progress') {
        return { job, headers: response.headers }
      }
      told(job)
      failures = 0
    } catch (error) {
      failures += 1
      if (signal.aborted) return undefined
      if (!isPassing(error)) throw error
      // Nothing has been heard of the job's own end.
      if (failures >= MOST_FAILURES) throw unreachable()
    }
    await delay(pause, signal)
    pause = Math.min(pause * 1.3, LONGEST_PAUSE_MS)
  }
  return undefined
}

/** Whether asking again may help. */
function isPassing(error: unknown): boolean {
  return error instanceof GatewayError && (error.status === 0 || error.status >= 500)
}

/** The pictures of a job that is done. */
export function toPictures({ result }: ImageJob): readonly Blob[] {
  return (result?.data ?? []).flatMap(({ b64_json: base64 }) =>
    base64 === undefined ? [] : [toBlob(base64)],
  )
}

/** Why a job has no pictures. */
export function failureOf({ status, error }: ImageJob): GatewayError {
  return new GatewayError(error?.message ?? status, 200, error?.code ?? undefined)
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}
