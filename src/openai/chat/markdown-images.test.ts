import { expect, test } from 'vitest'

import { markdownImages } from './markdown-images.ts'

test.for([
  ['![a](https://x.example/1.png)', ['https://x.example/1.png']],
  [
    '![](http://x.example/1.png) and ![b]\n![b](HTTPS://x.example/2)',
    ['http://x.example/1.png', 'HTTPS://x.example/2'],
  ],
  ['![a](data:image/png;base64,AAAA)', ['data:image/png;base64,AAAA']],
  ['![a [b](https://x.example/1.png)', ['https://x.example/1.png']],
  ['[a link](https://x.example/1.png)', []],
  ['![a] [a link](https://x.example/1.png)', []],
  ['![a](/api/v1/files/1/content)', ['/api/v1/files/1/content']],
  ['![a](../files/1.png) ![b](./2.png)', ['../files/1.png', './2.png']],
  ['![a](sandbox:/mnt/data/a.png)', ['sandbox:/mnt/data/a.png']],
  ['![a](attachment://a.png)', ['attachment://a.png']],
  ['![a](https://x.example/1.png "a cat")', ['https://x.example/1.png']],
  ["![a](https://x.example/1.png 'a cat')", ['https://x.example/1.png']],
  ['![a](https://x.example/1.png a cat)', []],
  ['![a](a word)', []],
  ['![a](word)', []],
  ['![a](12:30)', []],
  ['![a](https://x.example/a b.png)', []],
  ['![a](https://x.example/[1].png)', ['https://x.example/[1].png']],
  ['no image', []],
] as const)('%s', ([text, urls]) => {
  expect(markdownImages(text)).toEqual(urls)
})
