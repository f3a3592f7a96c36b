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
  // A link around an image goes with it.
  [`[![cat](${CAT})](${CAT}) in blue`, 'in blue', [CAT]],
  [`make it blue: [ ![cat](${CAT} "my cat") ](https://a.example/page)`, 'make it blue:', [CAT]],
  [`[![a](${CAT})](/page) and [![b](${DOG})](#top)`, 'and', [CAT, DOG]],
  [`[![cat](${CAT}) my cat](${DOG}) in blue`, `[ my cat](${DOG}) in blue`, [CAT]],
  [`![cat][1] in blue\n\n[1]: ${CAT} "my cat"`, 'in blue', [CAT]],
  [`![Cat][] in blue\n[cat]: <${CAT}>\n[2]: /page`, 'in blue\n\n[2]: /page', [CAT]],
  [`![cat] in blue\n[cat]: ${CAT}`, 'in blue', [CAT]],
  [`[![cat][a]][b] in blue\n[a]: ${CAT}\n[b]: https://a.example/page`, 'in blue', [CAT]],
  [`<img src="${CAT}" alt="my cat"> in blue`, 'in blue', [CAT]],
  [`in blue <a href="https://a.example">\n<img width=7 src='${CAT}'/></a>`, 'in blue', [CAT]],
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
  `a [link](${CAT}) and ![a] reference`,
  `a sign with [1] on it\n[1]: ${CAT} on a wall`,
  'a page with <img src="logo.png"> on it',
  '[ ](https://a.example) an empty link',
  '',
])('%j names none, and stays as it is', (text) => {
  expect(takeTextImages(text)).toEqual({ text, images: [] })
})

test('as many as stand in it', () => {
  const { images } = takeTextImages('![a](https://a.example/1.png) '.repeat(1000))
  expect(images).toHaveLength(1000)
})
