import type {
  ImageEditCompletedEvent,
  ImageEditPartialImageEvent,
  ImageGenCompletedEvent,
  ImageGenPartialImageEvent,
} from 'openai/resources/images'
import * as z from 'zod/mini'

import type { AskedImageJob } from '../../job/image/image-job.ts'
import type { GeneratedImage, ImageResult } from '../../job/image/image-result.ts'
import { formatPixels } from '../../job/image/image-size.ts'
import type { RunningJob } from '../../job/running-job.ts'
import type { JsonObject } from '../../lib/json.ts'
import { once } from '../../lib/once.ts'
import type { PlaceBase64, ServerEvents } from '../surface.ts'
import { withCost } from '../usage-cost.ts'
import { formatOf } from './image-data.ts'

const PARTIALS = 'expected an integer from 0 to 3'

/** How many images of the way there the caller would like to see; fewer, or none, may come. */
export const partialImages = once(() =>
  z.nullish(z.int().check(z.minimum(0, PARTIALS), z.maximum(3, PARTIALS))),
)

/** The fields of a request for an event stream of images. */
export const streamOptions = once(() => ({
  stream: z.nullish(z.boolean()),
  partial_images: partialImages(),
}))

/** How many unfinished images a job is to show: there is nobody to see them but in a stream. */
export function readPartials({
  stream,
  partial_images: partials,
}: {
  readonly stream?: boolean | null | undefined
  readonly partial_images?: number | null | undefined
}): { readonly partials?: number } {
  return stream === true && typeof partials === 'number' ? { partials } : {}
}

/** Nobody counted tokens: 0, and nothing invented. */
const NO_USAGE = {
  total_tokens: 0,
  input_tokens: 0,
  output_tokens: 0,
  input_tokens_details: { text_tokens: 0, image_tokens: 0 },
} satisfies ImageGenCompletedEvent.Usage

/** What an event stream of images belongs to. */
export interface ImageEventFacts {
  /** The first half of the events' names. */
  readonly what: 'image_generation' | 'image_edit'
  readonly job: AskedImageJob
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly base64: PlaceBase64
  /** Whom it is for; undefined: not said. */
  readonly safetyIdentifier?: string | undefined
}

/**
 * The event stream of `/v1/images/generations` and `/v1/images/edits`, see OpenAI's API reference, "Image
 * generation streaming": the unfinished images, then one `completed` for every image, in order. OpenAI sends no `[DONE]` here.
 */
export async function* toImageEvents(
  running: RunningJob<ImageResult>,
  facts: ImageEventFacts,
): ServerEvents {
  let partials = 0
  for (;;) {
    const next = await running.next()
    if (next.done !== true) {
      if (next.value.type !== 'partial') continue
      const data = toPartial(next.value.image, partials, facts)
      partials += 1
      yield [{ event: data.type, data }]
      continue
    }
    for (const index of next.value.images.keys()) {
      const data = toCompleted(next.value, index, facts)
      yield [{ event: data.type, data }]
    }
    return
  }
}

type Completed = Omit<ImageGenCompletedEvent | ImageEditCompletedEvent, 'type'>
type PartialImage = Omit<ImageGenPartialImageEvent | ImageEditPartialImageEvent, 'type'>
type Named = JsonObject & { readonly type: string }

function toPartial(image: GeneratedImage, number: number, facts: ImageEventFacts): Named {
  return {
    type: `${facts.what}.partial_image`,
    ...toCommon(image, 0, undefined, facts),
    partial_image_index: number,
  } satisfies PartialImage & {
    type: (ImageGenPartialImageEvent | ImageEditPartialImageEvent)['type']
  }
}

/** Each image has an event of its own; the last one says what they cost together. */
function toCompleted(result: ImageResult, index: number, facts: ImageEventFacts): Named {
  const { images, size, costUsd } = result
  const isLast = index === images.length - 1
  return {
    type: `${facts.what}.completed`,
    ...toCommon(images[index], index, size, facts),
    usage: withCost(NO_USAGE, isLast ? costUsd : undefined),
    ...(facts.safetyIdentifier !== undefined && { safety_identifier: facts.safetyIdentifier }),
  } satisfies Completed & { type: (ImageGenCompletedEvent | ImageEditCompletedEvent)['type'] }
}

function toCommon(
  image: GeneratedImage | undefined,
  index: number,
  size: string | undefined,
  { job, createdAt, base64 }: ImageEventFacts,
) {
  return {
    b64_json: base64(index),
    created_at: createdAt,
    size: image?.pixels === undefined ? (size ?? 'auto') : formatPixels(image.pixels),
    quality: job.quality ?? 'auto',
    background: job.background ?? 'auto',
    // The type knows these three only, and needs one of them.
    output_format: formatOf(image?.contentType, image?.url) ?? 'png',
  } satisfies Omit<PartialImage, 'partial_image_index'>
}
