import { expect, test } from 'vitest'

import { readGivenImages, readGivenMask } from './given-images.ts'

const url = 'https://a.example/1.png'
const image = expect.objectContaining({ kind: 'url', url })

test.for([
  [{ image: url }],
  [{ images: [url] }],
  [{ image_url: url }],
  [{ image_urls: [url] }],
  [{ image_url: { url } }],
  [{ reference_images: [{ image_url: url }] }],
  [{ init_image: url, image: '' }],
  [{ image: url, image_url: url }],
])('%j is one image', ([body]) => {
  expect(readGivenImages(body ?? {})).toEqual([image])
})

test('what names an image is told, of one in two words both', () => {
  const other = 'https://a.example/2.png'
  expect(readGivenImages({ image: url, image_url: url, reference_images: [other] })).toEqual([
    { kind: 'url', url, fields: ['image', 'image_url'] },
    { kind: 'url', url: other, fields: ['reference_images'] },
  ])
})

test.for([[{}], [{ image: null, images: [], image_url: '', mask: {} }]])('%j is none', ([body]) => {
  expect(readGivenImages(body ?? {})).toEqual([])
  expect(readGivenMask(body ?? {})).toBeUndefined()
})

test.for<[Record<string, unknown>, string]>([
  [{ images: [1] }, 'images'],
  [{ image_url: true }, 'image_url'],
  [{ init_image: { a: 1 } }, 'init_image'],
])('%j is refused by its name', ([body, param]) => {
  const read = () => readGivenImages(body)
  expect(read).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ param: expect.stringContaining(param) }),
    }),
  )
})

test('two masks that differ are refused, and both named', () => {
  const other = 'https://a.example/2.png'
  expect(readGivenMask({ mask: url, mask_url: { url } })).toEqual(image)
  const problem = expect.objectContaining({
    param: 'mask_url',
    message: "'mask' and 'mask_url' stand for the same and differ: send one of them.",
  })
  const refused = expect.objectContaining({ problem })
  expect(() => readGivenMask({ mask: url, mask_url: other })).toThrow(refused)
  const uploaded = { kind: 'url' as const, url: other }
  expect(() => readGivenMask({ mask_url: url }, uploaded)).toThrow(refused)
  expect(readGivenMask({}, uploaded)).toBe(uploaded)
})
