import { invalidRequest } from '../../../job/problem.ts'
import { toReference, type MediaReference } from '../../../job/reference.ts'
import type { MessageContent } from '../message-content.ts'
import { recordingsOf } from './audio-parts.ts'
import { readImage } from './image-parts.ts'
import { createPartReader, toAddress } from './media-parts.ts'

const readVideo = createPartReader('video')

/**
 * The videos of a message, in order.
 *
 * @param param where the content stands in the request, for the message of an error
 */
export function videosOf(content: MessageContent, param: string): readonly MediaReference[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((part, index) => {
    const data = readVideo(part)
    return data === undefined
      ? []
      : [{ ...toReference(toAddress(data, 'video/mp4')), param: `${param}[${index}]` }]
  })
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
