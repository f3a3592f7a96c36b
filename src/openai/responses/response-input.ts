import * as z from 'zod/mini'

import type { ImageReference } from '../../job/image-reference.ts'
import { invalidRequest } from '../../job/problem.ts'
import { messageContent, imagesOf, textOf } from '../chat/message-content.ts'
import { toSource } from '../images/input-image.ts'

const item = z.looseObject({
  type: z.nullish(z.string()),
  role: z.nullish(z.string()),
  content: messageContent,
  id: z.nullish(z.string()),
  result: z.nullish(z.string()),
})

type Item = z.infer<typeof item>

/** What to draw, as a text or as a conversation. */
export const responseInput = z.union([z.string(), z.array(item)])

/** What the last thing that the user said asks for. */
export interface ResponsePrompt {
  readonly text: string
  /** Images in the same message, in order. */
  readonly sources: readonly ImageReference[]
  /**
   * The last image before it: one that was made (by its own data, or by its `ig_…` id in place of a URL),
   * else one that the user sent earlier; undefined: none.
   */
  readonly earlier: ImageReference | undefined
}

/** @throws ProblemError `invalid_request` when nothing is the user's, or an image's part is broken */
export function readResponseInput(input: z.infer<typeof responseInput>): ResponsePrompt {
  if (typeof input === 'string') return { text: input, sources: [], earlier: undefined }
  const index = input.findLastIndex(isUsers)
  const message = input[index]
  if (message === undefined) {
    throw invalidRequest('input', 'No item has the role "user": there is nothing to draw.')
  }
  const others = input.filter((_, at) => at !== index)
  const sent = input.slice(0, index).filter(isUsers)
  return {
    text: textOf(message.content),
    sources: imagesOf(message.content, `input[${index}].content`),
    earlier:
      others.flatMap(toMade).at(-1) ??
      sent.flatMap(({ content }) => imagesOf(content, 'input')).at(-1),
  }
}

function isUsers({ type, role }: Item): boolean {
  return role === 'user' && (type ?? 'message') === 'message'
}

/** An image that a response made, as the API's own item or by its id alone. */
function toMade({ type, id, result }: Item): readonly ImageReference[] {
  if (type !== 'image_generation_call' && type !== 'item_reference') return []
  if (typeof result === 'string' && result !== '') return [toSource(result)]
  return typeof id === 'string' && id.startsWith('ig_') ? [{ kind: 'earlier', id }] : []
}
