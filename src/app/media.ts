import type { Caller } from '../job/caller.ts'
import type { ImageJob } from '../job/image-job.ts'
import type { ImagesMade } from '../job/image-result.ts'
import type { Medium, Order, Reader } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import { createAllowedCatalogues } from '../models/catalogue/allowed-catalogue.ts'
import { createCatalogue, type Catalogue } from '../models/catalogue/catalogue.ts'
import { createImageMedium } from '../models/images/image-medium.ts'
import type { Settings } from '../settings/read-settings.ts'

/** The media of this gateway, each as a caller may use it. */
export interface Media {
  /** Which models a caller may use. */
  readonly catalogueOf: (caller: Caller) => Catalogue
  readonly imagesOf: (caller: Caller) => Medium<ImageJob, Order, ImagesMade>
  /**
   * What reads the results of a job that is looked up, by the name of its medium.
   *
   * @throws ProblemError `job_not_found` for a medium that this gateway does not know
   */
  readonly readerOf: (medium: string) => Reader<ImagesMade>
}

/** @throws ProblemError `not_configured` when the models that are set do not fit together */
export function createMedia(settings: Settings): Media {
  const catalogue = createCatalogue({
    defaultModel: settings.defaultModel,
    models: settings.models,
    allowed: settings.allowedModels,
  })
  const allowed = createAllowedCatalogues(catalogue)
  const catalogueOf: Media['catalogueOf'] = ({ models }) => allowed(models)
  const images = createImageMedium(catalogue)
  return {
    catalogueOf,
    imagesOf: (caller) => createImageMedium(catalogueOf(caller)),
    readerOf(medium) {
      if (medium === images.name) return images
      throw new ProblemError({ kind: 'job_not_found' })
    },
  }
}
