import { describe, test } from 'vitest'

import { parseImageSize } from '../../job/image/image-size.ts'
import type { SizeRule } from '../model-spec.ts'
import { toFalSize, type FalSize } from './fal-size.ts'
import { FAMILIES } from './families/index.ts'

function ruleOf(name: string): SizeRule {
  const model = FAMILIES.find(({ names }) => names.some((one) => one === name))
  if (model === undefined) throw new Error(`no model ${name}`)
  return model.generate?.size ?? { rule: 'none' }
}

type Row = readonly [
  model: string,
  size: string,
  fields: FalSize['fields'],
  chosen: string | undefined,
  adjusted?: string | undefined,
]

const pixels = (width: number, height: number) => ({ image_size: { width, height } })

function check(rows: readonly Row[]): void {
  test.for(rows)('%s, %s', ([model, size, fields, chosen, adjusted], { expect }) => {
    expect(toFalSize(parseImageSize(size), ruleOf(model))).toEqual({ fields, chosen, adjusted })
  })
}

describe('an endpoint with a list of ratios', () => {
  check([
    ['imagen4-preview', '16:9', { aspect_ratio: '16:9' }, '16:9'],
    ['imagen4-preview', '16/9', { aspect_ratio: '16:9' }, '16:9'],
    ['imagen4-preview', '1920:1080', { aspect_ratio: '16:9' }, '16:9'],
    ['imagen4-preview', '3:2', { aspect_ratio: '4:3' }, '4:3', 'size=3:2->4:3'],
    ['imagen4-preview', '21:9', { aspect_ratio: '16:9' }, '16:9', 'size=21:9->16:9'],
    ['imagen4-preview', '4K', { resolution: '2K' }, '1:1', 'size=4k->2K'],
    ['imagen4-preview', '2K', { resolution: '2K' }, '1:1'],
    ['Flux 1.1 Pro Ultra', '9:21', { aspect_ratio: '9:21' }, '9:21'],
    ['Flux 1.1 Pro Ultra', '2.35:1', { aspect_ratio: '21:9' }, '21:9', 'size=2.35:1->21:9'],
    ['Flux 1.1 Pro Ultra', '2K', {}, '16:9', 'size=2k->not-supported'],
    ['Flux 1.1 Pro Ultra', '1024x1024', { aspect_ratio: '1:1' }, '1:1', 'size=1024x1024->1:1'],
    ['nano-banana-2', '1:7', { aspect_ratio: '1:8' }, '1:8', 'size=1:7->1:8'],
    ['nano-banana-2', '0.5K', { resolution: '0.5K' }, undefined],
    ['nano-banana-2', '3K', { resolution: '4K' }, undefined, 'size=3k->4K'],
  ])
})

const both = (aspect_ratio: string, resolution: string, size: string): Row => [
  'nano-banana-2',
  size,
  { aspect_ratio, resolution },
  aspect_ratio,
  `size=${size}->${aspect_ratio},${resolution}`,
]

describe('pixels where the endpoint has ratios and resolutions', () => {
  check([
    both('1:1', '0.5K', '256x256'),
    both('1:1', '0.5K', '512x512'),
    both('1:1', '1K', '513x513'),
    both('1:1', '1K', '1024x1024'),
    both('3:2', '1K', '1536x1024'),
    both('16:9', '1K', '1792x1024'),
    both('9:16', '1K', '1024x1792'),
    both('16:9', '2K', '1920x1080'),
    both('1:1', '2K', '2048x2048'),
    both('16:9', '2K', '2560x1440'),
    both('16:9', '4K', '3840x2160'),
    both('1:1', '4K', '4096x4096'),
  ])
})

describe('an endpoint with any pixels', () => {
  check([
    ['flux-dev', '1024x1024', pixels(1024, 1024), '1024x1024'],
    ['flux-dev', '1344x768', pixels(1344, 768), '1344x768'],
    ['flux-dev', 'square', pixels(512, 512), '512x512'],
    ['flux-dev', '3840x2160', pixels(2048, 1152), '2048x1152', 'size=3840x2160->2048x1152'],
    ['flux-dev', '1:1', { image_size: 'square_hd' }, '1024x1024'],
    ['flux-dev', '16:9', { image_size: 'landscape_16_9' }, '1024x576'],
    ['flux-dev', '9:16', { image_size: 'portrait_16_9' }, '576x1024'],
    ['flux-dev', '3:2', pixels(1248, 832), '1248x832'],
    ['flux-dev', '1000:1', pixels(2048, 256), '2048x256', 'size=1000:1->2048x256'],
    ['flux-dev', '2K', pixels(2048, 1536), '2048x1536'],
    ['flux-dev', '4K', pixels(2048, 1536), '2048x1536', 'size=4k->2048x1536'],
    ['gpt-image-2', '1024x1536', pixels(1024, 1536), '1024x1536'],
    ['gpt-image-2', '512x512', pixels(816, 816), '816x816', 'size=512x512->816x816'],
    ['gpt-image-2', '1792x1024', pixels(1792, 1024), '1792x1024'],
    ['gpt-image-2', '4:3', { image_size: 'landscape_4_3' }, '1024x768'],
    ['gpt-image-2', '21:9', pixels(1568, 672), '1568x672'],
    ['gpt-image-2', '1:8', pixels(592, 1776), '592x1776', 'size=1:8->592x1776'],
  ])
})

describe('a ratio keeps the pixels that the endpoint makes by default', () => {
  check([
    ['seedream-5-pro', '1:1', pixels(2048, 2048), '2048x2048'],
    ['seedream-5-lite', '16:9', pixels(2728, 1536), '2728x1536'],
    ['seedream-4.5', '1:1', pixels(2048, 2048), '2048x2048'],
    ['hidream-i1-full', '1:1', { image_size: 'square_hd' }, '1024x1024'],
  ])
})

describe('a tier', () => {
  check([
    ['seedream-5-lite', '2K', { image_size: 'auto_2K' }, undefined],
    ['seedream-5-lite', '3K', { image_size: 'auto_3K' }, undefined],
    ['seedream-4.5', '3K', pixels(3072, 3072), '3072x3072'],
    ['seedream-4.5', '1K', pixels(1920, 1920), '1920x1920', 'size=1k->1920x1920'],
    ['seedream-5-pro', '4K', pixels(2048, 2048), '2048x2048', 'size=4k->2048x2048'],
  ])

  test.for<[string, string, number, FalSize]>([
    [
      'nano-banana-pro',
      '16:9',
      4,
      { fields: { aspect_ratio: '16:9', resolution: '4K' }, chosen: '16:9', adjusted: undefined },
    ],
    [
      'imagen4-preview',
      '16:9',
      4,
      {
        fields: { aspect_ratio: '16:9', resolution: '2K' },
        chosen: '16:9',
        adjusted: 'size=16:9,4k->16:9,2K',
      },
    ],
    [
      'gpt-image-2',
      '16:9',
      4,
      { fields: pixels(3840, 2160), chosen: '3840x2160', adjusted: undefined },
    ],
    [
      'flux-dev',
      '16:9',
      4,
      {
        fields: pixels(2048, 1152),
        chosen: '2048x1152',
        adjusted: 'size=16:9,4k->2048x1152',
      },
    ],
    [
      'gpt-image-1.5',
      '3:2',
      4,
      {
        fields: { image_size: '1536x1024' },
        chosen: '1536x1024',
        adjusted: 'size=3:2,4k->1536x1024',
      },
    ],
  ])('beside a ratio: %s, %s and %dK', ([model, ratio, tier, expected], { expect }) => {
    const shape = parseImageSize(ratio)
    const size = parseImageSize(`${tier}K`)
    if (shape === undefined || size === undefined) throw new Error('no size')
    const wish = { ...size, ratio: shape.ratio, asWritten: `${ratio},${tier}k` }
    expect(toFalSize(wish, ruleOf(model))).toEqual(expected)
  })
})

const to = (size: string, chosen: string, adjusted?: string): Row => [
  'gpt-image-1.5',
  size,
  { image_size: chosen },
  chosen,
  adjusted,
]

describe('an endpoint with a list of sizes', () => {
  check([
    to('1024x1024', '1024x1024'),
    to('1536x1024', '1536x1024'),
    to('1:1', '1024x1024'),
    to('2:3', '1024x1536'),
    to('512x512', '1024x1024', 'size=512x512->1024x1024'),
    to('1792x1024', '1536x1024', 'size=1792x1024->1536x1024'),
    to('16:9', '1536x1024', 'size=16:9->1536x1024'),
    to('4:3', '1536x1024', 'size=4:3->1536x1024'),
    to('5:4', '1536x1024', 'size=5:4->1536x1024'),
    ['gpt-image-1.5', '2K', {}, '1024x1024', 'size=2k->not-supported'],
    ['gpt-image-1-mini', '2K', {}, undefined, 'size=2k->not-supported'],
  ])
})

describe('without a wish', () => {
  test.for<[string, string | undefined]>([
    ['imagen4-preview', '1:1'],
    ['Flux 1.1 Pro Ultra', '16:9'],
    ['nano-banana-2', undefined],
    ['flux-dev', '1024x768'],
    ['seedream-4.5', '2048x2048'],
    ['seedream-5-lite', undefined],
    ['gpt-image-1.5', '1024x1024'],
    ['gpt-image-1-mini', undefined],
  ])('%s: the endpoint’s default holds: %s', ([model, chosen], { expect }) => {
    const nothing = { fields: {}, chosen, adjusted: undefined }
    expect(toFalSize(undefined, ruleOf(model))).toEqual(nothing)
    expect(toFalSize(parseImageSize('auto'), ruleOf(model))).toEqual(nothing)
  })
})

test('an endpoint without sizes is sent none, and that is said', ({ expect }) => {
  const rule = { rule: 'none' } as const
  expect(toFalSize(parseImageSize('16:9'), rule)).toEqual({
    fields: {},
    chosen: undefined,
    adjusted: 'size=16:9->not-supported',
  })
  const nothing = { fields: {}, chosen: undefined, adjusted: undefined }
  expect(toFalSize(parseImageSize('auto'), rule)).toEqual(nothing)
  expect(toFalSize(undefined, rule)).toEqual(nothing)
})
