import type { AskedImageJob } from '../../job/image/image-job.ts'
import type { Call, MediaForm } from '../surface.ts'
import { toImagesResponse } from './image-data.ts'
import { toImageEvents, type ImageEventFacts } from './image-events.ts'
import { readSafetyIdentifier } from './newest-fields.ts'

/** What a request to `/v1/images/…` wants of its answer. */
interface Wanted {
  readonly what: ImageEventFacts['what']
  readonly stream?: boolean | null | undefined
  /** Of an answer that is no stream. */
  readonly form: MediaForm
  readonly body: Readonly<Record<string, unknown>>
}

/** A job of the images API, and how it is answered. */
export function toImagesCall(job: AskedImageJob, { what, stream, form, body }: Wanted): Call {
  const safetyIdentifier = readSafetyIdentifier(body)
  const streaming = stream === true
  return {
    kind: 'job',
    job,
    streaming,
    medium: 'image',
    form: streaming ? 'b64_json' : form,
    emptyList: 'data',
    toJson: (result, base64, { createdAt }) =>
      toImagesResponse(result, form, { createdAt, base64, safetyIdentifier }),
    toEvents: (running, base64, { createdAt }) =>
      toImageEvents(running, { what, job, createdAt, base64, safetyIdentifier }),
  }
}
