import * as z from 'zod/mini'

import { invalidRequest } from '../../../job/problem.ts'
import type { AudioReference } from '../../../job/sound/transcript-job.ts'
import type { MessageContent } from '../message-content.ts'

const text = z.string().check(z.minLength(1))
const audioType = z.string().check(z.regex(/^audio\//i))
const audioData = z.string().check(z.regex(/^data:audio\//i))

/** OpenAI's own, as chat says it, and without the wrapping that some leave out. */
const ownPart = z.union([
  z.object({ input_audio: z.object({ data: text }) }),
  z.object({ type: z.literal('input_audio'), data: text }),
])

/** Those of vLLM, Anthropic, Gemini and the AI SDK, and files that are sounds by what they say of themselves. */
const otherPart = z.pipe(
  z.union([
    z.object({ audio_url: z.union([text, z.object({ url: text })]) }),
    z.object({ source: z.object({ media_type: audioType, data: text }) }),
    z.object({ inlineData: z.object({ mimeType: audioType, data: text }) }),
    z.object({ inline_data: z.object({ mime_type: audioType, data: text }) }),
    z.object({ mediaType: audioType, data: text }),
    z.object({ file: z.object({ file_data: audioData }) }),
    z.object({ file_data: audioData }),
  ]),
  z.transform((part) => {
    if ('audio_url' in part) {
      return typeof part.audio_url === 'string' ? part.audio_url : part.audio_url.url
    }
    if ('source' in part) return part.source.data
    if ('inlineData' in part) return part.inlineData.data
    if ('inline_data' in part) return part.inline_data.data
    if ('file' in part) return part.file.file_data
    return 'file_data' in part ? part.file_data : part.data
  }),
)

/**
 * The sounds of a message, in order.
 *
 * @param param - where the content stands in the request, for the message of an error
 * @throws ProblemError `invalid_request` when a sound's part holds none
 */
export function recordingsOf(content: MessageContent, param: string): readonly AudioReference[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((part, index) => {
    const at = `${param}[${index}].input_audio`
    const data = readRecording(part)
    if (data !== undefined) return [{ text: toAddress(data), param: at }]
    if (part.type !== 'input_audio' && part.type !== 'audio_url') return []
    throw invalidRequest(at, 'A sound in a message needs input_audio with data in base64.')
  })
}

function readRecording(part: unknown): string | undefined {
  const own = ownPart.safeParse(part)
  if (own.success) return 'data' in own.data ? own.data.data : own.data.input_audio.data
  const other = otherPart.safeParse(part)
  return other.success ? other.data : undefined
}

/** What kind of sound it is, its bytes tell. */
function toAddress(data: string): string {
  return /^(?:https?:|data:|file-)/i.test(data) ? data : `data:audio/any;base64,${data}`
}
