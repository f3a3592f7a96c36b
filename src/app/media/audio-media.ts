import type { Caller } from '../../job/caller.ts'
import type { Medium, Order, Reader } from '../../job/medium.ts'
import type { SpeechJob, SpeechMade } from '../../job/sound/speech-job.ts'
import type { TranscriptJob, TranscriptMade } from '../../job/sound/transcript-job.ts'
import { onceForEach } from '../../lib/once-for-each.ts'
import type { CustomModel } from '../../models/catalogue/custom-models.ts'
import {
  createMediumCatalogue,
  type MediumCatalogue,
  type ModelKind,
  type ModelLimits,
  type NamedModel,
} from '../../models/catalogue/medium-catalogue.ts'
import { createSpeechKind } from '../../models/speech/speech-kind.ts'
import { createSpeechMedium } from '../../models/speech/speech-medium.ts'
import type { SpeechModel } from '../../models/speech/speech-spec.ts'
import { createTranscriptKind } from '../../models/transcripts/transcript-kind.ts'
import { createTranscriptMedium } from '../../models/transcripts/transcript-medium.ts'
import type { TranscriptModel } from '../../models/transcripts/transcript-spec.ts'
import type { Settings } from '../../settings/read-settings.ts'

/** Speech and transcripts, as a caller may use them. */
export interface AudioMedia {
  /** Which models that make sound a caller may use. */
  readonly speechModelsOf: (caller: Pick<Caller, 'models'>) => MediumCatalogue<SpeechModel>
  readonly speechOf: (caller: Caller) => Medium<SpeechJob, Order, SpeechMade>
  /** Which models that write speech down a caller may use. */
  readonly transcriptModelsOf: (caller: Caller) => MediumCatalogue<TranscriptModel>
  readonly transcriptsOf: (caller: Caller) => Medium<TranscriptJob, Order, TranscriptMade>
  readonly speechReader: Reader<SpeechMade>
  readonly transcriptReader: Reader<TranscriptMade>
}

/** Globs over names and endpoint ids; undefined: all. */
type Globs = readonly string[] | undefined

/** @param isOther whether a name means a model that draws or films, to tell it from one that nobody knows */
export function createAudioMedia(
  { models: customs, allowedModels }: Settings,
  isOther: ModelLimits['isOther'],
): AudioMedia {
  const of = <Model extends NamedModel>(
    kind: ModelKind<Model>,
    globs: Globs,
    isOtherSound: ModelLimits['isOther'],
  ): MediumCatalogue<Model> =>
    createMediumCatalogue(kind, {
      customs,
      allowed: [allowedModels, globs],
      isOther: (name) => isOtherSound(name) || isOther(name),
    })
  const [speechKind, transcriptKind] = [createSpeechKind(), createTranscriptKind()]
  const allSpeech = of(speechKind, undefined, isOther)
  const allTranscripts = of(transcriptKind, undefined, isOther)
  // The settings name a few lists of globs.
  const speech = onceForEach((globs: Globs) =>
    of(speechKind, globs, (name) => allTranscripts.find(name) !== undefined),
  )
  const transcripts = onceForEach((globs: Globs) =>
    of(transcriptKind, globs, (name) => allSpeech.find(name) !== undefined),
  )
  return {
    speechModelsOf: ({ models }) => speech(models),
    speechOf: ({ models }) => createSpeechMedium(speech(models)),
    transcriptModelsOf: ({ models }) => transcripts(models),
    transcriptsOf: ({ models }) => createTranscriptMedium(transcripts(models)),
    speechReader: createSpeechMedium(speech(undefined)),
    transcriptReader: createTranscriptMedium(transcripts(undefined)),
  }
}

/** The owner's models without those with sound, which the other media would take for mistakes. */
export function withoutSound(customs: readonly CustomModel[]): readonly CustomModel[] {
  const limits = { customs: [], allowed: [], isOther: () => false }
  const speech = createMediumCatalogue(createSpeechKind(), limits)
  const transcripts = createMediumCatalogue(createTranscriptKind(), limits)
  return customs.filter(({ name, endpoint }) => {
    const meant = endpoint ?? name
    return speech.find(meant) === undefined && transcripts.find(meant) === undefined
  })
}
