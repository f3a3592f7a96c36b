import * as z from 'zod/mini'

import type { ImageReference } from '../../job/image/image-reference.ts'
import { invalidRequest } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { readImage } from './parts/image-parts.ts'

/**
 * What a message says, in chat as in the Responses API, whose words for the same parts some clients mix. Parts
 * are told apart only so far as needed.
 */
export const messageContent = once(() =>
  z.nullish(z.union([z.string(), z.array(z.looseObject({ type: z.optional(z.string()) }))])),
)

export type MessageContent = z.infer<ReturnType<typeof messageContent>>

const textPart = once(() =>
  z.object({ type: z.enum(['text', 'input_text', 'output_text']), text: z.string() }),
)

/** The text of a message; its parts are joined by line breaks. */
export function textOf(content: MessageContent): string {
  if (typeof content === 'string') return content
  return (content ?? [])
    .flatMap((part) => {
      const text = textPart().safeParse(part)
      return text.success ? [text.data.text] : []
    })
    .join('\n')
}

/**
 * The images of a message, in order.
 *
 * @param param - where the content stands in the request, for the message of an error
 * @throws ProblemError `invalid_request` when an image's part names no image
 */
export function imagesOf(content: MessageContent, param: string): readonly ImageReference[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((part, index) => {
    const image = readImage(part)
    if (image !== undefined) return [image]
    if (part.type !== 'image_url' && part.type !== 'input_image') return []
    throw invalidRequest(
      `${param}[${index}].image_url`,
      'A picture in a message needs image_url (an https URL or a data URI) or file_id.',
    )
  })
}
