import * as z from 'zod/mini'

import { invalidRequest } from '../job/problem.ts'
import type { SourceImage } from '../job/source-image.ts'
import { toSource } from './input-image.ts'

const part = z.looseObject({ type: z.string() })

const item = z.looseObject({
  type: z.nullish(z.string()),
  role: z.nullish(z.string()),
  content: z.nullish(z.union([z.string(), z.array(part)])),
  id: z.nullish(z.string()),
  result: z.nullish(z.string()),
})

type Item = z.infer<typeof item>

/** What to draw, as a text or as a conversation. */
export const responseInput = z.union([z.string(), z.array(item)])

const textPart = z.object({ type: z.enum(['input_text', 'text']), text: z.string() })

const imagePart = z.union([
  z.object({
    image_url: z.union([
      z.string().check(z.minLength(1)),
      z.object({ url: z.string().check(z.minLength(1)) }),
    ]),
  }),
  z.object({ file_id: z.string().check(z.startsWith('file-')) }),
])

/** What the last thing that the user said asks for. */
export interface ResponsePrompt {
  readonly text: string
  /** Pictures in the same message, in order. */
  readonly sources: readonly SourceImage[]
  /**
   * The last picture before it: one that was made (by its own data, or by its `ig_…` id in place of a URL),
   * else one that the user sent earlier; undefined: none.
   */
  readonly earlier: SourceImage | undefined
}

/** @throws ProblemError `invalid_request` when nothing is the user's, or a picture's part is broken */
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
    text: textOf(message),
    sources: readPictures(message, `input[${index}].content`),
    earlier:
      others.flatMap(toMade).at(-1) ?? sent.flatMap((one) => readPictures(one, 'input')).at(-1),
  }
}

function isUsers({ type, role }: Item): boolean {
  return role === 'user' && (type ?? 'message') === 'message'
}

function textOf({ content }: Item): string {
  if (typeof content === 'string') return content
  return (content ?? [])
    .flatMap((one) => {
      const text = textPart.safeParse(one)
      return text.success ? [text.data.text] : []
    })
    .join('\n')
}

function readPictures({ content }: Item, param: string): readonly SourceImage[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((one, index) => {
    if (one.type !== 'input_image' && one.type !== 'image_url') return []
    const picture = imagePart.safeParse(one)
    if (picture.success) return [toSource(picture.data)]
    throw invalidRequest(
      `${param}[${index}].image_url`,
      'A picture needs image_url (an https URL or a data URI) or file_id.',
    )
  })
}

/** A picture that a response made, as the API's own item or by its id alone. */
function toMade({ type, id, result }: Item): readonly SourceImage[] {
  if (type !== 'image_generation_call' && type !== 'item_reference') return []
  if (typeof result === 'string' && result !== '') return [toSource(result)]
  return typeof id === 'string' && id.startsWith('ig_') ? [{ url: id, pixels: undefined }] : []
}
