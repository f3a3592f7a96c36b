import { expect, test } from 'vitest'

import { ProblemError, type Problem } from '../job/problem.ts'
import { SPEECH_FIELDS, TRANSCRIPT_FIELDS } from '../openai/audio/audio-fields.ts'
import type { CallersWords } from '../openai/callers-field.ts'
import { inCallersWords } from './in-callers-words.ts'

function told(problem: Problem, words: CallersWords): Problem | undefined {
  const error = inCallersWords(new ProblemError(problem), words)
  return error instanceof ProblemError ? error.problem : undefined
}

const speech = { fields: SPEECH_FIELDS }
const transcript = { fields: TRANSCRIPT_FIELDS, main: 'audio_url' }

test.for<[string, CallersWords, string | undefined, string]>([
  ['a picture', {}, undefined, 'prompt'],
  ['a picture that is worked on', {}, 'image_url', 'image'],
  ['a chat', { conversation: 'messages' }, undefined, 'messages'],
  ['a chat with a picture', { conversation: 'messages' }, 'image_urls', 'messages'],
  ['a response', { conversation: 'input' }, 'prompt', 'input'],
  ['speech', speech, undefined, 'input'],
  ['speech, as the model calls it', speech, 'text', 'input'],
  ['a transcript', transcript, undefined, 'file'],
  ['a transcript, as the model calls it', transcript, 'audio_url', 'file'],
])('what a filter refuses is named by the caller’s field: %s', ([, words, field, expected]) => {
  const problem: Problem = { kind: 'content_rejected', message: 'No.', field }
  expect(told(problem, words)).toEqual({ ...problem, field: expected })
})

test('what names no field is told as it is', () => {
  expect(told({ kind: 'cancelled' }, speech)).toEqual({ kind: 'cancelled' })
})
