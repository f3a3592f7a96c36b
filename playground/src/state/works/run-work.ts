import { readEvents } from '../../api/events.ts'
import { GatewayError } from '../../api/gateway.ts'
import { toRequest } from '../../api/order-request.ts'
import { imageEvent, type ImageJob, type ImagesAnswer } from '../../api/schemas.ts'
import { pixelsOf, toBlob } from '../../lib/image-bytes.ts'
import { costIn, type RunAccess, type WorkChange } from '../run-access.ts'
import { failureOf, followJob, toImages } from './follow-job.ts'
import { followAudioWork, runAudioWork } from './run-audio.ts'
import { followVideoWork, runVideoWork } from './run-video.ts'
import type { MadeImage, Work } from './work.ts'

/**
 * Sends an order and follows it to its end. The job does not hang on this page (but a live one does): it goes
 * on when the page is closed, and `followWork` finds it again.
 *
 * @throws GatewayError
 */
export async function runWork(work: Work, access: RunAccess): Promise<void> {
  const { medium } = work.order
  if (medium === 'video') return runVideoWork(work, access)
  if (medium !== 'image') return runAudioWork(work, access)
  const { path, init } = toRequest(work.order)
  const headers = new Headers(init.headers)
  // Unfinished pictures come on this connection or not at all; everything else need not hang on it.
  if (!work.order.live) {
    headers.set('prefer', 'respond-async')
    // A gateway with a ledger makes one job of it, however often it is sent.
    headers.set('idempotency-key', work.id)
  }
  const response = await access.gateway.request(path, { ...init, headers, signal: access.signal })
  const jobId = response.headers.get('x-job-id') ?? undefined
  const adjusted = response.headers.get('x-adjusted') ?? ''
  access.tell({ jobId, adjusted, state: { kind: 'queued', ahead: undefined } })
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const known = { ...work, jobId, adjusted }
  if (!streams) {
    await response.text()
    return followWork(known, access)
  }
  const [told] = await Promise.all([
    watchStream(response, known, access),
    jobId === undefined ? undefined : followWork(known, access),
  ])
  if (jobId === undefined) access.tell(await toDone(told, {}, known, access))
}

/**
 * Asks for a job until it has ended.
 *
 * @throws GatewayError
 */
export async function followWork(work: Work, access: RunAccess): Promise<void> {
  const { medium } = work.order
  if (medium === 'video') return followVideoWork(work, access)
  if (medium !== 'image') return followAudioWork(work, access)
  const { tell, now } = access
  const told = ({ status, queue_position: ahead }: ImageJob): void => {
    tell({
      state:
        status === 'queued' ? { kind: 'queued', ahead } : { kind: 'running', progress: undefined },
    })
  }
  const ended = await followJob(work.jobId ?? '', { ...access, told })
  if (ended === undefined) return
  const { job, headers } = ended
  if (job.status === 'completed') {
    tell(await toDone(toImages(job), { ...job.result, headers }, work, { now }))
  } else if (job.status === 'cancelled') tell({ state: { kind: 'stopped' } })
  else throw failureOf(job)
}

/** Shows unfinished pictures as they come. @returns the finished ones */
async function watchStream(
  response: Response,
  work: Work,
  { tell }: Pick<RunAccess, 'tell'>,
): Promise<readonly Blob[]> {
  const finished: Blob[] = []
  const partials: Blob[] = []
  for await (const data of readEvents(response)) {
    const event = imageEvent.parse(data)
    if (event.error !== undefined) {
      if (work.jobId !== undefined) return finished
      throw new GatewayError(event.error.message, 200, event.error.code ?? undefined)
    }
    if (event.b64_json === undefined) continue
    if (event.type.endsWith('.completed')) finished.push(toBlob(event.b64_json))
    else {
      partials[0] = toBlob(event.b64_json)
      tell({ partials: [...partials], state: { kind: 'running', progress: undefined } })
    }
  }
  return finished
}

interface Facts extends Partial<ImagesAnswer> {
  readonly headers?: Headers
}

async function toDone(
  blobs: readonly Blob[],
  { seed, usage, headers }: Facts,
  work: Work,
  { now }: Pick<RunAccess, 'now'>,
): Promise<WorkChange> {
  const pictures = await Promise.all(blobs.map(toImage))
  const cost = usage?.cost ?? costIn(headers)
  const seconds = (now() - work.createdAt) / 1000
  return {
    partials: [],
    state: { kind: 'done', pictures, ...NO_OTHERS, seconds, seed: seed?.toString(), cost },
  }
}

const NO_OTHERS = { clip: undefined, speech: undefined, transcript: undefined }

async function toImage(blob: Blob): Promise<MadeImage> {
  const { width, height } = (await pixelsOf(blob)) ?? { width: 0, height: 0 }
  return { blob, width, height }
}
