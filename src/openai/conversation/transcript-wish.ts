import { invalidRequest } from '../../job/problem.ts'
import { TRANSCRIPT_FIELDS } from '../audio/audio-fields.ts'
import { readTranscriptionRequest } from '../audio/transcription-request.ts'
import { OF_TRANSCRIPTS } from '../wish/answer/words-only.ts'
import { answerWithoutImage } from '../wish/words-or-image.ts'
import type { Conversation, Wish } from './conversation.ts'

/**
 * The recording in the last message is written down. What is said beside it orders nothing that such a model
 * could do, and is told to be of no effect.
 *
 * @throws ProblemError `invalid_request`
 */
export function readTranscriptWish(said: Conversation): Wish {
  const { isOver, answer, asked, param, fields } = said
  if (isOver) return { kind: 'words', words: answer || OF_TRANSCRIPTS.nothingMore }
  // What is said in a video is heard as it is.
  const [recording, ...more] = [...said.recordings, ...said.videos]
  if (said.imageParts > 0) {
    throw invalidRequest(param, 'This model writes down recordings, and takes no picture.')
  }
  if (recording === undefined) {
    const words = answerWithoutImage(asked, OF_TRANSCRIPTS) ?? OF_TRANSCRIPTS.nothing
    return { kind: 'words', words }
  }
  if (more.length > 0) {
    throw invalidRequest(param, 'One recording is written down at a time: send the next by itself.')
  }
  const facts = { task: 'transcribe', audio: recording, deployment: said.model } as const
  const { job } = readTranscriptionRequest(fields, facts)
  const unmet = said.written.trim() === '' ? job.unmet : [...job.unmet, 'text->not-supported']
  return {
    kind: 'work',
    medium: 'transcript',
    job: { ...job, unmet },
    said: { prompt: '', earlier: undefined },
    form: 'url',
    fields: new Map([...TRANSCRIPT_FIELDS, ['file', param]].map(toMessages(param))),
  }
}

function toMessages(param: string) {
  return ([field = '', word = '']: readonly string[]): [string, string] => [
    field,
    word === 'file' ? param : word,
  ]
}
