import type { Model } from 'openai/resources/models'

import type {
  ModelCard,
  ModelDetail,
  SpeechCard,
  TranscriptCard,
  VideoCard,
  VideoDetail,
} from '../job/model-card.ts'
import type { JsonObject } from '../lib/json.ts'
import { toAudioEntry } from './audio/audio-models.ts'

/** The first Worker's constant: the moment a model was made is not known, and clients sort by it. */
const CREATED = 1_677_609_600

/** As the first Worker's documentation shows it; who made a model stands in `maker`. */
const OWNER = 'fal-ai'

type AnyCard = ModelCard | VideoCard | SpeechCard | TranscriptCard

/** `GET /v1/models`, with the keys of the first Worker and what each model takes. */
export function toModelList(cards: readonly AnyCard[]): JsonObject {
  return { object: 'list', data: cards.map((card) => toAnyEntry(card, card.name)) }
}

function toAnyEntry(card: AnyCard, id: string): Model & JsonObject {
  if (!('medium' in card)) return toEntry(card, id)
  return card.medium === 'video' ? toVideoEntry(card, id) : toAudioModel(card, id)
}

/** The entry of a model with sound, as the list and `GET /v1/models/{id}` have it. */
export function toAudioModel(card: SpeechCard | TranscriptCard, id: string): Model & JsonObject {
  return toAudioEntry(card, toHead(card, id))
}

/**
 * `GET /v1/models/{id}`: the entry of the list, and the fields, which would make the list long.
 *
 * @param id the name by which the caller asked
 */
export function toModel(detail: ModelDetail, id: string): JsonObject {
  const { fields, editFields } = detail
  return {
    ...toEntry(detail, id),
    fields: fields.map((field) => ({ ...field })),
    edit_fields: editFields.map((field) => ({ ...field })),
  }
}

/** The same of a video model. */
export function toVideoModel(detail: VideoDetail, id: string): JsonObject {
  return { ...toVideoEntry(detail, id), fields: detail.fields.map((field) => ({ ...field })) }
}

const MODALITIES: Readonly<Record<string, string>> = {
  first_frame: 'image',
  last_frame: 'image',
  references: 'image',
}

function toVideoEntry(card: VideoCard, id: string): Model & JsonObject {
  const taken = card.inputs.map((input) => MODALITIES[input] ?? input)
  const { seconds } = card
  return {
    ...toHead(card, id),
    // new-api's word.
    supported_endpoint_types: ['openai-video'],
    architecture: {
      input_modalities: [...new Set(['text', ...taken])],
      output_modalities: ['video'],
    },
    endpoint: card.endpoint,
    ...(seconds !== undefined && { seconds: 'min' in seconds ? { ...seconds } : seconds }),
    sizes: card.ratios,
    resolutions: card.resolutions,
    inputs: card.inputs,
    generate_audio: card.sound,
    edit: card.edits,
    extend: card.extends,
  } satisfies Model & JsonObject
}

function toEntry(card: ModelCard, id: string): Model & JsonObject {
  return {
    ...toHead(card, id),
    // new-api's word; Cherry Studio's painting page lists only these.
    supported_endpoint_types: ['image-generation'],
    // OpenRouter's words.
    architecture: { input_modalities: ['text'], output_modalities: ['image'] },
    endpoint: card.endpoint,
    sizes: card.sizes,
    max_images: card.maxImages,
    output_formats: card.formats,
    edit: card.edits,
  } satisfies Model & JsonObject
}

/** What every entry begins with, in the order of the first Worker. */
function toHead({ owner, name }: Pick<AnyCard, 'owner' | 'name'>, id: string) {
  return {
    id,
    object: 'model' as const,
    created: CREATED,
    owned_by: OWNER,
    maker: owner,
    permission: [],
    root: id,
    parent: null,
    // Open WebUI sorts by `name` and fails on null.
    name,
  }
}
