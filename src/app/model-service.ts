import type { Caller } from '../job/caller.ts'
import type { SpeechCard, TranscriptCard } from '../job/model-card.ts'
import { resolveModel } from '../models/catalogue/resolve-model.ts'
import { toModelCard, toModelDetail } from '../models/model-cards.ts'
import { toSpeechCard } from '../models/speech/speech-card.ts'
import { toTranscriptCard } from '../models/transcripts/transcript-card.ts'
import { toVideoCard, toVideoDetail } from '../models/videos/video-cards.ts'
import { toAudioModel, toModel, toModelList, toVideoModel } from '../openai/models.ts'
import type { AudioMedia } from './media/audio-media.ts'
import type { Services } from './services.ts'

type ModelService = Pick<Services, 'catalogueOf' | 'videoMedia' | 'audioMedia' | 'schemaOf'>

/** `GET /v1/models`: which models there are, of every medium; `?scope=all` those that nobody curated too. */
export async function serveModels(
  caller: Caller,
  isAll: boolean,
  service: ModelService,
): Promise<Response> {
  const catalogue = service.catalogueOf(caller)
  const videos = service.videoMedia().catalogueOf(caller)
  const { speechModelsOf, transcriptModelsOf } = service.audioMedia()
  const [speakers, writers] = [speechModelsOf(caller), transcriptModelsOf(caller)]
  const models = isAll ? catalogue.all() : catalogue.models
  const videoModels = isAll ? videos.all() : videos.models
  return Response.json(
    toModelList([
      ...models.map(toModelCard),
      ...videoModels.map(toVideoCard),
      ...(isAll ? speakers.all() : speakers.models).map(toSpeechCard),
      ...(isAll ? writers.all() : writers.models).map(toTranscriptCard),
    ]),
  )
}

/**
 * `GET /v1/models/{id}`, with the fields that the model takes.
 *
 * @throws ProblemError as `resolveModel`
 */
export async function serveModel(
  id: string,
  caller: Caller,
  service: ModelService,
): Promise<Response> {
  const { schemaOf } = service
  const audio = audioCardOf(id, caller, service.audioMedia())
  if (audio !== undefined) return Response.json(toAudioModel(audio, id))
  const videos = service.videoMedia().catalogueOf(caller)
  if (videos.has(id)) {
    return Response.json(toVideoModel(toVideoDetail(await videos.find(id, schemaOf)), id))
  }
  const model = await resolveModel(id, service.catalogueOf(caller), schemaOf)
  return Response.json(toModel(toModelDetail(model), id))
}

/** undefined: the name means no model with sound. */
function audioCardOf(
  name: string,
  caller: Caller,
  { speechModelsOf, transcriptModelsOf }: AudioMedia,
): SpeechCard | TranscriptCard | undefined {
  const speaker = speechModelsOf(caller).find(name)
  if (speaker !== undefined) return toSpeechCard(speaker)
  const writer = transcriptModelsOf(caller).find(name)
  return writer && toTranscriptCard(writer)
}
