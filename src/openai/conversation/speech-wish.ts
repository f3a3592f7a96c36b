import * as z from 'zod/mini'

import { invalidRequest } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { SPEECH_FIELDS } from '../audio/audio-fields.ts'
import { readSpeechRequest } from '../audio/speech-request.ts'
import { readWith } from '../read-with.ts'
import { OF_SOUNDS } from '../wish/answer/words-only.ts'
import { answerWithoutSound } from '../wish/words-or-image.ts'
import type { Conversation, Wish } from './conversation.ts'

/** How the sound is to be, in the words of OpenAI's chats; `pcm16` is what its speech calls `pcm`. */
export const chatAudio = once(() =>
  z.nullish(
    z.object({
      voice: z.nullish(z.union([z.string(), z.object({ id: z.string() })])),
      format: z.nullish(z.enum(['wav', 'aac', 'mp3', 'flac', 'opus', 'pcm16', 'pcm'])),
    }),
  ),
)

const wishes = once(() => z.object({ audio: chatAudio() }))

/**
 * The last message is what is heard, word for word.
 *
 * @param isBeside whether the sound is to stand beside the text too
 * @throws ProblemError `invalid_request`
 */
export function readSpeechWish(said: Conversation, isBeside = false): Wish {
  const words = answerInWords(said)
  if (words !== undefined) return { kind: 'words', words }
  refuseOthers(said)
  const { audio } = readWith(wishes(), said.fields)
  const format = audio?.format === 'pcm16' ? 'pcm' : audio?.format
  const { audio: _settings, ...fields } = said.fields
  const body = {
    ...fields,
    input: said.written,
    ...(audio?.voice && { voice: audio.voice }),
    ...(format && { response_format: format }),
  }
  const { job } = readSpeechRequest(body, said.model)
  const inMessages = [...SPEECH_FIELDS, ['input', 'input'] as const]
  return {
    kind: 'work',
    medium: 'speech',
    job,
    said: { prompt: job.text, earlier: undefined },
    form: isBeside ? 'both' : 'url',
    fields: new Map(
      inMessages.map(([field, word]) => [field, word === 'input' ? said.param : word]),
    ),
  }
}

/** @returns what is said instead of speaking; undefined: the text is to be heard */
function answerInWords({ isOver, answer, written, isForced, asked }: Conversation) {
  if (isOver) return answer || OF_SOUNDS.nothingMore
  if (written.trim() === '') return OF_SOUNDS.nothing
  return isForced ? undefined : answerWithoutSound(asked)
}

/** Nothing that was sent is dropped silently. */
function refuseOthers({ imageParts, recordings, videos, param }: Conversation): void {
  if (imageParts + recordings.length + videos.length === 0) return
  const what = imageParts > 0 ? 'picture' : recordings.length > 0 ? 'recording' : 'video'
  throw invalidRequest(param, `This model speaks what is written, and takes no ${what}.`)
}
