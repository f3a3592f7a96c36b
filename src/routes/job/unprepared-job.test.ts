import { expectTypeOf, test } from 'vitest'

import type { AskedImageJob, ImageJob } from '../../job/image/image-job.ts'
import type { ImagesMade } from '../../job/image/image-result.ts'
import type { Medium, Order } from '../../job/medium.ts'
import type {
  AskedTranscriptJob,
  TranscriptJob,
  TranscriptMade,
} from '../../job/sound/transcript-job.ts'
import type { AskedVideoJob, VideoJob } from '../../job/video/video-job.ts'
import type { VideosMade } from '../../job/video/video-result.ts'
import type { JobRequest } from '../../jobs/run-tracked-job.ts'
import type { JobRunService } from './serve-job.ts'

interface Media {
  readonly images: Medium<ImageJob, Order, ImagesMade>
  readonly videos: Medium<VideoJob, Order, VideosMade>
  readonly transcripts: Medium<TranscriptJob, Order, TranscriptMade>
}

interface Jobs<Image, Video, Transcript> {
  readonly image: Image
  readonly video: Video
  readonly transcript: Transcript
}

type Asked = Jobs<AskedImageJob, AskedVideoJob, AskedTranscriptJob>
type Prepared = Jobs<ImageJob, VideoJob, TranscriptJob>

/** The compiler alone reads what is of this type: nothing is run. */
type Send<Ready> = (
  service: JobRunService,
  job: Ready,
  media: Media,
  request: JobRequest,
) => readonly unknown[]

const sendPrepared: Send<Prepared> = (service, job, media, request) => [
  service.run(job.image, media.images, request),
  service.run(job.video, media.videos, request),
  service.run(job.transcript, media.transcripts, request),
]

const sendAsked: Send<Asked> = (service, job, media, request) => [
  // @ts-expect-error -- its images are references
  service.run(job.image, media.images, request),
  // @ts-expect-error -- its images, video and sound are references
  service.run(job.video, media.videos, request),
  // @ts-expect-error -- its recording is a reference
  service.run(job.transcript, media.transcripts, request),
]

test('a job that was never prepared does not compile on its way to fal', () => {
  expectTypeOf(sendPrepared).toBeFunction()
  expectTypeOf(sendAsked).toBeFunction()
})
