import * as z from 'zod'

import { invalidRequest } from '../job/problem.ts'

const textPart = z.object({ type: z.literal('text'), text: z.string() })

/** Parts of other types are told apart only so far as needed. */
const part = z.union([textPart, z.looseObject({ type: z.string() })])

export const chatMessage = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(part)]).nullish(),
})

type ChatMessage = z.infer<typeof chatMessage>

/**
 * The text of the last thing the user said; the text parts of one message are joined by line breaks.
 *
 * @throws ProblemError `invalid_request` when no message is the user's, or when it holds a picture
 */
export function readLastUserText(messages: readonly ChatMessage[]): string {
  const index = messages.findLastIndex(({ role }) => role === 'user')
  const content = messages[index]?.content
  if (index === -1) {
    throw invalidRequest('messages', 'No message has the role "user": there is nothing to draw.')
  }
  if (typeof content === 'string') return content
  if (content?.some(({ type }) => type === 'image_url' || type === 'input_image') === true) {
    throw invalidRequest(
      `messages[${index}].content`,
      'Pictures in messages are not available yet: send text only.',
    )
  }
  return (content ?? [])
    .flatMap((one) => {
      const text = textPart.safeParse(one)
      return text.success ? [text.data.text] : []
    })
    .join('\n')
}
