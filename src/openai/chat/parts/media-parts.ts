import * as z from 'zod/mini'

import { once } from '../../../lib/once.ts'
import { anyAddress, someText } from '../../schemas.ts'

/**
 * Reads parts of one kind in the words of OpenRouter, vLLM, Anthropic, Gemini and the AI SDK, and files that are of
 * the kind by what they say of themselves.
 *
 * @returns what reads a part: its address or its data; undefined: it is none of the kind
 */
export function createPartReader(kind: 'audio' | 'video'): (part: unknown) => string | undefined {
  const url = once(() => z.object({ [`${kind}_url`]: anyAddress() }))
  const typed = once(() => typedPart(kind))
  return (part) => {
    const named = url().safeParse(part)
    if (named.success) {
      const [address] = Object.values(named.data)
      return typeof address === 'string' ? address : address?.url
    }
    const read = typed().safeParse(part)
    return read.success ? toData(read.data) : undefined
  }
}

/** What says of itself, beside its data, what it is. */
function typedPart(kind: string) {
  const type = beginning(`${kind}/`)
  const data = beginning(`data:${kind}/`)
  return z.union([
    z.object({ source: z.object({ media_type: type, data: someText() }) }),
    z.object({ inlineData: z.object({ mimeType: type, data: someText() }) }),
    z.object({ inline_data: z.object({ mime_type: type, data: someText() }) }),
    z.object({ mediaType: type, data: someText() }),
    z.object({ file: z.object({ file_data: data }) }),
    z.object({ file_data: data }),
  ])
}

function beginning(start: string) {
  return z.string().check(z.refine((value) => value.slice(0, start.length).toLowerCase() === start))
}

type Typed =
  | { readonly source: { readonly data: string } }
  | { readonly inlineData: { readonly data: string } }
  | { readonly inline_data: { readonly data: string } }
  | { readonly data: string }
  | { readonly file: { readonly file_data: string } }
  | { readonly file_data: string }

function toData(part: Typed): string {
  if ('source' in part) return part.source.data
  if ('inlineData' in part) return part.inlineData.data
  if ('inline_data' in part) return part.inline_data.data
  if ('file' in part) return part.file.file_data
  return 'file_data' in part ? part.file_data : part.data
}

/** @param contentType of data that comes without it */
export function toAddress(data: string, contentType: string): string {
  return /^(?:https?:|data:|file-)/i.test(data) ? data : `data:${contentType};base64,${data}`
}
