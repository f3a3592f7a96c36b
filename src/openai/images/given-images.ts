import * as z from 'zod/mini'

import type { ImageReference } from '../../job/image/image-reference.ts'
import { agreed, type Saying } from '../agreed.ts'
import { readWith } from '../read-with.ts'
import { inputImages, inputMask, toSource } from './input-image.ts'

/** Where other image APIs, and fal itself, take an image to work on, beside those of `/v1/images/edits`. */
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

type Body = Readonly<Record<string, unknown>>

/**
 * The images that came in the body of a request, each with the fields that named it: they are worked on, never
 * left out.
 *
 * @throws ProblemError `invalid_request` that names the field of what is no image
 */
export function readGivenImages(body: Body): readonly ImageReference[] {
  const whole = withExtraBody(body)
  const images = FIELDS.flatMap((field) => {
    if (isEmpty(whole[field])) return []
    const read = Object.values(readWith(z.object({ [field]: inputImages() }), whole)).flat()
    return read.map((one) => ({ field, reference: toSource(one) }))
  })
  // Some clients say the same image in two words.
  const named = new Map<string, string[]>()
  return images.flatMap(({ field, reference }) => {
    const key = JSON.stringify(reference)
    const fields = named.get(key) ?? []
    const isNew = fields.length === 0 || fields.includes(field)
    named.set(key, fields)
    if (!fields.includes(field)) fields.push(field)
    return isNew ? [{ ...reference, fields }] : []
  })
}

/**
 * @param uploaded the mask that came as a file
 * @throws ProblemError `invalid_request`, also where two differ
 */
export function readGivenMask(body: Body, uploaded?: ImageReference): ImageReference | undefined {
  const whole = withExtraBody(body)
  const masks = MASKS.flatMap((field): readonly Saying<ImageReference>[] => {
    if (isEmpty(whole[field])) return []
    const [mask] = Object.values(readWith(z.object({ [field]: inputMask() }), whole))
    return mask === undefined ? [] : [[field, toSource(mask)]]
  })
  return agreed([['mask', uploaded], ...masks], (mask) => JSON.stringify(mask))
}

/** The SDKs spread `extra_body` over the body; some clients send it as it is. */
function withExtraBody(body: Body): Body {
  const nested = body['extra_body']
  return typeof nested === 'object' && nested !== null ? { ...body, ...nested } : body
}

/** As clients leave a field that nothing was put into. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
