import * as z from 'zod/mini'

import type { ImageReference } from '../../job/image/image-reference.ts'
import { invalidRequest } from '../../job/problem.ts'
import type { MediaReference } from '../../job/reference.ts'
import { once } from '../../lib/once.ts'
import { toSource } from '../images/input-image.ts'
import { markdownImages } from './markdown-images.ts'
import { messageContent, imagesOf, textOf } from './message-content.ts'
import { recordingsOf } from './parts/audio-parts.ts'
import { readImage } from './parts/image-parts.ts'
import { refuseStrangeParts, videosOf } from './parts/video-parts.ts'
import { takeTextImages } from './text-images.ts'

export const chatMessage = once(() =>
  z.object({
    role: z.string(),
    content: messageContent(),
    // Where OpenRouter's and LiteLLM's answers carry images beside the text.
    images: z.nullish(z.array(z.unknown())),
  }),
)

type ChatMessage = z.infer<ReturnType<typeof chatMessage>>

/** What the last thing that the user said asks for. */
export interface ChatPrompt {
  /** The text parts of one message are joined by line breaks; images that are named in it are taken out. */
  readonly text: string
  /** The same as it was written. */
  readonly written: string
  /** The texts of the user's messages before that one, oldest first. */
  readonly before: readonly string[]
  /** What the app itself says, message by message. */
  readonly instructions: readonly string[]
  /** Images in the same message, in order; else those in the result of a tool behind it. */
  readonly sources: readonly ImageReference[]
  /** How many of them are parts of the message, not words in its text. */
  readonly imageParts: number
  /** Sounds of what the user said since the last answer, in order. */
  readonly recordings: readonly MediaReference[]
  /** Videos of the same, in order. */
  readonly videos: readonly MediaReference[]
  /** The last image before, whoever sent or showed it; undefined: none. */
  readonly earlier: ImageReference | undefined
  /** Who has the last word. */
  readonly last: 'user' | 'app' | 'assistant' | 'tool'
  /** What the assistant said last; empty: nothing. */
  readonly answer: string
}

/** @throws ProblemError `invalid_request` when no message is the user's, or a part is broken or can be read by nobody */
export function readChatPrompt(messages: readonly ChatMessage[]): ChatPrompt {
  const index = messages.findLastIndex(({ role }) => role === 'user')
  const message = messages[index]
  if (message === undefined) {
    throw invalidRequest('messages', 'No message has the role "user": there is nothing to draw.')
  }
  refuseStrangeParts(message.content, `messages[${index}].content`)
  const written = textOf(message.content)
  const said = takeTextImages(written)
  const parts = imagesOf(message.content, `messages[${index}].content`)
  const own = [...parts, ...said.images]
  const given = messages
    .slice(index + 1)
    .filter(({ role }) => isTool(role))
    .flatMap(({ content }) => imagesOf(content, 'messages'))
  return {
    text: said.text,
    written,
    before: messages
      .slice(0, index)
      .filter(({ role }) => role === 'user')
      .map(({ content }) => textOf(content)),
    instructions: messages
      .filter(({ role }) => INSTRUCTING.has(role))
      .map(({ content }) => textOf(content)),
    sources: own.length > 0 ? own : given,
    imageParts: parts.length,
    recordings: findSince(messages, index, recordingsOf),
    videos: findSince(messages, index, videosOf),
    earlier: findEarlier(messages.slice(0, index)),
    // What a tool has fetched is what the wish was waiting for.
    last:
      given.length > 0 && isTool(messages.at(-1)?.role) ? 'user' : speakerOf(messages.at(-1)?.role),
    answer: textOf(messages.findLast(({ role }) => role === 'assistant')?.content),
  }
}

/** Some apps send a sound and the words for it as two messages. */
function findSince(
  messages: readonly ChatMessage[],
  last: number,
  read: typeof recordingsOf,
): readonly MediaReference[] {
  const answered = messages.slice(0, last).findLastIndex(({ role }) => role === 'assistant')
  return messages
    .slice(answered + 1, last + 1)
    .flatMap(({ role, content }, index) =>
      role === 'user' ? read(content, `messages[${answered + 1 + index}].content`) : [],
    )
}

function speakerOf(role: string | undefined): ChatPrompt['last'] {
  if (role === 'assistant') return 'assistant'
  if (isTool(role)) return 'tool'
  return role !== undefined && INSTRUCTING.has(role) ? 'app' : 'user'
}

function isTool(role: string | undefined): boolean {
  return role === 'tool' || role === 'function'
}

const INSTRUCTING: ReadonlySet<string> = new Set(['system', 'developer'])

/** The last image, wherever it was put: the newest counts, sent or shown. */
function findEarlier(messages: readonly ChatMessage[]): ImageReference | undefined {
  for (const message of messages.toReversed()) {
    if (INSTRUCTING.has(message.role)) continue
    const shown =
      message.role === 'assistant' ? markdownImages(textOf(message.content)).at(-1) : undefined
    const image =
      readImage(message.images?.at(-1)) ??
      (shown === undefined ? imagesOf(message.content, 'messages').at(-1) : toSource(shown))
    if (image !== undefined) return image
  }
  return undefined
}

/**
 * Words with which people begin when they want a new image, not a change of the last one. German and
 * others are not among them: without such a word the last image is changed.
 */
const WANTS_NEW =
  /^\s*(?:请|帮我|给我|再|重新)*(?:画|生成|创建|制作|绘制)|^\s*(?:please\s+)?(?:draw|generate|create|paint|make\s+(?:me\s+)?(?:a|an|another|some)\s+(?:new\s+)?(?:picture|image|photo|drawing|painting)s?|new\s*:)/i

/** Whether a text begins by asking for a new image. */
export function wantsNewImage(text: string): boolean {
  return WANTS_NEW.test(text)
}

/**
 * Words for bringing what is shown in one image into another: `put my dog`, `把我的狗放`, `combine`. What has no
 * definite word, `put a hat on`, is not in an image yet, and is done to what was sent alone.
 */
const joins = once(
  () =>
    new RegExp(
      [
        '(?:put|place|insert|paste|add|swap)\\s(?:my|our|this|that|these|those|the|him|her|it|them|me|us)',
        '(?:setze?|füge?|stelle?|platziere?)\\s(?:mein\\p{L}{0,2}|diese\\p{L}?|den|die|das|ihn|sie|es|mich|uns)',
        '(?:mets|place[rz]?|ajoute[rz]?|insère)\\s(?:mon|ma|mes|ce|cet|cette|ces|le|la|les|moi|nous)',
        '(?:pon|coloca|añade|inserta)\\s(?:a\\s)?(?:mi|mis|este|esta|estos|estas|el|la|los|las)',
        'combine[rz]?|merge|blend|kombiniere?|fusionne[rz]?|combina|объедини|совмести',
      ]
        .map((words) => `(?<!\\p{L})(?:${words})(?!\\p{L})`)
        .concat('[把将將].{1,20}?[放加贴貼合换換融]', '合成|融合|組み合わせ|합쳐|합성')
        .join('|'),
      'iu',
    ),
)

/** Whether a text asks to bring what comes with it into the image before it. */
export function joinsImages(text: string): boolean {
  return joins().test(text)
}
