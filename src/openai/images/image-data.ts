import type { Image, ImagesResponse } from 'openai/resources/images'

import type { ImageResult } from '../../job/image/image-result.ts'
import { formatPixels } from '../../job/image/image-size.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { MediaForm, PlaceBase64 } from '../surface.ts'
import { withCost } from '../usage-cost.ts'

/** Token counts that nobody counted are 0; nothing is invented. */
const NO_USAGE = {
  total_tokens: 0,
  input_tokens: 0,
  output_tokens: 0,
  input_tokens_details: { text_tokens: 0, image_tokens: 0 },
  output_tokens_details: { text_tokens: 0, image_tokens: 0 },
}

/** What an answer says besides its result. */
interface AnswerFacts {
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly base64: PlaceBase64
  /** Whom it is for; undefined: not said. */
  readonly safetyIdentifier?: string | undefined
}

/** The answer of `/v1/images/generations`, with the extra keys `model` (as the first Worker had) and `seed`. */
export function toImagesResponse(
  result: ImageResult,
  form: MediaForm,
  { createdAt, base64, safetyIdentifier }: AnswerFacts,
): JsonObject {
  const [first] = result.images
  const pixels = first?.pixels
  const format = formatOf(first?.contentType, first?.url)
  return {
    created: createdAt,
    model: result.model,
    data: result.images.map((_, index) => toImage(result, index, form, base64)),
    ...(pixels !== undefined && { size: formatPixels(pixels) }),
    ...(format !== undefined && { output_format: format }),
    ...(result.seed !== undefined && { seed: toSeed(result.seed) }),
    usage: withCost(NO_USAGE, result.costUsd),
    ...(safetyIdentifier !== undefined && { safety_identifier: safetyIdentifier }),
  } satisfies Answer
}

/** OpenAI types `size` as the few its first models had; later ones make any size. */
type Answer = Omit<ImagesResponse, 'size'> & {
  readonly size?: string
  readonly model: string
  readonly seed?: number | string
}

function toImage(
  result: ImageResult,
  index: number,
  form: MediaForm,
  base64: PlaceBase64,
): Image & JsonObject {
  const url = result.images[index]?.url ?? ''
  return {
    ...(form !== 'b64_json' && { url }),
    ...(form !== 'url' && { b64_json: base64(index) }),
    ...(result.revisedPrompt !== undefined && { revised_prompt: result.revisedPrompt }),
  } satisfies Image
}

/** Only the three formats that OpenAI's type names. */
export function formatOf(
  contentType: string | undefined,
  url: string | undefined,
): 'png' | 'jpeg' | 'webp' | undefined {
  const named = /^image\/(png|jpeg|webp)/.exec(contentType ?? '')?.[1]
  const ending = /\.(png|jpe?g|webp)(?:$|\?)/i.exec(url ?? '')?.[1]?.toLowerCase()
  const format = named ?? (ending === 'jpg' ? 'jpeg' : ending)
  return FORMATS.find((known) => known === format)
}

const FORMATS = ['png', 'jpeg', 'webp'] as const

/** A seed beyond 2^53 stays text: as a JSON number most readers would round it. */
function toSeed(seed: string): number | string {
  const number = Number(seed)
  return Number.isSafeInteger(number) ? number : seed
}
