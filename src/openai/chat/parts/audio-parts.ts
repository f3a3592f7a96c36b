import * as z from 'zod/mini'

import { invalidRequest } from '../../../job/problem.ts'
import { toReference, type MediaReference } from '../../../job/reference.ts'
import { once } from '../../../lib/once.ts'
import { someText } from '../../schemas.ts'
import type { MessageContent } from '../message-content.ts'
import { createPartReader, toAddress } from './media-parts.ts'

/** OpenAI's own, as chat says it, and without the wrapping that some leave out. */
const ownPart = once(() =>
  z.union([
    z.object({ input_audio: z.object({ data: someText() }) }),
    z.object({ type: z.literal('input_audio'), data: someText() }),
  ]),
)

/** What kind of sound it is, its bytes tell. */
const ANY_SOUND = 'audio/any'

const readOther = createPartReader('audio')

/**
 * The sounds of a message, in order.
 *
 * @param param - where the content stands in the request, for the message of an error
 * @throws ProblemError `invalid_request` when a sound's part holds none
 */
export function recordingsOf(content: MessageContent, param: string): readonly MediaReference[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap((part, index) => {
    const at = `${param}[${index}].input_audio`
    const data = readRecording(part)
    if (data !== undefined) return [{ ...toReference(toAddress(data, ANY_SOUND)), param: at }]
    if (part.type !== 'input_audio' && part.type !== 'audio_url') return []
    throw invalidRequest(at, 'A sound in a message needs input_audio with data in base64.')
  })
}

function readRecording(part: unknown): string | undefined {
  const own = ownPart().safeParse(part)
  if (own.success) return 'data' in own.data ? own.data.data : own.data.input_audio.data
  return readOther(part)
}
