import * as z from 'zod/mini'

import type { ImageReference } from '../../../job/image/image-reference.ts'
import { toReference } from '../../../job/reference.ts'
import { once } from '../../../lib/once.ts'
import { toSource } from '../../images/input-image.ts'
import { anyAddress, someText } from '../../schemas.ts'

const fileId = once(() => z.string().check(z.regex(/^file-/)))

/** OpenAI's own two, as chat and Responses say them. */
const ownPart = once(() =>
  z.union([z.object({ image_url: anyAddress() }), z.object({ file_id: fileId() })]),
)

/** Base64 with the type that is said beside it; a type of other files is none of ours. */
const imageType = once(() => z.string().check(z.regex(/^image\//i)))

const base64 = once(() =>
  z.pipe(
    z.union([
      // Anthropic's
      z.object({ source: z.object({ media_type: imageType(), data: someText() }) }),
      // Gemini's, in both of its spellings
      z.object({ inlineData: z.object({ mimeType: imageType(), data: someText() }) }),
      z.object({ inline_data: z.object({ mime_type: imageType(), data: someText() }) }),
      // the AI SDK's
      z.object({ mediaType: imageType(), data: someText() }),
    ]),
    z.transform((part) => {
      if ('source' in part) return [part.source.media_type, part.source.data] as const
      if ('inlineData' in part) return [part.inlineData.mimeType, part.inlineData.data] as const
      if ('inline_data' in part) return [part.inline_data.mime_type, part.inline_data.data] as const
      return [part.mediaType, part.data] as const
    }),
  ),
)

/** What is an image by its address alone. */
const imageAddress = once(() => z.string().check(z.regex(/^(?:https?:\/\/|data:image\/)/i)))

const address = once(() =>
  z.pipe(
    z.union([
      z.object({ source: z.object({ url: imageAddress() }) }),
      z.object({ fileData: z.object({ mimeType: imageType(), fileUri: imageAddress() }) }),
      // The AI SDK's, which may also be base64.
      z.object({ image: someText() }),
      // A file's, when it is an image by what it says of itself.
      z.object({ file: z.object({ file_data: z.string().check(z.regex(/^data:image\//i)) }) }),
      z.object({ file_data: z.string().check(z.regex(/^data:image\//i)) }),
      z.object({ file: z.object({ file_id: fileId() }) }),
    ]),
    z.transform((part) => {
      if ('source' in part) return part.source.url
      if ('fileData' in part) return part.fileData.fileUri
      if ('image' in part) return part.image
      if ('file_data' in part) return part.file_data
      return 'file_data' in part.file ? part.file.file_data : part.file.file_id
    }),
  ),
)

/**
 * An image as one part of a message: in OpenAI's words, or in those of Anthropic, Gemini and the AI SDK, which
 * apps that speak to several mix.
 *
 * @returns undefined: it is none
 */
export function readImage(part: unknown): ImageReference | undefined {
  const own = ownPart().safeParse(part)
  if (own.success) return toSource(own.data)
  const data = base64().safeParse(part)
  if (data.success) return dataOf(...data.data)
  const named = address().safeParse(part)
  return named.success ? toSource(named.data) : undefined
}

/** The AI SDK puts addresses where others put base64. */
function dataOf(type: string, data: string): ImageReference {
  return /^(?:https?:|data:)/i.test(data)
    ? toReference(data)
    : toReference(`data:${type};base64,${data}`)
}
