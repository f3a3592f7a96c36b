import { GatewayError, unreachable, type Gateway } from '../../api/gateway.ts'
import {
  anyJob,
  imageJob,
  videoJob,
  type AnyJob,
  type ImageJob,
  type VideoJob,
} from '../../api/schemas.ts'
import { toBlob } from '../../lib/image-bytes.ts'

/** What a job is followed with. */
interface JobAccess<Job> {
  readonly gateway: Gateway
  readonly signal: AbortSignal
  /** Is told how it stands until it ends. */
  readonly told: (job: Job) => void
}

/** A job that has ended, well or not. */
export interface EndedJob<Job> {
  readonly job: Job
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
  access: JobAccess<ImageJob>,
): Promise<EndedJob<ImageJob> | undefined> {
  const path = `/images/jobs/${jobId}?response_format=b64_json`
  return follow(path, (body) => imageJob.parse(body), access)
}

/** The same of a video, whose bytes are asked for by themselves. */
export async function followVideo(
  id: string,
  access: JobAccess<VideoJob>,
): Promise<EndedJob<VideoJob> | undefined> {
  return follow(`/videos/${id}`, (body) => videoJob.parse(body), access)
}

/** The same of a job of any medium, without the bytes that it has made. */
export async function followAny(
  id: string,
  access: JobAccess<AnyJob>,
): Promise<EndedJob<AnyJob> | undefined> {
  return follow(`/jobs/${id}`, (body) => anyJob.parse(body), access)
}

async function follow<Job extends { readonly status: string }>(
  path: string,
  read: (body: unknown) => Job,
  { gateway, signal, told }: JobAccess<Job>,
): Promise<EndedJob<Job> | undefined> {
  let pause = FIRST_PAUSE_MS
  let failures = 0
  while (!signal.aborted) {
    try {
      const response = await gateway.request(path, { signal })
      const job = read(await response.json())
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

/**
 * The bytes of what is done and paid for: a connection that breaks on the way is no end of it.
 *
 * @throws GatewayError
 */
export async function fetchBytes(
  path: string,
  { gateway, signal }: Pick<JobAccess<never>, 'gateway' | 'signal'>,
): Promise<Blob> {
  for (let failures = 1; ; failures += 1) {
    try {
      const response = await gateway.request(path, { signal })
      return await response.blob()
    } catch (error) {
      const isRefused = error instanceof GatewayError && !isPassing(error)
      if (signal.aborted || isRefused) throw error
      if (failures >= MOST_FAILURES) throw unreachable()
    }
    await delay(LONGEST_PAUSE_MS, signal)
  }
}

/** Whether asking again may help. */
function isPassing(error: unknown): boolean {
  return error instanceof GatewayError && (error.status === 0 || error.status >= 500)
}

/** The pictures of a job that is done. */
export function toImages({ result }: ImageJob): readonly Blob[] {
  return (result?.data ?? []).flatMap(({ b64_json: base64 }) =>
    base64 === undefined ? [] : [toBlob(base64)],
  )
}

/** Why a job has made nothing. */
export function failureOf({ status, error }: ImageJob | VideoJob | AnyJob): GatewayError {
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
