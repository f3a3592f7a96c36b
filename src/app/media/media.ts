import type { AnyMade, MediumName } from '../../job/any-result.ts'
import type { Caller } from '../../job/caller.ts'
import type { ImageJob } from '../../job/image/image-job.ts'
import type { ImagesMade } from '../../job/image/image-result.ts'
import type { Medium, Order, Reader } from '../../job/medium.ts'
import { ProblemError } from '../../job/problem.ts'
import { loadOnce } from '../../lib/load-once.ts'
import { createAllowedCatalogues } from '../../models/catalogue/allowed-catalogue.ts'
import { createCatalogue, type Catalogue } from '../../models/catalogue/catalogue.ts'
import type { CustomModel } from '../../models/catalogue/custom-models.ts'
import { createImageMedium } from '../../models/images/image-medium.ts'
import { createLiveSpecs } from '../../models/images/live-spec.ts'
import type { Settings } from '../../settings/read-settings.ts'
import type { AudioMedia } from './audio-media.ts'
import type { VideoMedia } from './video-media.ts'

/** The media of this gateway, each as a caller may use it. Images are there from the start. */
export interface Media {
  /** Which models a caller may use. */
  readonly catalogueOf: (caller: Caller) => Catalogue
  readonly imagesOf: (caller: Caller) => Medium<ImageJob, Order, ImagesMade>
  /** Loaded when first asked for. */
  readonly videoMedia: () => Promise<VideoMedia>
  /** Loaded when first asked for. */
  readonly audioMedia: () => Promise<AudioMedia>
  /**
   * What reads the results of a job that is looked up, by the name of its medium.
   *
   * @throws ProblemError `job_not_found` for a medium that this gateway does not know
   */
  readonly readerOf: (medium: string) => Promise<Reader<AnyMade>>
  /** What a model makes, by its name; a name that means nothing is taken for an image model's. */
  readonly mediumOf: (
    name: string | undefined,
    caller: Caller,
    schemaOf: (endpoint: string) => Promise<unknown>,
  ) => Promise<MediumName>
}

/** @throws ProblemError `not_configured` when the models that are set do not fit together */
export async function createMedia(settings: Settings): Promise<Media> {
  const videoMedia = loadOnce(async () => {
    const { createVideoMedia } = await import('./video-media.ts')
    return () => createVideoMedia(settings)
  })
  const catalogue = createCatalogue({
    defaultModel: settings.defaultModel,
    models: await imagesAmong(settings.models, videoMedia),
    allowed: settings.allowedModels,
  })
  const audioMedia = loadOnce(async () => {
    const { createAudioMedia } = await import('./audio-media.ts')
    const videos = await videoMedia()
    return () => createAudioMedia(settings, (name) => videos.has(name) || isKnown(name, catalogue))
  })
  const allowed = createAllowedCatalogues(catalogue)
  const catalogueOf: Media['catalogueOf'] = ({ models }) => allowed(models)
  const live = createLiveSpecs()
  const images = createImageMedium(catalogue, live)
  return {
    catalogueOf,
    imagesOf: (caller) => createImageMedium(catalogueOf(caller), live),
    videoMedia,
    audioMedia,
    async mediumOf(name, caller, schemaOf) {
      const catalogueOfCaller = catalogueOf(caller)
      if (name === undefined || isKnown(name, catalogueOfCaller)) return 'image'
      const { mediumOfModel } = await import('./medium-of-model.ts')
      const all = {
        images: catalogueOfCaller,
        videos: await videoMedia(),
        audio: await audioMedia(),
      }
      return mediumOfModel(name, caller, all, schemaOf)
    },
    async readerOf(medium) {
      if (medium === images.name) return images
      const videos = await videoMedia()
      if (medium === videos.reader.name) return videos.reader
      const { readers } = await audioMedia()
      const reader = readers.find(({ name }) => name === medium)
      if (reader === undefined) throw new ProblemError({ kind: 'job_not_found' })
      return reader
    },
  }
}

/** The owner's models that make images; which those are, the other media know. */
async function imagesAmong(
  customs: readonly CustomModel[],
  videoMedia: Media['videoMedia'],
): Promise<readonly CustomModel[]> {
  if (customs.length === 0) return customs
  const { withoutSound } = await import('./audio-media.ts')
  const videos = await videoMedia()
  return withoutSound(customs).filter(({ name, endpoint }) => !videos.has(endpoint ?? name))
}

function isKnown(name: string, catalogue: Catalogue): boolean {
  return catalogue.known(name) !== undefined
}
