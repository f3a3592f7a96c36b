import * as z from 'zod/mini'

import type { GeneratedImage } from '../../job/image/image-result.ts'
import { ProblemError } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { readSeed } from '../read-seed.ts'

/** The part of a result that comes from fal's output. */
export interface FalImages {
  readonly images: readonly GeneratedImage[]
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
  /** How many images were left out because fal's filter flagged them. */
  readonly flagged: number
}

// Minimal and loose, as outputs differ (fal API reference §7): `width` is often absent, sometimes null.
// Nothing but a missing URL may cost an image: it is paid for.
const edge = once(() => z.catch(z.nullish(z.int().check(z.positive())), undefined))
const words = once(() => z.catch(z.nullish(z.string()), undefined))

const falImage = once(() =>
  z.catch(
    z.nullish(
      z.object({
        // Anything else is no address that may be handed on.
        url: z.string().check(z.regex(/^(?:https?:\/\/|data:image\/)/i)),
        content_type: words(),
        width: edge(),
        height: edge(),
      }),
    ),
    undefined,
  ),
)

const output = once(() =>
  z.object({
    images: z.catch(z.nullish(z.array(falImage())), undefined),
    image: falImage(),
    has_nsfw_concepts: z.catch(z.nullish(z.array(z.catch(z.boolean(), false))), undefined),
    seed: z.catch(z.nullish(z.union([z.number(), z.string()])), undefined),
    prompt: words(),
    revised_prompt: words(),
    actual_prompt: words(),
  }),
)

/**
 * Reads what an endpoint made: `images[]` or `image`.
 *
 * @param text the body of the result, because a seed beyond 2^53 is lost in a JavaScript number
 * @throws ProblemError `content_rejected` when every image is flagged (fal then sends black ones with
 *   status 200), `upstream_failed` when there is no image
 */
export function readFalOutput(body: unknown, text: string): FalImages {
  const parsed = output().safeParse(body)
  const made = parsed.success ? toImages(parsed.data) : []
  if (!parsed.success || made.length === 0) {
    throw new ProblemError({
      kind: 'upstream_failed',
      charged: 'maybe',
      reason: 'the result holds no picture',
    })
  }
  const { revised_prompt, actual_prompt, prompt } = parsed.data
  const images = made.flatMap(({ flagged, image }) => (flagged ? [] : [image]))
  if (images.length === 0) {
    throw new ProblemError({
      kind: 'content_rejected',
      message: 'The picture was made, but the content filter flagged it.',
    })
  }
  return {
    images,
    seed: readSeed(parsed.data.seed, text),
    revisedPrompt: [revised_prompt, actual_prompt, prompt].find(Boolean) ?? undefined,
    flagged: made.length - images.length,
  }
}

/** `image` where `images` holds nothing; the flags stand beside them in the same order. */
function toImages({ images, image, has_nsfw_concepts: flags }: z.infer<ReturnType<typeof output>>) {
  const listed = (images ?? []).map((one, index) => ({ one, flagged: flags?.[index] === true }))
  const single = { one: image, flagged: flags?.[0] === true }
  const made = listed.some(({ one }) => one) ? listed : [single]
  return made.flatMap(({ one, flagged }) => (one ? [{ image: toImage(one), flagged }] : []))
}

function toImage(one: NonNullable<z.infer<ReturnType<typeof falImage>>>): GeneratedImage {
  const { url, content_type, width, height } = one
  const known = typeof width === 'number' && typeof height === 'number'
  return {
    url,
    contentType: content_type ?? undefined,
    pixels: known ? { width, height } : undefined,
  }
}
