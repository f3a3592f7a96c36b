import { describe, test } from 'vitest'
import * as z from 'zod'

import { ProblemError } from '../../job/problem.ts'
import { toReference } from '../../job/reference.ts'
import { chatMessage, joinsImages, readChatPrompt, wantsNewImage } from './chat-prompt.ts'

const messages = z.array(chatMessage())
const read = (...said: readonly unknown[]) => readChatPrompt(messages.parse(said))

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
    ['without parts that are no text', [user([text('a cat'), { type: 'refusal' }])], 'a cat'],
    ['without text parts that are broken', [user([{ type: 'text' }, text('a cat')])], 'a cat'],
    ['nothing', [user('')], ''],
    ['no content', [user(null)], ''],
    ['no parts', [user([])], ''],
    ['an absent content', [{ role: 'user' }], ''],
  ])('%s', ([, said, prompt], { expect }) => {
    expect(read(...said).text).toBe(prompt)
  })

  test.for([[assistant('hi')], [{ role: 'system', content: 'draw' }]])(
    'and somebody must have said something: %j',
    (said, { expect }) => {
      expect(() => read(...said)).toThrow(
        new ProblemError({
          kind: 'invalid_request',
          message: 'No message has the role "user": there is nothing to draw.',
          param: 'messages',
          mistake: 'wrong_value',
        }),
      )
    },
  )
})

const image = (url: string) => ({ type: 'image_url', image_url: { url } })
const source = toReference
const CAT = 'https://a.example/cat.png'

describe('pictures in the message are what is worked on', () => {
  test('in order, in every customary form', ({ expect }) => {
    const parts = [
      text('merge'),
      image(CAT),
      { type: 'image_url', image_url: 'https://a.example/hat.png' },
      { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' },
    ]
    expect(read(user(parts)).sources).toEqual([
      source(CAT),
      source('https://a.example/hat.png'),
      source('data:image/png;base64,iVBORw0KGgo='),
    ])
  })

  test('and a broken one is named', ({ expect }) => {
    expect(() => read(user([image(CAT), { type: 'image_url' }]))).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ param: 'messages[0].content[1].image_url' }),
      }),
    )
  })
})

describe('the conversation’s last picture', () => {
  test.for<[string, readonly unknown[], string | undefined]>([
    ['markdown', [user('a'), assistant(`ok\n\n![x](${CAT})`), user('b')], CAT],
    [
      'the last of several',
      [assistant('![x](https://a.example/1) ![y](https://a.example/2)'), user('b')],
      'https://a.example/2',
    ],
    [
      'data in markdown',
      [assistant('![x](data:image/png;base64,iVBO)'), user('b')],
      'data:image/png;base64,iVBO',
    ],
    ['in text parts', [assistant([text(`![x](${CAT})`)]), user('b')], CAT],
    [
      'beside the text',
      [{ role: 'assistant', content: 'ok', images: [image(CAT)] }, user('b')],
      CAT,
    ],
    ['further back', [assistant(`![x](${CAT})`), user('b'), assistant('why?'), user('c')], CAT],
    ['not the user’s', [user(`![x](${CAT})`), assistant('nice'), user('b')], undefined],
    ['not after the last message', [user('b'), assistant(`![x](${CAT})`)], undefined],
    ['not a link', [assistant(`[x](${CAT})`), user('b')], undefined],
    ['none', [user('a'), assistant('what?'), user('b')], undefined],
  ])('%s', ([, said, url], { expect }) => {
    expect(read(...said).earlier).toEqual(url && toReference(url))
  })
})

test.for<[string, boolean]>([
  ['画一只猫', true],
  ['请再画一张', true],
  ['帮我生成一张图', true],
  ['Draw a dog', true],
  ['please generate a castle', true],
  ['make a picture of a cat', true],
  ['Make me another image', true],
  ['new: a dog', true],
  ['让它变成蓝色', false],
  ['make it blue', false],
  ['把背景画成红色', false],
  ['remove the hat', false],
  ['add a drawing on the wall', false],
  ['the same, but at night', false],
])('%s asks for a new picture: %s', ([said, wanted], { expect }) => {
  expect(wantsNewImage(said)).toBe(wanted)
})

test.for<[string, boolean]>([
  ['put my dog from this photo on the grass', true],
  ['Add the lamp to the desk', true],
  ['combine both', true],
  ['把我的狗放到草地上', true],
  ['将这个人合成到照片里', true],
  ['Setze meinen Hund auf die Wiese', true],
  ['mets mon chat sur le canapé', true],
  ['pon a mi perro en el prado', true],
  ['объедини их', true],
  ['make it a watercolour', false],
  ['put a hat on the dog', false],
  ['add a rainbow', false],
  ['换成水彩风格', false],
  ['', false],
])('%s brings one picture into another: %s', ([said, joins], { expect }) => {
  expect(joinsImages(said)).toBe(joins)
})
