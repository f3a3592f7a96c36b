import type { SourceAccess } from '../intake/prepare-sources.ts'
import { prepareImages } from '../intake/read-call.ts'
import { prepareTranscript } from '../intake/read-recording.ts'
import { prepareVideo } from '../intake/read-video.ts'
import type { Caller } from '../job/caller.ts'
import type { ImageJob } from '../job/image/image-job.ts'
import type { ImagesMade } from '../job/image/image-result.ts'
import type { Medium, Order } from '../job/medium.ts'
import type { SpeechJob, SpeechMade } from '../job/sound/speech-job.ts'
import type { TranscriptJob, TranscriptMade } from '../job/sound/transcript-job.ts'
import type { VideoJob } from '../job/video/video-job.ts'
import type { VideosMade } from '../job/video/video-result.ts'
import type { JobCall } from '../openai/surface.ts'
import { createImageDelivery, type DeliveryAccess } from '../reply/delivery.ts'
import {
  createSpeechDelivery,
  createTranscriptDelivery,
  createVideoDelivery,
} from '../reply/media-delivery.ts'
import { serveWork, type WorkRequest } from './serve-work.ts'

/** The media, each as a caller may have it made. */
export interface ServedMedia {
  imagesOf(caller: Caller): Medium<ImageJob, Order, ImagesMade>
  videoMedia(): {
    readonly videosOf: (caller: Caller) => Medium<VideoJob, Order, VideosMade>
  }
  audioMedia(): {
    readonly speechOf: (caller: Caller) => Medium<SpeechJob, Order, SpeechMade>
    readonly transcriptsOf: (caller: Caller) => Medium<TranscriptJob, Order, TranscriptMade>
  }
}

/**
 * Serves a call for something to be made: the one place where a call is told apart by its medium.
 *
 * @throws ProblemError every failure of the job
 */
export async function serveMedia(
  call: JobCall,
  request: WorkRequest,
  media: ServedMedia,
  access: SourceAccess,
): Promise<Response> {
  const { caller } = request.context
  switch (call.medium) {
    case 'image': {
      const job = await prepareImages(call.job, access)
      const deliveryOf = (to: DeliveryAccess) => createImageDelivery(call.form, to)
      return serveWork({ call, job, medium: media.imagesOf(caller), deliveryOf }, request)
    }
    case 'video': {
      const job = await prepareVideo(call.job, access)
      const { videosOf } = media.videoMedia()
      const medium = videosOf(caller)
      return serveWork({ call, job, medium, deliveryOf: createVideoDelivery }, request)
    }
    case 'speech': {
      const { job, form } = call
      const { speechOf } = media.audioMedia()
      const deliveryOf = (to: DeliveryAccess) => createSpeechDelivery(form, job.format, to)
      return serveWork({ call, job, medium: speechOf(caller), deliveryOf }, request)
    }
    case 'transcript': {
      const job = await prepareTranscript(call.job, access)
      const { transcriptsOf } = media.audioMedia()
      const medium = transcriptsOf(caller)
      return serveWork({ call, job, medium, deliveryOf: createTranscriptDelivery }, request)
    }
  }
}
