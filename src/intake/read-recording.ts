import * as z from 'zod/mini'

import { invalidRequest, ProblemError } from '../job/problem.ts'
import { toReference, type MediaReference } from '../job/reference.ts'
import type { AskedTranscriptJob, SourceAudio, TranscriptJob } from '../job/sound/transcript-job.ts'
import { once } from '../lib/once.ts'
import { readAudioHeader, recordingSeconds } from '../media/audio/audio-header.ts'
import { fromDataUri } from '../media/data-uri.ts'
import { agreed } from '../openai/agreed.ts'
import type { RequestContext } from '../request/request-context.ts'
import { createAudioIntake, isFilePart, MAX_AUDIO_BYTES, notAudio } from './audio-intake.ts'
import { readJsonBody } from './body/read-body.ts'
import type { BodyHash } from './idempotency.ts'
import { checkUrl, type SourceAccess } from './prepare-sources.ts'
import { readForm } from './read-form.ts'

/** A request with a recording in it, which nobody has resolved. */
export interface RecordingBody {
  readonly fields: Readonly<Record<string, unknown>>
  readonly audio: MediaReference
}

/**
 * Reads the body of a request for a transcript: a form with a file, or a form or JSON with an address, a data
 * URI, or the id of a file.
 *
 * @throws ProblemError `invalid_request` when there is no recording, or it is none; `too_large`;
 *   `upstream_failed` when it cannot be stored
 */
export async function readRecording(
  { request }: RequestContext,
  { storage }: Pick<SourceAccess, 'storage'>,
  bodyHasher: BodyHash | undefined,
): Promise<RecordingBody> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data/i.test(type.trim())) {
    const fields = await readJsonBody(request, bodyHasher)
    return { fields, audio: inFields(fields) }
  }
  const intake = createAudioIntake(storage)
  const { fields, taken } = await readForm(request, intake, {
    partOf: (name) => (isFilePart(name) ? 'file' : undefined),
    isFile: isFilePart,
    maxFileBytes: MAX_AUDIO_BYTES,
    bodyHasher,
  })
  const { audio, address } = taken
  refuseSecond(fields, audio)
  if (audio !== undefined) return { fields, audio }
  const said = address === undefined ? fields : { ...fields, file: address }
  return { fields, audio: inFields(said) }
}

/**
 * The job with its recording where fal can fetch it.
 *
 * @throws ProblemError as `prepareRecording`
 */
export async function prepareTranscript(
  job: AskedTranscriptJob,
  access: SourceAccess,
): Promise<TranscriptJob> {
  return { ...job, audio: await prepareRecording(job.audio, access) }
}

/**
 * A recording where fal can fetch it.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed` when it cannot be stored
 */
export async function prepareRecording(
  reference: MediaReference,
  access: SourceAccess,
): Promise<SourceAudio> {
  switch (reference.kind) {
    case 'file':
      return { url: await access.findFile(reference.id), seconds: undefined }
    case 'url': {
      const url = checkUrl(await access.toFalUrl(reference.url), reference.param, 'audio/mpeg')
      return { url, seconds: reference.seconds }
    }
    case 'data':
      return prepareData(reference, access)
  }
}

/** OpenRouter's way of a recording in JSON, which is that of a chat's part too. */
const inputAudio = once(() => z.object({ data: z.string().check(z.minLength(1)) }))

/** Under these names others take an address. */
const ADDRESSES = ['file', 'url', 'audio_url'] as const

function inFields(fields: RecordingBody['fields']): MediaReference {
  refuseSecond(fields)
  const nested = inputAudio().safeParse(fields['input_audio'])
  if (nested.success) {
    const { data } = nested.data
    const uri = /^data:/i.test(data) ? data : `data:audio/any;base64,${data}`
    return { kind: 'data', uri, param: 'file' }
  }
  const name = ADDRESSES.find((one) => !isEmpty(fields[one]))
  const value = name && fields[name]
  if (name === undefined) throw missingFile()
  if (typeof value === 'string') return { ...toReference(value.trim()), param: name }
  throw invalidRequest(
    name,
    `Invalid type for '${name}': expected an address, a data URI or the id of a file.`,
  )
}

/** @throws ProblemError `invalid_request` where two fields name recordings that differ */
function refuseSecond(fields: RecordingBody['fields'], uploaded?: MediaReference): void {
  const named = ['input_audio', ...ADDRESSES].map((name) => [name, fields[name]] as const)
  agreed([['file', uploaded] as const, ...named].filter(([, value]) => !isEmpty(value)))
}

/** As clients leave a field that nothing was put into. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** Written out in the request it goes to fal's storage: fal refuses some kinds in an address. */
async function prepareData(
  { uri, param }: Extract<MediaReference, { kind: 'data' }>,
  { storage }: SourceAccess,
): Promise<SourceAudio> {
  const data = fromDataUri(uri)
  if (data === undefined || data.bytes.byteLength === 0) {
    throw invalidRequest(param, 'The recording is broken: it must be base64.')
  }
  if (data.bytes.byteLength > MAX_AUDIO_BYTES) {
    throw new ProblemError({ kind: 'too_large', what: 'The file', limitBytes: MAX_AUDIO_BYTES })
  }
  const header = readAudioHeader(data.bytes)
  if (header === undefined) throw notAudio(param)
  const seconds = recordingSeconds(header, data.bytes.byteLength)
  return { url: await storage.store([data.bytes], header.contentType), seconds }
}

function missingFile(): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message: "Missing required parameter: 'file'.",
    param: 'file',
    mistake: 'missing',
  })
}
