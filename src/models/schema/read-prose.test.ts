import { describe, test } from 'vitest'

import { readMostProse, readSizeProse } from './read-prose.ts'

// The words are those of fal's field descriptions.
describe('limits of a size, in words', () => {
  test.for<[string, ReturnType<typeof readSizeProse>]>([
    ['The size of the generated image.', {}],
    ['The width and height must be between 512 and 2048 pixels.', { minEdge: 512, maxEdge: 2048 }],
    [
      'Width and height must be between 1920 and 4096, or total number of pixels must be between 2560*1440 and 4096*4096.',
      { minPixels: 3_686_400, maxPixels: 16_777_216 },
    ],
    [
      'Total pixels must be between 768×768 and 1440×1440, with aspect ratio between [1:4, 4:1].',
      { minPixels: 589_824, maxPixels: 2_073_600, maxRatio: 4 },
    ],
    [
      'Total pixels must be between 1024x1024 and 2048x2048, with aspect ratio between 1/16 and 16.',
      { minPixels: 1_048_576, maxPixels: 4_194_304, maxRatio: 16 },
    ],
    [
      'Concrete sizes must have both dimensions as multiples of 16, max edge 3840px, aspect ratio <= 3:1, total pixels between 655,360 and 8,294,400.',
      { step: 16, maxEdge: 3840, minPixels: 655_360, maxPixels: 8_294_400, maxRatio: 3 },
    ],
    [
      'Each edge is clamped to 512-1280px (multiples of 16).',
      { step: 16, minEdge: 512, maxEdge: 1280 },
    ],
    ['The minimum total image area is 921600 pixels.', { minPixels: 921_600 }],
    ['custom height and width that **must be multiples of 8**.', { step: 8 }],
  ])('%s', ([text, limits], { expect }) => {
    expect(readSizeProse(text)).toEqual(limits)
  })
})

describe('how many pictures, in words', () => {
  test.for<[string, number | undefined]>([
    ['The URLs of the images for editing. A maximum of 4 images are allowed.', 4],
    ['Presently, up to 10 image inputs are allowed.', 10],
    ['Supports up to 4 URLs for multi-image references.', 4],
    ['For multi-reference generation, provide up to 2 URLs.', 2],
    ['Reference images for editing (1-3 images required).', 3],
    ['Max 10 images.', 10],
    ['Must provide between 1 and 8 images (inclusive).', 8],
    ['Support up to 3 images.', 3],
    ['List of URLs of input images for editing', undefined],
    ['maximum total size 10MB across all style references', undefined],
  ])('%s', ([text, most], { expect }) => {
    expect(readMostProse(text)).toBe(most)
  })
})
