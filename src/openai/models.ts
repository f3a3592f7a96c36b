import type { Model } from 'openai/resources/models'

import type { ModelCard } from '../job/model-card.ts'
import type { JsonObject } from '../lib/json.ts'

/** The first Worker's constant: the moment a model was made is not known, and clients sort by it. */
const CREATED = 1_677_609_600

/** `GET /v1/models`, with the keys of the first Worker and what each model takes. */
export function toModelList(cards: readonly ModelCard[]): JsonObject {
  return { object: 'list', data: cards.map((card) => toModel(card, card.name)) }
}

/**
 * `GET /v1/models/{id}`.
 *
 * @param id the name by which the caller asked
 */
export function toModel(card: ModelCard, id: string): JsonObject {
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
