import * as z from 'zod/mini'

import { invalidRequest } from '../job/problem.ts'
import type { SourceImage } from '../job/source-image.ts'
import { toSource } from './input-image.ts'

const textPart = z.object({ type: z.literal('text'), text: z.string() })

const imageUrl = z.union([
  z.string().check(z.minLength(1)),
  z.object({ url: z.string().check(z.minLength(1)) }),
])

/** OpenAI's word for a picture in a message, and that of the Responses API, which some clients mix in. */
const imagePart = z.object({ type: z.enum(['image_url', 'input_image']), image_url: imageUrl })

/** Parts of other types are told apart only so far as needed. */
const part = z.union([textPart, z.looseObject({ type: z.string() })])

export const chatMessage = z.object({
  role: z.string(),
  content: z.nullish(z.union([z.string(), z.array(part)])),
  // Where OpenRouter's and LiteLLM's answers carry pictures beside the text.
  images: z.nullish(z.array(z.unknown())),
})

type ChatMessage = z.infer<typeof chatMessage>

/** What the last thing that the user said asks for. */
export interface ChatPrompt {
  /** The text parts of one message are joined by line breaks. */
  readonly text: string
  /** Pictures in the same message, in order. */
  readonly sources: readonly SourceImage[]
  /** The last picture that the assistant showed before; undefined: none. */
  readonly earlier: SourceImage | undefined
}

/** @throws ProblemError `invalid_request` when no message is the user's, or a picture's part is broken */
export function readChatPrompt(messages: readonly ChatMessage[]): ChatPrompt {
  const index = messages.findLastIndex(({ role }) => role === 'user')
  const message = messages[index]
  if (message === undefined) {
    throw invalidRequest('messages', 'No message has the role "user": there is nothing to draw.')
  }
  return {
    text: textOf(message),
    sources: readPictures(message, `messages[${index}].content`),
    earlier: findEarlier(messages.slice(0, index)),
  }
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content
  return (content ?? [])
    .flatMap((one) => {
      const text = textPart.safeParse(one)
      return text.success ? [text.data.text] : []
    })
    .join('\n')
}

function readPictures({ content }: ChatMessage, param: string): readonly SourceImage[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((one, index) => {
    if (one.type !== 'image_url' && one.type !== 'input_image') return []
    const picture = imagePart.safeParse(one)
    if (picture.success) return [toSource({ image_url: picture.data.image_url })]
    throw invalidRequest(
      `${param}[${index}].image_url`,
      'A picture in a message needs image_url.url: an https URL or a data URI.',
    )
  })
}

/** A markdown picture, as we and most clients write it. */
const MARKDOWN = /!\[[^\]]*\]\((https?:\/\/[^\s)]+|data:image\/[^\s)]+)\)/g

/** The last picture that the assistant showed, wherever it put it. */
function findEarlier(messages: readonly ChatMessage[]): SourceImage | undefined {
  for (const message of messages.toReversed()) {
    if (message.role !== 'assistant') continue
    const beside = imagePart.safeParse(message.images?.at(-1))
    if (beside.success) return toSource({ image_url: beside.data.image_url })
    const shown = [...textOf(message).matchAll(MARKDOWN)].at(-1)?.[1]
    const inside = shown ?? readPictures(message, 'messages').at(-1)?.url
    if (inside !== undefined) return toSource(inside)
  }
  return undefined
}

/**
 * Words with which people begin when they want a new picture, not a change of the last one. German and
 * others are not among them: without such a word the last picture is changed.
 */
const WANTS_NEW =
  /^\s*(?:请|帮我|请帮我|给我|再|重新)*(?:画|生成|创建|制作|绘制)|^\s*(?:please\s+)?(?:draw|generate|create|paint|make\s+(?:me\s+)?(?:a|an|another|some)\s+(?:new\s+)?(?:picture|image|photo|drawing|painting)s?|new\s*:)/i

/** Whether a text begins by asking for a new picture. */
export function wantsNewPicture(text: string): boolean {
  return WANTS_NEW.test(text)
}
