import { expect, test } from 'vitest'

import { readMediaKind } from './media-kind.ts'

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
}

test.for([
  ['\0\0\0\u0018ftypisom', 'video/mp4'],
  ['\0\0\0\u0018ftypqt  ', 'video/quicktime'],
  ['\0\0\0\u0018ftypM4A ', 'audio/mp4'],
  ['\u001aE\u00df\u00a3\u0001\0\0\0', 'video/webm'],
  ['RIFF\0\0\0\0AVI LIST', 'video/x-msvideo'],
  ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
  ['\u00ff\u00fb\u0090\0', 'audio/mpeg'],
  ['\u00ff\u00f1\u0050\0', 'audio/aac'],
  ['\0\0\u0001\u00ba', 'video/mpeg'],
  ['\0\0\u0001\u00bb', undefined],
  // What begins like a frame of MPEG, and is none.
  ['\u00ff\u00fea\0b\0c\0', undefined],
  ['\u00ff\u00d8\u00ff\u00e0', undefined],
  ['\u00ff\u00ff\u00ff\u00ff', undefined],
  ['RIFF\0\0\0\0WEBPVP8 ', undefined],
  ['{"a": 1}', undefined],
  ['', undefined],
] as const)('%j is %s', ([text, kind]) => {
  expect(readMediaKind(bytesOf(text))).toBe(kind)
})
