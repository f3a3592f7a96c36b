import * as z from 'zod/mini'

import type { ImageReference } from '../../job/image/image-reference.ts'
import { invalidRequest } from '../../job/problem.ts'
import type { MediaReference } from '../../job/reference.ts'
import { once } from '../../lib/once.ts'
import { markdownImages } from '../chat/markdown-images.ts'
import { messageContent, imagesOf, textOf } from '../chat/message-content.ts'
import { recordingsOf } from '../chat/parts/audio-parts.ts'
import { refuseStrangeParts, videosOf } from '../chat/parts/video-parts.ts'
import { takeTextImages } from '../chat/text-images.ts'
import { toSource } from '../images/input-image.ts'

const item = once(() =>
  z.looseObject({
    type: z.nullish(z.string()),
    role: z.nullish(z.string()),
    content: messageContent(),
    id: z.nullish(z.string()),
    result: z.nullish(z.string()),
    status: z.nullish(z.string()),
    output: z.optional(z.unknown()),
  }),
)

type Item = z.infer<ReturnType<typeof item>>

/** What to draw, as a text or as a conversation. */
export const responseInput = once(() => z.union([z.string(), z.array(item())]))

/** What the last thing that the user said asks for. */
export interface ResponsePrompt {
  readonly text: string
  /** The same as it was written. */
  readonly written: string
  /** The texts of the user's messages before that one, oldest first. */
  readonly before: readonly string[]
  /** What the app itself says, message by message. */
  readonly instructions: readonly string[]
  /** Whether the app has the last word. */
  readonly instructedLast: boolean
  /** Whether it has been done: our own output or a tool's stands behind it, and asks for nothing more. */
  readonly isOver: boolean
  /** What the assistant said last; empty: nothing. */
  readonly answer: string
  /** Images in the same message, in order; else those in the output of a tool behind it. */
  readonly sources: readonly ImageReference[]
  /** How many of them are parts of the message, not words in its text. */
  readonly imageParts: number
  /** Sounds of what the user said since the last answer, in order; also as items of their own. */
  readonly recordings: readonly MediaReference[]
  /** Videos of the same, in order. */
  readonly videos: readonly MediaReference[]
  /**
   * The last image before it: one that was made (by its own data, by its `ig_…` id in place of a URL, or by
   * its address in a message), or one that the user or a tool gave; undefined: none.
   */
  readonly earlier: ImageReference | undefined
}

/** @throws ProblemError `invalid_request` when nothing is the user's, or a part is broken or can be read by nobody */
export function readResponseInput(
  input: z.infer<ReturnType<typeof responseInput>>,
): ResponsePrompt {
  const items: readonly Item[] =
    typeof input === 'string' ? [{ role: 'user', content: input }] : input.map(toMessage)
  const index = items.findLastIndex(isUsers)
  const message = items[index]
  if (message === undefined) {
    throw invalidRequest('input', 'No item has the role "user": there is nothing to draw.')
  }
  const sent = items.slice(0, index).filter(isUsers)
  refuseStrangeParts(message.content, `input[${index}].content`)
  const written = textOf(message.content)
  const said = takeTextImages(written)
  const parts = imagesOf(message.content, `input[${index}].content`)
  const own = [...parts, ...said.images]
  const given = items.slice(index + 1).flatMap(toGiven)
  return {
    text: said.text,
    written,
    before: sent.map(({ content }) => textOf(content)),
    instructions: items.filter(isApps).map(({ content }) => textOf(content)),
    instructedLast: items.slice(-1).some(isApps),
    isOver: given.length === 0 && isDone(items.at(-1)),
    answer: textOf(items.findLast(({ role }) => role === 'assistant')?.content),
    sources: own.length > 0 ? own : given,
    imageParts: parts.length,
    recordings: findSince(items, recordingsOf),
    videos: findSince(items, videosOf),
    earlier:
      items
        .slice(index + 1)
        .flatMap(toMade)
        .at(-1) ?? items.slice(0, index).flatMap(toEarlier).at(-1),
  }
}

/** A sound alone is what the user says. */
function toMessage(one: Item): Item {
  if (one.type !== 'input_audio' || one.role !== undefined) return one
  return { role: 'user', content: [{ ...one, type: 'input_audio' }] }
}

function findSince(items: readonly Item[], read: typeof recordingsOf): readonly MediaReference[] {
  const answered = items.findLastIndex(({ role }) => role === 'assistant')
  return items
    .slice(answered + 1)
    .flatMap((one, index) =>
      isUsers(one) ? read(one.content, `input[${answered + 1 + index}].content`) : [],
    )
}

function isUsers({ type, role }: Item): boolean {
  return role === 'user' && (type ?? 'message') === 'message'
}

function isApps({ role }: Item): boolean {
  return role === 'system' || role === 'developer'
}

/** Our own output and a tool's; a call by its id alone is how an image is named that is to be changed. */
function isDone(last: Item | undefined): boolean {
  if (last === undefined) return false
  const { type, role, result, status } = last
  if (type === 'image_generation_call') {
    return (typeof result === 'string' && result !== '') || typeof status === 'string'
  }
  return role === 'assistant' || (type?.endsWith('_output') ?? false)
}

/** The images in the output of a tool or a function. */
function toGiven({ type, output }: Item): readonly ImageReference[] {
  if (type?.endsWith('_output') !== true) return []
  const content = messageContent().safeParse(output)
  return content.success ? imagesOf(content.data, 'input') : []
}

/** The images of an item before the last message: the newest counts, sent or shown. */
function toEarlier(one: Item): readonly ImageReference[] {
  if (isUsers(one)) return imagesOf(one.content, 'input')
  return [...toGiven(one), ...toMade(one)]
}

/** An image that a response made, as the API's own item, by its id alone, or by its address in a message. */
function toMade({ type, id, result, role, content }: Item): readonly ImageReference[] {
  if (role === 'assistant') return markdownImages(textOf(content)).slice(-1).map(toSource)
  if (type !== 'image_generation_call' && type !== 'item_reference') return []
  if (typeof result === 'string' && result !== '') return [toSource(result)]
  return typeof id === 'string' && id.startsWith('ig_') ? [{ kind: 'earlier', id }] : []
}
