import { expect, test } from 'vitest'

import { formatPixels, parseImageSize } from '../job/image/image-size.ts'
import { SIZE_PRESETS } from './size-presets.ts'

test.for(Object.entries(SIZE_PRESETS))('%s is a size that callers may name', ([name, pixels]) => {
  expect(parseImageSize(name)).toMatchObject({ ratio: pixels, pixels })
  expect(parseImageSize(formatPixels(pixels))?.pixels).toEqual(pixels)
})
