import { describe, test } from 'vitest'
import * as z from 'zod'

import { ProblemError } from '../job/problem.ts'
import { chatMessage, readLastUserText } from './chat-prompt.ts'

const messages = z.array(chatMessage)
const read = (...said: readonly unknown[]) => readLastUserText(messages.parse(said))

const user = (content: unknown) => ({ role: 'user', content })
const assistant = (content: unknown) => ({ role: 'assistant', content })
const text = (words: string) => ({ type: 'text', text: words })

describe('the prompt is the last thing the user said', () => {
  test.for<[string, readonly unknown[], string]>([
    ['one message', [user('a cat')], 'a cat'],
    ['the last of several', [user('a cat'), assistant('![x](y)'), user('a dog')], 'a dog'],
    ['not what the assistant said after it', [user('a cat'), assistant('what colour?')], 'a cat'],
    ['not a system message after it', [user('a cat'), { role: 'system', content: 'x' }], 'a cat'],
    ['its text parts, line by line', [user([text('a cat'), text('in a hat')])], 'a cat\nin a hat'],
    ['without parts that are no text', [user([text('a cat'), { type: 'input_audio' }])], 'a cat'],
    ['without text parts that are broken', [user([{ type: 'text' }, text('a cat')])], 'a cat'],
    ['nothing', [user('')], ''],
    ['no content', [user(null)], ''],
    ['no parts', [user([])], ''],
    ['an absent content', [{ role: 'user' }], ''],
  ])('%s', ([, said, prompt], { expect }) => {
    expect(read(...said)).toBe(prompt)
  })

  test.for([[assistant('hi')], [{ role: 'system', content: 'draw' }]])(
    'and somebody must have said something: %j',
    (said, { expect }) => {
      expect(() => read(...said)).toThrow(
        new ProblemError({
          kind: 'invalid_request',
          message: 'No message has the role "user": there is nothing to draw.',
          param: 'messages',
          code: 'invalid_value',
        }),
      )
    },
  )
})
