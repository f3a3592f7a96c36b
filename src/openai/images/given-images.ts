import * as z from 'zod/mini'

import type { ImageReference } from '../../job/image/image-reference.ts'
import { readWith } from '../read-with.ts'
import { inputImages, inputMask, toSource } from './input-image.ts'

/** Where other image APIs, and fal itself, take an image to work on, beside `/v1/images/edits`. */
const FIELDS = [
  'image',
  'images',
  'image_url',
  'image_urls',
  'input_image',
  'input_images',
  'init_image',
  'reference_image',
  'reference_images',
  'reference_image_url',
  'reference_image_urls',
] as const

const MASKS = ['mask', 'mask_url', 'mask_image'] as const

/**
 * The images that came in the body of a request for a new one: they are worked on, never left out.
 *
 * @throws ProblemError `invalid_request` that names the field of what is no image
 */
export function readGivenImages(
  body: Readonly<Record<string, unknown>>,
): readonly ImageReference[] {
  const images = FIELDS.flatMap((field) => {
    if (isEmpty(body[field])) return []
    return Object.values(readWith(z.object({ [field]: inputImages }), body)).flat()
  })
  const references = images.map(toSource)
  // Some clients say the same image in two words.
  return [...new Map(references.map((one) => [JSON.stringify(one), one])).values()]
}

/** @throws ProblemError `invalid_request` */
export function readGivenMask(body: Readonly<Record<string, unknown>>): ImageReference | undefined {
  const [mask] = MASKS.flatMap((field) => {
    if (isEmpty(body[field])) return []
    return Object.values(readWith(z.object({ [field]: inputMask }), body))
  })
  return mask === undefined ? undefined : toSource(mask)
}

/** As clients leave a field that nothing was put into. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
