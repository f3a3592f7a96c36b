import type { AnyMade, MediumName } from '../../job/any-result.ts'
import type { Caller } from '../../job/caller.ts'
import type { ImageJob } from '../../job/image/image-job.ts'
import type { ImagesMade } from '../../job/image/image-result.ts'
import type { Medium, Order, Reader } from '../../job/medium.ts'
import { ProblemError } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { createAllowedCatalogues } from '../../models/catalogue/allowed-catalogue.ts'
import { createCatalogue, type Catalogue } from '../../models/catalogue/catalogue.ts'
import type { CustomModel } from '../../models/catalogue/custom-models.ts'
import { createImageMedium } from '../../models/images/image-medium.ts'
import { createLiveSpecs } from '../../models/images/live-spec.ts'
import type { Settings } from '../../settings/read-settings.ts'
import { createAudioMedia, withoutSound, type AudioMedia } from './audio-media.ts'
import { mediumOfModel } from './medium-of-model.ts'
import { createVideoMedia, type VideoMedia } from './video-media.ts'

/** The media of this gateway, each as a caller may use it. Images are there from the start, the others
 * when they are first asked for: a catalogue takes its time to make. */
export interface Media {
  /** Which models a caller may use. */
  readonly catalogueOf: (caller: Caller) => Catalogue
  readonly imagesOf: (caller: Caller) => Medium<ImageJob, Order, ImagesMade>
  readonly videoMedia: () => VideoMedia
  readonly audioMedia: () => AudioMedia
  /**
   * What reads the results of a job that is looked up, by the name of its medium.
   *
   * @throws ProblemError `job_not_found` for a medium that this gateway does not know
   */
  readonly readerOf: (medium: string) => Reader<AnyMade>
  /** What a model makes, by its name; a name that means nothing is taken for an image model's. */
  readonly mediumOf: (
    name: string | undefined,
    caller: Caller,
    schemaOf: (endpoint: string) => Promise<unknown>,
  ) => Promise<MediumName>
}

/** @throws ProblemError `not_configured` when the models that are set do not fit together */
export function createMedia(settings: Settings): Media {
  const videoMedia = once(() => createVideoMedia(settings))
  const catalogue = createCatalogue({
    defaultModel: settings.defaultModel,
    models: imagesAmong(settings.models, videoMedia),
    allowed: settings.allowedModels,
  })
  const audioMedia = once(() =>
    createAudioMedia(settings, (name) => videoMedia().has(name) || isKnown(name, catalogue)),
  )
  const allowed = createAllowedCatalogues(catalogue)
  const catalogueOf: Media['catalogueOf'] = ({ models }) => allowed(models)
  const live = createLiveSpecs()
  const images = createImageMedium(catalogue, live)
  const readers = new Map<string, () => Reader<AnyMade>>(
    Object.entries({
      image: () => images,
      video: () => videoMedia().reader,
      speech: () => audioMedia().speechReader,
      transcript: () => audioMedia().transcriptReader,
    } satisfies Record<MediumName, () => Reader<AnyMade>>),
  )
  return {
    catalogueOf,
    imagesOf: (caller) => createImageMedium(catalogueOf(caller), live),
    videoMedia,
    audioMedia,
    async mediumOf(name, caller, schemaOf) {
      const catalogueOfCaller = catalogueOf(caller)
      if (name === undefined || isKnown(name, catalogueOfCaller)) return 'image'
      const all = { images: catalogueOfCaller, videos: videoMedia(), audio: audioMedia() }
      return mediumOfModel(name, caller, all, schemaOf)
    },
    readerOf(medium) {
      const reader = readers.get(medium)
      if (reader === undefined) throw new ProblemError({ kind: 'job_not_found' })
      return reader()
    },
  }
}

/** The owner's models that make images; which those are, the other media know. */
function imagesAmong(
  customs: readonly CustomModel[],
  videoMedia: Media['videoMedia'],
): readonly CustomModel[] {
  if (customs.length === 0) return customs
  const videos = videoMedia()
  return withoutSound(customs).filter(({ name, endpoint }) => !videos.has(endpoint ?? name))
}

function isKnown(name: string, catalogue: Catalogue): boolean {
  return catalogue.known(name) !== undefined
}
