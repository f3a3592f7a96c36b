import * as z from 'zod/mini'

import { invalidRequest } from '../../../job/problem.ts'
import type { AudioReference } from '../../../job/sound/transcript-job.ts'
import type { MessageContent } from '../message-content.ts'
import { recordingsOf } from './audio-parts.ts'
import { readImage } from './image-parts.ts'

const text = z.string().check(z.minLength(1))
const videoType = z.string().check(z.regex(/^video\//i))
const videoData = z.string().check(z.regex(/^data:video\//i))

/** Those of OpenRouter, vLLM, Anthropic, Gemini and the AI SDK, and files that are videos by what they say of themselves. */
const videoPart = z.pipe(
  z.union([
    z.object({ video_url: z.union([text, z.object({ url: text })]) }),
    z.object({ source: z.object({ media_type: videoType, data: text }) }),
    z.object({ inlineData: z.object({ mimeType: videoType, data: text }) }),
    z.object({ inline_data: z.object({ mime_type: videoType, data: text }) }),
    z.object({ mediaType: videoType, data: text }),
    z.object({ file: z.object({ file_data: videoData }) }),
    z.object({ file_data: videoData }),
  ]),
  z.transform((part) => {
    if ('video_url' in part) {
      return typeof part.video_url === 'string' ? part.video_url : part.video_url.url
    }
    if ('source' in part) return part.source.data
    if ('inlineData' in part) return part.inlineData.data
    if ('inline_data' in part) return part.inline_data.data
    if ('file' in part) return part.file.file_data
    return 'file_data' in part ? part.file_data : part.data
  }),
)

/**
 * The videos of a message, in order.
 *
 * @param param where the content stands in the request, for the message of an error
 */
export function videosOf(content: MessageContent, param: string): readonly AudioReference[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((part, index) => {
    const read = videoPart.safeParse(part)
    return read.success ? [{ text: toAddress(read.data), param: `${param}[${index}]` }] : []
  })
}

function toAddress(data: string): string {
  return /^(?:https?:|data:|file-)/i.test(data) ? data : `data:video/mp4;base64,${data}`
}

/** Parts that hold something to be looked at or listened to. */
const HOLDING = new Set([
  'file',
  'input_file',
  'document',
  'media',
  'video',
  'video_url',
  'input_video',
])

/**
 * Nothing that was sent is dropped silently.
 *
 * @param param where the content stands in the request
 * @throws ProblemError `invalid_request` for a part that is no picture, sound or video
 */
export function refuseStrangeParts(content: MessageContent, param: string): void {
  if (typeof content === 'string') return
  for (const [index, part] of (content ?? []).entries()) {
    if (!HOLDING.has(part.type ?? '') || isRead([part])) continue
    throw invalidRequest(
      `${param}[${index}]`,
      'No model here reads such a file: send a picture, a sound or a video, or what the file says as text.',
    )
  }
}

function isRead(content: Exclude<MessageContent, string | null | undefined>): boolean {
  return [readImage(content[0]), ...videosOf(content, ''), ...recordingsOf(content, '')].some(
    (one) => one !== undefined,
  )
}
