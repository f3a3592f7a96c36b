import type { Caller } from '../job/caller.ts'
import type { ImageJob } from '../job/image-job.ts'
import type { ImagesMade } from '../job/image-result.ts'
import type { BaseMade } from '../job/job-result.ts'
import type { Medium, Order, Reader } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import type { VideoJob } from '../job/video-job.ts'
import type { VideosMade } from '../job/video-result.ts'
import { createAllowedCatalogues } from '../models/catalogue/allowed-catalogue.ts'
import { createCatalogue, type Catalogue } from '../models/catalogue/catalogue.ts'
import { createImageMedium } from '../models/images/image-medium.ts'
import {
  createVideoCatalogue,
  withoutVideos,
  type VideoCatalogue,
} from '../models/videos/video-catalogue.ts'
import { createVideoMedium } from '../models/videos/video-medium.ts'
import type { Settings } from '../settings/read-settings.ts'

/** The media of this gateway, each as a caller may use it. */
export interface Media {
  /** Which models a caller may use. */
  readonly catalogueOf: (caller: Caller) => Catalogue
  readonly imagesOf: (caller: Caller) => Medium<ImageJob, Order, ImagesMade>
  /** Which video models a caller may use. */
  readonly videoCatalogueOf: (caller: Caller) => VideoCatalogue
  readonly videosOf: (caller: Caller) => Medium<VideoJob, Order, VideosMade>
  readonly videoReader: Reader<VideosMade>
  /**
   * What reads the results of a job that is looked up, by the name of its medium.
   *
   * @throws ProblemError `job_not_found` for a medium that this gateway does not know
   */
  readonly readerOf: (medium: string) => Reader<ImagesMade>
  /** The same of any medium, as far as all of them are alike. */
  readonly anyReaderOf: (medium: string) => Reader<BaseMade>
}

/** @throws ProblemError `not_configured` when the models that are set do not fit together */
export function createMedia(settings: Settings): Media {
  const videoCatalogue = createVideoCatalogue({
    models: settings.models,
    allowed: settings.allowedModels,
  })
  const catalogue = createCatalogue({
    defaultModel: settings.defaultModel,
    models: withoutVideos(settings.models, videoCatalogue),
    allowed: settings.allowedModels,
  })
  const allowed = createAllowedCatalogues(catalogue)
  const catalogueOf: Media['catalogueOf'] = ({ models }) => allowed(models)
  const images = createImageMedium(catalogue)
  const videos = createVideoMedium(videoCatalogue)
  const videoCatalogueOf: Media['videoCatalogueOf'] = ({ models }) => videoCatalogue.allow(models)
  return {
    catalogueOf,
    imagesOf: (caller) => createImageMedium(catalogueOf(caller)),
    videoCatalogueOf,
    videosOf: (caller) => createVideoMedium(videoCatalogueOf(caller)),
    videoReader: videos,
    readerOf(medium) {
      if (medium === images.name) return images
      throw new ProblemError({ kind: 'job_not_found' })
    },
    anyReaderOf(medium) {
      const reader = [images, videos].find(({ name }) => name === medium)
      if (reader === undefined) throw new ProblemError({ kind: 'job_not_found' })
      return reader
    },
  }
}
