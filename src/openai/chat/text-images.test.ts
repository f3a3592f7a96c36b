import { expect, test } from 'vitest'

import { takeTextImages } from './text-images.ts'

const CAT = 'https://a.example/cat.png'
const DOG = 'https://a.example/dog.JPG?v=2'

test.for<[string, string, readonly string[]]>([
  [`make this blue: ![cat](${CAT})`, 'make this blue:', [CAT]],
  [`![cat](${CAT}) and ![](${DOG}) side by side`, 'and  side by side', [CAT, DOG]],
  [`see [my page](${CAT}): ![cat](${CAT}) in blue`, `see [my page](${CAT}):  in blue`, [CAT]],
  [`![cat](${CAT} "my cat") in blue`, 'in blue', [CAT]],
  [`${CAT} make it blue`, 'make it blue', [CAT]],
  [`put it beside this one ${DOG}`, 'put it beside this one', [DOG]],
  [`${CAT}\n${DOG}\n合成一张`, '合成一张', [CAT, DOG]],
  [CAT, '', [CAT]],
])('%j', ([given, text, urls]) => {
  expect(takeTextImages(given)).toEqual({
    text,
    images: urls.map((url) => ({ kind: 'url', url })),
  })
})

test.for([
  'a cat',
  ' a cat with space ',
  `a sign that reads ${CAT} in red`,
  'a QR code of https://a.example/',
  'https://a.example/page make it blue',
  'https:// png',
  '',
])('%j names none, and stays as it is', (text) => {
  expect(takeTextImages(text)).toEqual({ text, images: [] })
})

test('as many as stand in it', () => {
  const { images } = takeTextImages('![a](https://a.example/1.png) '.repeat(1000))
  expect(images).toHaveLength(1000)
})
