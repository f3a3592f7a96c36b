import { expect, test } from 'vitest'

import { readImage } from './image-parts.ts'

const DATA = 'iVBORw0KGgoAAAA'
const URI = `data:image/png;base64,${DATA}`
const CAT = 'https://a.example/cat.png'

test.for([
  { type: 'image', source: { type: 'base64', media_type: 'image/png', data: DATA } },
  { inlineData: { mimeType: 'image/png', data: DATA } },
  { inline_data: { mime_type: 'image/png', data: DATA } },
  { type: 'file', mediaType: 'image/png', data: DATA },
  { type: 'file', mediaType: 'image/png', data: URI },
  { type: 'image', image: URI },
  { type: 'image', image: DATA },
  { type: 'file', file: { filename: 'cat.png', file_data: URI } },
  { type: 'input_file', filename: 'cat.png', file_data: URI },
])('data, as %j', (part) => {
  expect(readImage(part)).toEqual({ kind: 'data', uri: URI })
})

test.for([
  { type: 'image', source: { type: 'url', url: CAT } },
  { type: 'image', image: CAT },
  { fileData: { mimeType: 'image/png', fileUri: CAT } },
  { type: 'file', mediaType: 'image/png', data: CAT },
])('an address, as %j', (part) => {
  expect(readImage(part)).toEqual({ kind: 'url', url: CAT })
})

test.for([
  { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' } },
  { type: 'file', mediaType: 'application/pdf', data: 'JVBE' },
  { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
  { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } },
  { type: 'text', text: CAT },
])('%j is none', (part) => {
  expect(readImage(part)).toBeUndefined()
})
