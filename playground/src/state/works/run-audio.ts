import { toAudioRequest } from '../../api/audio-request.ts'
import { anyJob, type AnyJob } from '../../api/schemas.ts'
import { costIn, type RunAccess } from '../run-access.ts'
import { failureOf, fetchBytes, followAny } from './follow-job.ts'
import type { Transcript, Work, WorkState } from './work.ts'

/**
 * Orders speech or a transcript and follows it to its end. It goes on when the page is closed, and
 * `followAudioWork` finds it again.
 *
 * @throws GatewayError
 */
export async function runAudioWork(work: Work, access: RunAccess): Promise<void> {
  const { path, init } = toAudioRequest(work.order)
  const headers = new Headers(init.headers)
  headers.set('prefer', 'respond-async')
  // A gateway with a ledger makes one job of it, however often it is sent.
  headers.set('idempotency-key', work.id)
  const response = await access.gateway.request(path, { ...init, headers, signal: access.signal })
  const job = anyJob.parse(await response.json())
  const adjusted = response.headers.get('x-adjusted') ?? ''
  access.tell({ jobId: job.id, adjusted, state: standing(job) })
  return followAudioWork({ ...work, jobId: job.id, adjusted }, access)
}

/**
 * Asks for a job until it has ended, then for the bytes of what was spoken.
 *
 * @throws GatewayError
 */
export async function followAudioWork(work: Work, access: RunAccess): Promise<void> {
  const { gateway, signal, tell, now } = access
  const id = work.jobId ?? ''
  const told = (job: AnyJob): void => {
    tell({ state: standing(job) })
  }
  const ended = await followAny(id, { gateway, signal, told })
  if (ended === undefined) return
  const { job, headers } = ended
  if (job.status === 'cancelled') {
    tell({ state: { kind: 'stopped' } })
    return
  }
  if (job.status !== 'completed') throw failureOf(job)
  const isSpeech = work.order.medium === 'speech'
  const speech = isSpeech ? await fetchBytes(`/jobs/${id}/content`, { gateway, signal }) : undefined
  const transcript = isSpeech ? undefined : transcriptOf(job)
  const cost = job.result?.usage?.cost ?? costIn(headers)
  const seconds = (now() - work.createdAt) / 1000
  const others = { pictures: [], clip: undefined, seed: undefined }
  const adjusted = headers.get('x-adjusted') ?? work.adjusted
  tell({ adjusted, state: { kind: 'done', ...others, speech, transcript, seconds, cost } })
}

function transcriptOf({ result }: AnyJob): Transcript {
  const { text = '', segments = [] } = result ?? {}
  return { text, segments }
}

function standing({ status, queue_position: ahead }: AnyJob): WorkState {
  return status === 'queued' ? { kind: 'queued', ahead } : { kind: 'running', progress: undefined }
}
