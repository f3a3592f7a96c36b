import type { Caller } from '../../job/caller.ts'
import type { Medium, Order, Reader } from '../../job/medium.ts'
import type { VideoJob } from '../../job/video/video-job.ts'
import type { VideosMade } from '../../job/video/video-result.ts'
import { createVideoCatalogue, type VideoCatalogue } from '../../models/videos/video-catalogue.ts'
import { createVideoMedium } from '../../models/videos/video-medium.ts'
import type { Settings } from '../../settings/read-settings.ts'

/** Videos, as a caller may use them. */
export interface VideoMedia {
  /** Whether a name means a video model, whoever asks. */
  readonly has: (name: string) => boolean
  /** Which video models a caller may use. */
  readonly catalogueOf: (caller: Caller) => VideoCatalogue
  readonly videosOf: (caller: Caller) => Medium<VideoJob, Order, VideosMade>
  readonly reader: Reader<VideosMade>
}

export function createVideoMedia({ models, allowedModels }: Settings): VideoMedia {
  const catalogue = createVideoCatalogue({ models, allowed: allowedModels })
  const catalogueOf: VideoMedia['catalogueOf'] = (caller) => catalogue.allow(caller.models)
  return {
    has: (name) => catalogue.has(name),
    catalogueOf,
    videosOf: (caller) => createVideoMedium(catalogueOf(caller)),
    reader: createVideoMedium(catalogue),
  }
}
