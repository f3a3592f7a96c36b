import { hashBody } from '../../intake/idempotency.ts'
import { toSourceAccess, type CallAccess } from '../../intake/read-call.ts'
import { prepareRecording, readRecording } from '../../intake/read-recording.ts'
import type { Caller } from '../../job/caller.ts'
import type { Medium, Order } from '../../job/medium.ts'
import type {
  TranscriptJob,
  TranscriptMade,
  TranscriptResult,
} from '../../job/sound/transcript-job.ts'
import { drain } from '../../lib/drain.ts'
import { TRANSCRIPT_FIELDS } from '../../openai/audio/audio-fields.ts'
import { toTranscriptAnswer } from '../../openai/audio/transcription-answer.ts'
import { toTranscriptEvents } from '../../openai/audio/transcription-events.ts'
import {
  readTranscriptionRequest,
  type TranscriptWish,
} from '../../openai/audio/transcription-request.ts'
import type { ServerEvents } from '../../openai/surface.ts'
import { readTreatment } from '../../openai/treatment.ts'
import { resultHeaders } from '../../reply/headers.ts'
import { writeTold } from '../../reply/told-body.ts'
import { prefersAsync } from '../../request/prefers-async.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { answerJson } from '../job/answer-json.ts'
import { leaveJob } from '../job/leave-job.ts'
import { serveJob, type JobRunService, type ServedJob } from '../job/serve-job.ts'
import { streamJob } from '../job/stream-job.ts'

/** What transcripts are served with. */
export interface TranscriptService extends CallAccess, JobRunService {
  /** Transcripts, as this caller may have them written. */
  transcriptsOf(caller: Caller): Medium<TranscriptJob, Order, TranscriptMade>
}

/**
 * `POST /v1/audio/transcriptions` and `/v1/audio/translations`.
 *
 * @throws ProblemError every failure of reading and of the job
 */
export async function serveTranscript(
  task: TranscriptJob['task'],
  context: RequestContext,
  service: TranscriptService,
): Promise<Response> {
  const hasher = service.knowsRepeats ? hashBody(context) : undefined
  const access = toSourceAccess(context, service)
  const { fields, audio: recording } = await readRecording(context, access, hasher)
  const audio = await prepareRecording(recording, access)
  const wish = readTranscriptionRequest(fields, { task, audio, deployment: context.deployment })
  const wanted = {
    job: wish.job,
    medium: service.transcriptsOf(context.caller),
    idempotency: await hasher?.idempotency(),
    goesOn: prefersAsync(context.request),
    isResponse: false,
    words: { fields: TRANSCRIPT_FIELDS, main: 'audio_url', extra: wish.job.extra },
    streaming: wish.streaming,
    treatment: readTreatment(fields),
  }
  return serveJob(wanted, context, service, (job) => {
    if (wish.streaming) return streamJob(job, retell(job, wish))
    return wanted.goesOn ? leaveJob(job) : answer({ job, wish, context })
  })
}

async function* retell(job: ServedJob<TranscriptResult>, wish: TranscriptWish): ServerEvents {
  yield toTranscriptEvents(await drain(job.running), wish)
}

/** A transcript's job that has been accepted. */
interface ServedTranscript {
  readonly job: ServedJob<TranscriptResult>
  readonly wish: TranscriptWish
  readonly context: RequestContext
}

async function answer({ job, wish, context }: ServedTranscript): Promise<Response> {
  const told = drain(job.running).then((result) => ({
    result,
    body: toTranscriptAnswer(result, wish),
  }))
  if (!isText(wish)) {
    const json = told.then(({ result, body }) => ({ result, body: JSON.stringify(body) }))
    return answerJson(job, json, { empty: { text: '' }, record: context.record })
  }
  const { result, body } = await told
  // The SDKs parse what says that it is JSON, and hand on as text what says that it is plain.
  const headers = {
    ...job.headers,
    ...resultHeaders(result),
    'content-type': 'text/plain; charset=utf-8',
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  if (job.isRepeatable && text !== '') {
    return new Response(writeTold(text, job.finish, job.hangUp), { headers })
  }
  job.finish()
  return new Response(text, { headers })
}

function isText({ format }: TranscriptWish): boolean {
  return format === 'text' || format === 'srt' || format === 'vtt'
}
