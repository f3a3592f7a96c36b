import { test } from 'vitest'

import { toBase64Pieces } from './base64-pieces.ts'

test.for([0, 1, 2, 3, 49_151, 49_152, 49_153, 200_001])(
  '%d bytes in chunks of any size are one text of base64',
  async (size, { expect }) => {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251)
    for (const step of [1000, 4096, 65_537]) {
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < size; at += step) yield bytes.subarray(at, at + step)
      }
      let text = ''
      for await (const piece of toBase64Pieces(chunks())) text += new TextDecoder().decode(piece)
      expect(text).toBe(bytes.toBase64())
    }
  },
)
