import type { AnyMade } from '../job/any-result.ts'
import type { Caller } from '../job/caller.ts'
import type { ImageJob } from '../job/image/image-job.ts'
import type { ImagesMade } from '../job/image/image-result.ts'
import type { Medium, Order, Reader } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import type { SpeechJob, SpeechMade } from '../job/sound/speech-job.ts'
import type { TranscriptJob, TranscriptMade } from '../job/sound/transcript-job.ts'
import type { VideoJob } from '../job/video/video-job.ts'
import type { VideosMade } from '../job/video/video-result.ts'
import { createAllowedCatalogues } from '../models/catalogue/allowed-catalogue.ts'
import { createCatalogue, type Catalogue } from '../models/catalogue/catalogue.ts'
import type { MediumCatalogue } from '../models/catalogue/medium-catalogue.ts'
import { createImageMedium } from '../models/images/image-medium.ts'
import { createLiveSpecs } from '../models/images/live-spec.ts'
import { createSpeechMedium } from '../models/speech/speech-medium.ts'
import type { SpeechModel } from '../models/speech/speech-spec.ts'
import { createTranscriptMedium } from '../models/transcripts/transcript-medium.ts'
import type { TranscriptModel } from '../models/transcripts/transcript-spec.ts'
import {
  createVideoCatalogue,
  withoutVideos,
  type VideoCatalogue,
} from '../models/videos/video-catalogue.ts'
import { createVideoMedium } from '../models/videos/video-medium.ts'
import type { Settings } from '../settings/read-settings.ts'
import { createAudioCatalogues, withoutSound } from './audio-catalogues.ts'

/** The media of this gateway, each as a caller may use it. */
export interface Media {
  /** Which models a caller may use. */
  readonly catalogueOf: (caller: Caller) => Catalogue
  readonly imagesOf: (caller: Caller) => Medium<ImageJob, Order, ImagesMade>
  /** Which video models a caller may use. */
  readonly videoCatalogueOf: (caller: Caller) => VideoCatalogue
  readonly videosOf: (caller: Caller) => Medium<VideoJob, Order, VideosMade>
  readonly videoReader: Reader<VideosMade>
  /** Which models that make sound a caller may use. */
  readonly speechModelsOf: (caller: Pick<Caller, 'models'>) => MediumCatalogue<SpeechModel>
  readonly speechOf: (caller: Caller) => Medium<SpeechJob, Order, SpeechMade>
  /** Which models that write speech down a caller may use. */
  readonly transcriptModelsOf: (caller: Caller) => MediumCatalogue<TranscriptModel>
  readonly transcriptsOf: (caller: Caller) => Medium<TranscriptJob, Order, TranscriptMade>
  /**
   * What reads the results of a job that is looked up, by the name of its medium.
   *
   * @throws ProblemError `job_not_found` for a medium that this gateway does not know
   */
  readonly readerOf: (medium: string) => Reader<ImagesMade>
  /** The same of any medium. */
  readonly anyReaderOf: (medium: string) => Reader<AnyMade>
}

/** @throws ProblemError `not_configured` when the models that are set do not fit together */
export function createMedia(settings: Settings): Media {
  const videoCatalogue = createVideoCatalogue({
    models: settings.models,
    allowed: settings.allowedModels,
  })
  const catalogue = createCatalogue({
    defaultModel: settings.defaultModel,
    models: withoutSound(withoutVideos(settings.models, videoCatalogue)),
    allowed: settings.allowedModels,
  })
  const allowed = createAllowedCatalogues(catalogue)
  const catalogueOf: Media['catalogueOf'] = ({ models }) => allowed(models)
  const live = createLiveSpecs()
  const images = createImageMedium(catalogue, live)
  const videos = createVideoMedium(videoCatalogue)
  const videoCatalogueOf: Media['videoCatalogueOf'] = ({ models }) => videoCatalogue.allow(models)
  const audio = createAudioCatalogues(
    settings,
    (name) => videoCatalogue.has(name) || isKnown(name, catalogue),
  )
  const readers: readonly Reader<AnyMade>[] = [
    images,
    videos,
    createSpeechMedium(audio.speech(undefined)),
    createTranscriptMedium(audio.transcripts(undefined)),
  ]
  return {
    catalogueOf,
    imagesOf: (caller) => createImageMedium(catalogueOf(caller), live),
    videoCatalogueOf,
    videosOf: (caller) => createVideoMedium(videoCatalogueOf(caller)),
    videoReader: videos,
    speechModelsOf: ({ models }) => audio.speech(models),
    speechOf: ({ models }) => createSpeechMedium(audio.speech(models)),
    transcriptModelsOf: ({ models }) => audio.transcripts(models),
    transcriptsOf: ({ models }) => createTranscriptMedium(audio.transcripts(models)),
    readerOf(medium) {
      if (medium === images.name) return images
      throw new ProblemError({ kind: 'job_not_found' })
    },
    anyReaderOf(medium) {
      const reader = readers.find(({ name }) => name === medium)
      if (reader === undefined) throw new ProblemError({ kind: 'job_not_found' })
      return reader
    },
  }
}

function isKnown(name: string, catalogue: Catalogue): boolean {
  try {
    catalogue.resolve(name)
    return true
  } catch (error) {
    if (error instanceof ProblemError) return false
    throw error
  }
}
