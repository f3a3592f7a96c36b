import type { MediumName } from '../../job/any-result.ts'
import type { Caller } from '../../job/caller.ts'
import { ProblemError } from '../../job/problem.ts'
import type { Catalogue } from '../../models/catalogue/catalogue.ts'
import { resolveModel } from '../../models/catalogue/resolve-model.ts'
import type { AudioMedia } from './audio-media.ts'
import type { VideoMedia } from './video-media.ts'

/** How a medium's catalogue finds a model by its name. */
interface NamedMedium<Name> {
  readonly medium: Name
  /** Whether the name is known here. */
  readonly has: (name: string) => boolean
  /** @throws ProblemError when it is none of this medium, by fal's description of the endpoint either */
  readonly find: (name: string) => Promise<unknown>
}

/** The order is that in which they are asked. */
type NamedMedia = { readonly [Name in MediumName]: NamedMedium<Name> }

/** All media, as they find models. */
interface AllMedia {
  readonly images: Catalogue
  readonly videos: VideoMedia
  readonly audio: AudioMedia
}

/**
 * What a model makes that is no known image model. Names that are known here cost nothing to tell; an endpoint
 * that nobody described is looked up at fal, once. A name that means nothing is taken for an image model's, whose
 * error says what is wrong with it.
 */
export async function mediumOfModel(
  name: string,
  caller: Caller,
  { images, videos, audio }: AllMedia,
  ask: (endpoint: string) => Promise<unknown>,
): Promise<MediumName> {
  let asked: Promise<unknown> | undefined
  const schemaOf = (endpoint: string): Promise<unknown> => (asked ??= ask(endpoint))
  const films = videos.catalogueOf(caller)
  const speech = audio.speechModelsOf(caller)
  const transcripts = audio.transcriptModelsOf(caller)
  const named: NamedMedia = {
    image: {
      medium: 'image',
      has: () => false,
      find: (one) => resolveModel(one, images, schemaOf),
    },
    video: {
      medium: 'video',
      has: (one) => films.has(one),
      find: (one) => films.find(one, schemaOf),
    },
    speech: {
      medium: 'speech',
      has: (one) => speech.find(one) !== undefined,
      find: (one) => speech.resolve(one, schemaOf),
    },
    transcript: {
      medium: 'transcript',
      has: (one) => transcripts.find(one) !== undefined,
      find: (one) => transcripts.resolve(one, schemaOf),
    },
  }
  const media = Object.values(named)
  const known = media.find((one) => one.has(name))
  if (known !== undefined) return known.medium
  for (const { medium, find } of media) if (await isFound(find(name))) return medium
  return 'image'
}

async function isFound(finding: Promise<unknown>): Promise<boolean> {
  try {
    await finding
    return true
  } catch (error) {
    if (error instanceof ProblemError) return false
    throw error
  }
}
