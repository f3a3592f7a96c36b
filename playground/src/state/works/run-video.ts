import { videoJob, type VideoJob } from '../../api/schemas.ts'
import { toVideoRequest } from '../../api/video-request.ts'
import { costIn, type RunAccess } from '../run-access.ts'
import { failureOf, fetchBytes, followVideo } from './follow-job.ts'
import type { Work, WorkState } from './work.ts'

/**
 * Orders a video and follows it to its end. The gateway answers as soon as fal has taken the order: the video
 * goes on when the page is closed, and `followVideoWork` finds it again.
 *
 * @throws GatewayError
 */
export async function runVideoWork(work: Work, access: RunAccess): Promise<void> {
  const { path, init } = toVideoRequest(work.order)
  const headers = new Headers(init.headers)
  // A gateway with a ledger makes one job of it, however often it is sent.
  headers.set('idempotency-key', work.id)
  const response = await access.gateway.request(path, { ...init, headers, signal: access.signal })
  const job = videoJob.parse(await response.json())
  const adjusted = response.headers.get('x-adjusted') ?? ''
  access.tell({ jobId: job.id, adjusted, state: standing(job) })
  return followVideoWork({ ...work, jobId: job.id, adjusted }, access)
}

/**
 * Asks for a video until it has ended, then for its bytes.
 *
 * @throws GatewayError
 */
export async function followVideoWork(work: Work, access: RunAccess): Promise<void> {
  const { gateway, signal, tell, now } = access
  const id = work.jobId ?? ''
  const told = (job: VideoJob): void => {
    tell({ state: standing(job) })
  }
  const ended = await followVideo(id, { gateway, signal, told })
  if (ended === undefined) return
  const { job, headers } = ended
  if (job.error?.code === 'job_cancelled') {
    tell({ state: { kind: 'stopped' } })
    return
  }
  if (job.status !== 'completed') throw failureOf(job)
  tell({ state: { kind: 'running', progress: 100 } })
  const blob = await fetchBytes(`/videos/${id}/content`, { gateway, signal })
  const cost = job.usage?.cost ?? costIn(headers)
  const clip = { blob, seconds: known(job.seconds), size: known(job.size) }
  const seconds = (now() - work.createdAt) / 1000
  const others = { pictures: [], speech: undefined, transcript: undefined, seed: undefined }
  tell({ state: { kind: 'done', ...others, clip, seconds, cost } })
}

function standing({ status, progress, queue_position: ahead }: VideoJob): WorkState {
  if (status === 'queued') return { kind: 'queued', ahead }
  // 0 also stands for an endpoint of which nothing is known.
  return { kind: 'running', progress: progress === 0 ? undefined : progress }
}

/** `auto` is what the gateway says of what it was not told. */
function known(told: string | null | undefined): string {
  return told === 'auto' ? '' : (told ?? '')
}
