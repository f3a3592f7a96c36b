import { describe, test } from 'vitest'

import {
  formatPixels,
  nearestRatio,
  parseImageSize,
  ratioDistance,
  ratioName,
  sizeOfPixels,
  type ImageSize,
} from './image-size.ts'

type Parts = Partial<Pick<ImageSize, 'tier'>> & {
  readonly ratio?: readonly [number, number]
  readonly pixels?: readonly [number, number]
}

const toShape = (edges: readonly [number, number] | undefined) =>
  edges && { width: edges[0], height: edges[1] }

function aSize(asWritten: string, { ratio, pixels, tier }: Parts = {}): ImageSize {
  return { ratio: toShape(ratio ?? pixels), pixels: toShape(pixels), tier, asWritten }
}

describe('reads a size in every customary form', () => {
  test.for<[string, ImageSize]>([
    ['1024x1024', aSize('1024x1024', { pixels: [1024, 1024] })],
    ['1024×1024', aSize('1024x1024', { pixels: [1024, 1024] })],
    ['1024X768', aSize('1024x768', { pixels: [1024, 768] })],
    ['1024*768', aSize('1024*768', { pixels: [1024, 768] })],
    ['  1536x1024 ', aSize('1536x1024', { pixels: [1536, 1024] })],
    ['1536 x 1024', aSize('1536x1024', { pixels: [1536, 1024] })],
    ['1536 × 1024', aSize('1536x1024', { pixels: [1536, 1024] })],
    ['１０２４ｘ７６８', aSize('1024x768', { pixels: [1024, 768] })],
    ['1024＊768', aSize('1024*768', { pixels: [1024, 768] })],
    ['1024x\n768', aSize('1024x768', { pixels: [1024, 768] })],
    ['1024\u3000x\u2028768', aSize('1024x768', { pixels: [1024, 768] })],
    ['١٠٢٤x٧٦٨', aSize('1024x768', { pixels: [1024, 768] })],
    ['۱۶:۹', aSize('16:9', { ratio: [16, 9] })],
    ['१६/९', aSize('16/9', { ratio: [16, 9] })],
    ['1x1', aSize('1x1', { ratio: [1, 1] })],
    ['16x9', aSize('16x9', { ratio: [16, 9] })],
    ['32x32', aSize('32x32', { pixels: [32, 32] })],
    ['16x14142', aSize('16x14142', { pixels: [16, 14_142] })],
    ['14142x14142', aSize('14142x14142', { pixels: [14_142, 14_142] })],
    ['01024x0768', aSize('01024x0768', { pixels: [1024, 768] })],
    ['1024.0x768', aSize('1024.0x768', { pixels: [1024, 768] })],
    ['16:9', aSize('16:9', { ratio: [16, 9] })],
    ['16：9', aSize('16:9', { ratio: [16, 9] })],
    ['１６：９', aSize('16:9', { ratio: [16, 9] })],
    ['16∶9', aSize('16:9', { ratio: [16, 9] })],
    ['16 : 9', aSize('16:9', { ratio: [16, 9] })],
    ['16/9', aSize('16/9', { ratio: [16, 9] })],
    ['16／9', aSize('16/9', { ratio: [16, 9] })],
    ['1:1', aSize('1:1', { ratio: [1, 1] })],
    ['9:21', aSize('9:21', { ratio: [9, 21] })],
    ['2.35:1', aSize('2.35:1', { ratio: [2.35, 1] })],
    ['1.85 / 1', aSize('1.85/1', { ratio: [1.85, 1] })],
    ['19.5:9', aSize('19.5:9', { ratio: [19.5, 9] })],
    ['1920:1080', aSize('1920:1080', { ratio: [1920, 1080] })],
    ['14142:1', aSize('14142:1', { ratio: [14_142, 1] })],
    ['1K', aSize('1k', { tier: 1 })],
    ['2k', aSize('2k', { tier: 2 })],
    ['3K', aSize('3k', { tier: 3 })],
    ['４Ｋ', aSize('4k', { tier: 4 })],
    ['0.5K', aSize('0.5k', { tier: 0.5 })],
    ['auto_1K', aSize('auto_1k', { tier: 1 })],
    ['auto_2K', aSize('auto_2k', { tier: 2 })],
    ['AUTO_4K', aSize('auto_4k', { tier: 4 })],
    ['auto', aSize('auto')],
    ['Auto', aSize('auto')],
    [' auto\n', aSize('auto')],
    ['square_hd', aSize('square_hd', { pixels: [1024, 1024] })],
    ['square', aSize('square', { pixels: [512, 512] })],
    ['portrait_4_3', aSize('portrait_4_3', { pixels: [768, 1024] })],
    ['portrait_16_9', aSize('portrait_16_9', { pixels: [576, 1024] })],
    ['landscape_4_3', aSize('landscape_4_3', { pixels: [1024, 768] })],
    ['LANDSCAPE_16_9', aSize('landscape_16_9', { pixels: [1024, 576] })],
  ])('%j', ([text, size], { expect }) => {
    expect(parseImageSize(text)).toEqual(size)
  })
})

describe('takes nothing else for a size', () => {
  test.for([
    '',
    ' ',
    'x',
    ':',
    '1024',
    '1024x',
    'x1024',
    '1024xx768',
    '1024x768x3',
    '1024,768',
    '1024 768',
    '1024-768',
    '0x0',
    '0x1024',
    '1024x0',
    '0:1',
    '16:0',
    '0.0:1',
    '-1024x1024',
    '1024x-1024',
    '-16:9',
    '+16:9',
    '1e3x1e3',
    '1e3:1',
    '0x400x0x400',
    '10.5x20',
    '1024x768.5',
    '14143x1024',
    '1024x14143',
    '14143:1',
    '99999x99999',
    '123456x1',
    '2.3456:1',
    '16:9:4',
    '0K',
    '5K',
    '1.5K',
    '16K',
    'K',
    'auto_',
    'auto_5K',
    'auto_square',
    'big',
    'landscape',
    'portrait_9_16',
    'landscape_4_9',
    'square_4_3',
    'xsquare_hd',
    'constructor',
    '__proto__',
    'toString',
    'NaN:1',
    'Infinity:1',
    '١٠٢٤x',
    '1024x1024; drop',
    '9'.repeat(100_000),
    `${'1'.repeat(50_000)}x1`,
    `${' '.repeat(50_000)}x`,
  ])('%j', (text, { expect }) => {
    expect(parseImageSize(text)).toBeUndefined()
  })
})

test('what is written in a header is plain ASCII, whatever spaces were used', ({ expect }) => {
  const forms = ['1024\u2028×\u00a0768', '１６：９', '16∶9', '16 ／ 9', '４Ｋ', '1024\r\nx768']
  for (const form of forms) expect(parseImageSize(form)?.asWritten).toMatch(/^[\u0021-\u007e]+$/)
})

describe('the size of so many pixels', () => {
  test('is written as OpenAI writes it', ({ expect }) => {
    expect(sizeOfPixels({ width: 640, height: 480 })).toEqual(
      aSize('640x480', { pixels: [640, 480] }),
    )
    expect(formatPixels({ width: 640, height: 480 })).toBe('640x480')
  })

  test.for([
    { width: 0, height: 480 },
    { width: 640, height: -1 },
    { width: 640.5, height: 480 },
    { width: 14_143, height: 480 },
    { width: 1e21, height: 480 },
    { width: Number.NaN, height: 480 },
    { width: Infinity, height: Infinity },
  ])('is none for %j', (pixels, { expect }) => {
    expect(sizeOfPixels(pixels)).toBeUndefined()
  })
})

const shape = (width: number, height: number) => ({ width, height })

describe('how far two shapes are apart', () => {
  test.for([
    [shape(16, 9), shape(9, 16)],
    [shape(1, 1), shape(1920, 1080)],
    [shape(2.35, 1), shape(21, 9)],
    [shape(14_142, 1), shape(1, 14_142)],
  ] as const)('is the same both ways and when both are turned: %j', ([a, b], { expect }) => {
    expect(ratioDistance(a, b)).toBeCloseTo(ratioDistance(b, a), 12)
    expect(ratioDistance(shape(a.height, a.width), shape(b.height, b.width))).toBeCloseTo(
      ratioDistance(a, b),
      12,
    )
  })

  test('does not depend on the size, and twice as wide is as far as twice as high', ({
    expect,
  }) => {
    expect(ratioDistance(shape(16, 9), shape(1920, 1080))).toBeCloseTo(0, 12)
    expect(ratioDistance(shape(2, 1), shape(1, 1))).toBeCloseTo(Math.LN2, 12)
    expect(ratioDistance(shape(1, 2), shape(1, 1))).toBeCloseTo(Math.LN2, 12)
  })
})

describe('the nearest shape', () => {
  const shapes = [shape(1, 1), shape(16, 9), shape(9, 16), shape(4, 3), shape(3, 4)]

  test.for([
    [shape(1792, 1024), shape(16, 9)],
    [shape(1024, 1792), shape(9, 16)],
    [shape(3, 2), shape(4, 3)],
    [shape(2, 3), shape(3, 4)],
    [shape(5, 4), shape(4, 3)],
    [shape(21, 9), shape(16, 9)],
    [shape(1000, 1001), shape(1, 1)],
    [shape(1, 14_142), shape(9, 16)],
  ] as const)('%j is %j', ([wanted, nearest], { expect }) => {
    expect(nearestRatio(wanted, shapes)).toEqual(nearest)
  })

  test('is the first of equally near ones, and none of none', ({ expect }) => {
    const twins = [
      { ...shape(2, 1), name: 'wide' },
      { ...shape(1, 2), name: 'high' },
      { ...shape(4, 2), name: 'wide too' },
    ]
    expect(nearestRatio(shape(1, 1), twins)).toEqual(twins[0])
    expect(nearestRatio(shape(1, 1), [])).toBeUndefined()
  })
})

describe('the name of a shape', () => {
  test.for<[number, number, string | undefined]>([
    [1024, 1024, '1:1'],
    [1000, 1001, '1:1'],
    [1344, 768, '16:9'],
    [1360, 768, '16:9'],
    [768, 1344, '9:16'],
    [1920, 1080, '16:9'],
    [1536, 1024, '3:2'],
    [1024, 1536, '2:3'],
    [1024, 768, '4:3'],
    [2.35, 1, '21:9'],
    [1280, 1024, '5:4'],
    [2048, 1024, '2:1'],
    [1792, 1024, '16:9'],
    [3, 1, undefined],
    [1000, 300, undefined],
    [1, 8, undefined],
  ])('%d x %d is %s', ([width, height, name], { expect }) => {
    expect(ratioName({ width, height })).toBe(name)
  })
})
