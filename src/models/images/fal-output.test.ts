import { describe, test } from 'vitest'

import { ProblemError } from '../../job/problem.ts'
import { readFalOutput } from './fal-output.ts'

const read = (body: unknown, text = JSON.stringify(body)) => readFalOutput(body, text)

const URL_1 = 'https://v3.fal.media/files/a/1.png'
const URL_2 = 'https://v3.fal.media/files/a/2.png'
const PLAIN = { contentType: undefined, pixels: undefined }

const NO_IMAGE = new ProblemError({
  kind: 'upstream_failed',
  charged: 'maybe',
  reason: 'the result holds no picture',
})
const FLAGGED = new ProblemError({
  kind: 'content_rejected',
  message: 'The picture was made, but the content filter flagged it.',
})

describe('pictures', () => {
  test('with all that fal says of them', ({ expect }) => {
    const image = {
      url: URL_1,
      content_type: 'image/png',
      file_name: '1.png',
      width: 64,
      height: 32,
    }
    const body = { images: [image], seed: 7, prompt: 'a cat', has_nsfw_concepts: [false] }
    expect(read(body)).toEqual({
      images: [{ url: URL_1, contentType: 'image/png', pixels: { width: 64, height: 32 } }],
      seed: '7',
      revisedPrompt: 'a cat',
      flagged: 0,
    })
  })

  test.for<[string, unknown]>([
    ['a list', { images: [{ url: URL_1 }] }],
    ['a single one', { image: { url: URL_1 } }],
    ['a list and a single one: the list', { images: [{ url: URL_1 }], image: { url: URL_2 } }],
    ['an empty list and a single one', { images: [], image: { url: URL_1 } }],
    ['null and a single one', { images: null, image: { url: URL_1 } }],
    ['a list and null', { images: [{ url: URL_1 }], image: null }],
    ['a hole in the list', { images: [null, { url: URL_1 }, {}, { url: '' }] }],
    [
      'nulls for what is not known',
      { images: [{ url: URL_1, width: null, height: null, content_type: null }] },
    ],
    [
      'nonsense beside the URL',
      { images: [{ url: URL_1, width: 0, height: '12', content_type: 5 }] },
    ],
    [
      'nonsense beside the pictures',
      { images: [{ url: URL_1 }], seed: [1], prompt: 5, has_nsfw_concepts: 'no' },
    ],
    [
      'nulls everywhere',
      { images: [{ url: URL_1 }], seed: null, prompt: null, has_nsfw_concepts: [null] },
    ],
  ])('%s', ([, body], { expect }) => {
    expect(read(body)).toEqual({
      images: [{ url: URL_1, ...PLAIN }],
      seed: undefined,
      revisedPrompt: undefined,
      flagged: 0,
    })
  })

  test('in the order in which fal lists them', ({ expect }) => {
    expect(read({ images: [{ url: URL_2 }, { url: URL_1 }] }).images).toEqual([
      { url: URL_2, ...PLAIN },
      { url: URL_1, ...PLAIN },
    ])
  })

  test.for<[string, unknown]>([
    ['an empty object', {}],
    ['empty lists', { images: [] }],
    ['nulls', { images: null, image: null }],
    ['pictures without a URL', { images: [{ width: 1 }, { url: '' }, { url: null }] }],
    ['a list of strings', { images: ['https://example.com'] }],
    ['null', null],
    ['a list', []],
    ['a text', 'done'],
    ['no JSON', undefined],
  ])('none: %s', ([, body], { expect }) => {
    expect(() => read(body, '')).toThrow(NO_IMAGE)
  })
})

describe('pictures that the content filter flagged', () => {
  test.for<[string, unknown]>([
    [
      'all of several',
      { images: [{ url: URL_1 }, { url: URL_2 }], has_nsfw_concepts: [true, true] },
    ],
    ['the only one', { images: [{ url: URL_1 }], has_nsfw_concepts: [true] }],
    ['a single one', { image: { url: URL_1 }, has_nsfw_concepts: [true] }],
  ])('%s: refused', ([, body], { expect }) => {
    expect(() => read(body)).toThrow(FLAGGED)
  })

  test('some: left out and counted', ({ expect }) => {
    const body = {
      images: [{ url: 'https://v3.fal.media/black.png' }, { url: URL_1 }, { url: URL_2 }],
      has_nsfw_concepts: [true, false],
    }
    expect(read(body)).toMatchObject({
      images: [{ url: URL_1 }, { url: URL_2 }],
      flagged: 1,
    })
  })

  test('a hole in the list does not shift the flags', ({ expect }) => {
    const body = {
      images: [null, { url: URL_1 }, { url: URL_2 }],
      has_nsfw_concepts: [true, true, false],
    }
    expect(read(body)).toMatchObject({ images: [{ url: URL_2 }], flagged: 1 })
  })
})

describe('the seed', () => {
  test.for<[string, string | undefined]>([
    ['{"images":[{"url":"https://u"}],"seed":196619188014358660}', '196619188014358660'],
    ['{"seed" : 18446744073709551615, "images":[{"url":"https://u"}]}', '18446744073709551615'],
    ['{"images":[{"url":"https://u"}],"seed":9007199254740991}', '9007199254740991'],
    ['{"images":[{"url":"https://u"}],"seed":0}', '0'],
    ['{"images":[{"url":"https://u"}],"seed":"42"}', '42'],
    [
      '{"images":[{"url":"https://u"}],"prompt":"say \\"seed\\": 5","seed":196619188014358661}',
      '196619188014358661',
    ],
    ['{"images":[{"url":"https://u"}]}', undefined],
  ])('%s', ([text, seed], { expect }) => {
    expect(read(JSON.parse(text), text).seed).toBe(seed)
  })
})

describe('the prompt as the model rewrote it', () => {
  test.for<[Record<string, unknown>, string | undefined]>([
    [{ prompt: 'a' }, 'a'],
    [{ prompt: 'a', revised_prompt: 'b' }, 'b'],
    [{ prompt: 'a', actual_prompt: 'c' }, 'c'],
    [{ prompt: 'a', revised_prompt: '' }, 'a'],
    [{ prompt: '' }, undefined],
    [{ description: 'Here is your cat.' }, undefined],
  ])('%j', ([more, revised], { expect }) => {
    expect(read({ images: [{ url: URL_1 }], ...more }).revisedPrompt).toBe(revised)
  })
})

test.for([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'ftp://a.example/1.png',
  'data:text/html,<script>',
  '//a.example/1.png',
  'blob:https://a.example/1',
])('%s is handed on to nobody', (url, { expect }) => {
  expect(() => readFalOutput({ images: [{ url }] }, '')).toThrow(ProblemError)
  const good = { url: 'https://a.example/1.png' }
  const { images } = readFalOutput({ images: [{ url }, good] }, '')
  expect(images).toMatchObject([good])
})
