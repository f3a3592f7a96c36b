import { readJsonBody } from '../../intake/body/read-body.ts'
import { hashBody } from '../../intake/idempotency.ts'
import type { Caller } from '../../job/caller.ts'
import type { Medium, Order } from '../../job/medium.ts'
import type { SpeechJob, SpeechMade, SpeechResult } from '../../job/sound/speech-job.ts'
import { drain } from '../../lib/drain.ts'
import { openSpeech, type OpenedSpeech } from '../../media/audio/open-speech.ts'
import { SPEECH_FIELDS } from '../../openai/audio/audio-fields.ts'
import { toSpeechEvents } from '../../openai/audio/speech-events.ts'
import { readSpeechRequest } from '../../openai/audio/speech-request.ts'
import type { ServerEvents } from '../../openai/surface.ts'
import { readTreatment } from '../../openai/treatment.ts'
import type { OpenMedia } from '../../ports/opened-media.ts'
import { resultHeaders } from '../../reply/headers.ts'
import { prefersAsync } from '../../request/prefers-async.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { leaveJob } from '../job/leave-job.ts'
import { serveJob, type JobRunService, type ServedJob } from '../job/serve-job.ts'
import { streamJob } from '../job/stream-job.ts'

/** What speech is served with. */
export interface SpeechService extends JobRunService {
  /** Sound, as this caller may have it made. */
  speechOf(caller: Caller): Medium<SpeechJob, Order, SpeechMade>
  readonly open: OpenMedia
}

/**
 * `POST /v1/audio/speech`: the sound as the model makes it, or in events.
 *
 * @throws ProblemError every failure of reading and of the job
 */
export async function serveSpeech(
  context: RequestContext,
  service: SpeechService,
): Promise<Response> {
  const hasher = service.knowsRepeats ? hashBody(context) : undefined
  const body = await readJsonBody(context.request, hasher)
  const { job, streaming } = readSpeechRequest(body, context.deployment)
  const wanted = {
    job,
    medium: service.speechOf(context.caller),
    idempotency: await hasher?.idempotency(),
    goesOn: prefersAsync(context.request),
    isResponse: false,
    words: { fields: SPEECH_FIELDS, extra: job.extra },
    streaming,
    treatment: readTreatment(body),
  }
  return serveJob(wanted, context, service, (served) => {
    const open = (result: SpeechResult): Promise<OpenedSpeech> =>
      openSpeech(result.audio, job.format, service.open, served.signal)
    if (streaming) return streamJob(served, retell(served, open))
    return wanted.goesOn ? leaveJob(served) : speak(served, open)
  })
}

type OpenResult = (result: SpeechResult) => Promise<OpenedSpeech>

async function speak(job: ServedJob<SpeechResult>, open: OpenResult): Promise<Response> {
  const result = await drain(job.running)
  const sound = await open(result)
  const adjusted = [...result.adjusted, ...sound.adjusted]
  const headers = {
    ...job.headers,
    ...resultHeaders({ ...result, adjusted }),
    'content-type': sound.contentType,
  }
  void sound.ended.then(job.finish, (error: unknown) => {
    job.fail(error)
    job.hangUp()
  })
  return new Response(sound.body, { headers })
}

async function* retell(job: ServedJob<SpeechResult>, open: OpenResult): ServerEvents {
  const result = await drain(job.running)
  const { body } = await open(result)
  yield* toSpeechEvents(body, result.costUsd)
}
