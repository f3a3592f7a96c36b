import type { Model } from 'openai/resources/models'

import type { ModelCard, ModelDetail } from '../job/model-card.ts'
import type { JsonObject } from '../lib/json.ts'

/** The first Worker's constant: the moment a model was made is not known, and clients sort by it. */
const CREATED = 1_677_609_600

/** `GET /v1/models`, with the keys of the first Worker and what each model takes. */
export function toModelList(cards: readonly ModelCard[]): JsonObject {
  return { object: 'list', data: cards.map((card) => toEntry(card, card.name)) }
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

function toEntry(card: ModelCard, id: string): Model & JsonObject {
  return {
    id,
    object: 'model',
    created: CREATED,
    owned_by: card.owner,
    permission: [],
    root: id,
    parent: null,
    // Open WebUI sorts by `name` and fails on null.
    name: card.name,
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
