import { describe, test } from 'vitest'
import * as z from 'zod'

import { PLAIN_JOB } from '../../job/image/image-job.fixture.ts'
import type { ImageJob } from '../../job/image/image-job.ts'
import { parseImageSize } from '../../job/image/image-size.ts'
import { ProblemError, type Problem } from '../../job/problem.ts'
import { readWith } from '../read-with.ts'
import { imageOptions, readImageOptions } from './image-options.ts'

type Options = Omit<ImageJob, 'prompt' | 'sources' | 'earlier' | 'mask'>
type Body = Record<string, unknown>

const schema = z.object(imageOptions())
const read = (body: Body): Options => readImageOptions(readWith(schema, body), body)

const {
  prompt: _prompt,
  sources: _sources,
  earlier: _earlier,
  mask: _mask,
  ...NO_WISHES
} = PLAIN_JOB

function problemOf(body: Body): Problem | undefined {
  try {
    read(body)
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem : undefined
  }
}

describe('every option in every accepted spelling', () => {
  test.for<[Body, Partial<Options>]>([
    [{ model: 'flux-dev' }, { model: 'flux-dev' }],
    [{ n: 10 }, { count: 10 }],
    [{ quality: 'low' }, { quality: 'low' }],
    [{ quality: 'medium' }, { quality: 'medium' }],
    [{ quality: 'high' }, { quality: 'high' }],
    [{ quality: 'xhigh' }, { quality: 'xhigh' }],
    [{ quality: 'max' }, { quality: 'max' }],
    [{ quality: 'hd' }, { quality: 'high' }],
    [{ quality: 'standard' }, {}],
    [{ quality: 'auto' }, {}],
    [{ background: 'transparent' }, { background: 'transparent' }],
    [{ background: 'opaque' }, { background: 'opaque' }],
    [{ background: 'auto' }, {}],
    [{ output_format: 'png' }, { format: 'png' }],
    [{ output_format: 'jpeg' }, { format: 'jpeg' }],
    [{ output_format: 'jpg' }, { format: 'jpeg' }],
    [{ output_format: 'webp' }, { format: 'webp' }],
    [{ output_format: 'gif' }, { format: 'gif' }],
    [{ output_format: 'svg' }, { format: 'svg' }],
    [{ output_compression: 0 }, { compression: 0 }],
    [{ output_compression: 100 }, { compression: 100 }],
    [{ moderation: 'low' }, { moderation: 'low' }],
    [{ moderation: 'auto' }, {}],
    [{ style: 'vivid' }, { style: 'vivid' }],
    [{ style: 'natural' }, { style: 'natural' }],
    [{ style: 'digital_illustration' }, { extra: { style: 'digital_illustration' } }],
    [{ style: '' }, {}],
    [{ seed: 0 }, { seed: 0 }],
    [{ seed: 4_294_967_295 }, { seed: 4_294_967_295 }],
    [{ seed: -1 }, {}],
    [{ negative_prompt: 'text, hands' }, { negativePrompt: 'text, hands' }],
    [{ negative_prompt: ' ' }, {}],
  ])('%j', ([body, wishes], { expect }) => {
    expect(read(body)).toEqual({ ...NO_WISHES, ...wishes })
  })

  test('null is the default for each of them', ({ expect }) => {
    const nulls = Object.fromEntries(Object.keys(imageOptions()).map((field) => [field, null]))
    expect(read(nulls)).toEqual(NO_WISHES)
    expect(read({ image_config: { aspect_ratio: null, image_size: null } })).toEqual(NO_WISHES)
    expect(read({})).toEqual(NO_WISHES)
  })
})

describe('the size', () => {
  const wide = parseImageSize('16:9')
  const square = parseImageSize('1024x1024')

  test.for<[Body, Options['size']]>([
    [{ size: '1024x1024' }, square],
    [{ size: '1024×1024' }, square],
    [{ size: '16:9' }, wide],
    [{ size: '' }, parseImageSize('auto')],
    [{ size: 'auto' }, parseImageSize('auto')],
    [{ size: { width: 1024, height: 1024 } }, square],
    [{ image_size: 'landscape_16_9' }, parseImageSize('landscape_16_9')],
    [{ image_size: { width: 1024, height: 1024 } }, square],
    [{ aspect_ratio: '16:9' }, wide],
    [{ resolution: '2K' }, parseImageSize('2K')],
    [{ image_config: { aspect_ratio: '16:9' } }, wide],
    [{ image_config: { image_size: '4K' } }, parseImageSize('4K')],
  ])('%j', ([body, size], { expect }) => {
    expect(read(body).size).toEqual(size)
  })

  test.for<[Body, string]>([
    [{ size: '1024x1024', aspect_ratio: '16:9' }, '16:9'],
    [{ size: '1024x1024', image_size: 'landscape_4_3' }, 'landscape_4_3'],
    [{ size: '1024x1024', image_config: { aspect_ratio: '9:16' } }, '9:16'],
    [{ aspect_ratio: '16:9', image_config: { aspect_ratio: '9:16' } }, '16:9'],
    [{ image_size: 'square', aspect_ratio: '16:9' }, '16:9'],
    [{ size: '1024x1024', aspect_ratio: 'auto' }, '1024x1024'],
    [{ size: 'auto', aspect_ratio: '3:4' }, '3:4'],
    [{ size: '2048x2048', aspect_ratio: null }, '2048x2048'],
  ])(
    '%j is %s: fal’s and OpenRouter’s words win over the usual size',
    ([body, text], { expect }) => {
      expect(read(body).size).toEqual(parseImageSize(text))
    },
  )

  test.for<[Body, string, string, number]>([
    [{ aspect_ratio: '16:9', resolution: '4K' }, '16:9', '16:9,4k', 4],
    [{ size: '1024x1536', resolution: '2K' }, '1024x1536', '1024x1536,2k', 2],
    [{ size: '2K', aspect_ratio: '1:1' }, '1:1', '1:1,2k', 2],
    [{ image_config: { aspect_ratio: '9:16', image_size: '0.5K' } }, '9:16', '9:16,0.5k', 0.5],
    [{ image_size: 'auto_2K', aspect_ratio: '3:2' }, '3:2', '3:2,2k', 2],
  ])('%j is a shape and a tier', ([body, shape, asWritten, tier], { expect }) => {
    const ratio = parseImageSize(shape)?.ratio
    expect(read(body).size).toEqual({ ratio, pixels: undefined, tier, asWritten })
  })
})

describe('fields that are not ours', () => {
  test('travel as they are, and known ones do not', ({ expect }) => {
    const own = { guidance_scale: 3.5, loras: [{ path: 'x' }], raw: false, style_id: null }
    const known = {
      model: 'flux-dev',
      prompt: 'a cat',
      messages: [],
      n: 2,
      size: '1:1',
      image_size: '1:1',
      aspect_ratio: '1:1',
      resolution: '1K',
      image_config: {},
      quality: 'low',
      output_format: 'png',
      stream: false,
      response_format: 'url',
      partial_images: 0,
      user: 'me',
      seed: 7,
    }
    expect(read({ ...known, ...own }).extra).toEqual(own)
  })

  test('travel from an extra_body that the client did not unpack, which wins', ({ expect }) => {
    const body = {
      guidance_scale: 1,
      n: 2,
      seed: 1,
      quality: 'low',
      extra_body: {
        guidance_scale: 5,
        raw: true,
        seed: 7,
        negative_prompt: 'text',
        aspect_ratio: '16:9',
        style: 'DESIGN',
        quality: null,
        prompt: 'not this one',
      },
    }
    expect(read(body)).toEqual({
      ...NO_WISHES,
      count: 2,
      quality: 'low',
      seed: 7,
      negativePrompt: 'text',
      size: parseImageSize('16:9'),
      extra: { guidance_scale: 5, raw: true, style: 'DESIGN' },
    })
  })

  test.for([null, 'text', 5, ['raw'], true])(
    'an extra_body of %j is nothing',
    (body, { expect }) => {
      expect(read({ extra_body: body })).toEqual(NO_WISHES)
    },
  )

  test('named like the insides of an object are only fields', ({ expect }) => {
    const body: unknown = JSON.parse('{"__proto__":{"raw":true},"constructor":1}')
    const { extra } = read(z.record(z.string(), z.unknown()).parse(body))
    expect(Object.getPrototypeOf(extra)).toBe(Object.prototype)
    expect(extra['raw']).toBeUndefined()
  })
})

const SIZE =
  'expected a size such as 1024x1024, a ratio such as 16:9, 1K, 2K or 4K, a preset such as landscape_16_9, or auto'
const QUALITY = 'expected one of "auto"|"low"|"medium"|"high"|"xhigh"|"max"|"standard"|"hd"'

describe('a wrong option says what is right', () => {
  test.for<[Body, string, string, 'wrong_type' | 'wrong_value']>([
    [{ n: 0 }, 'n', "Invalid value for 'n': expected an integer from 1 to 10.", 'wrong_value'],
    [{ n: 11 }, 'n', "Invalid value for 'n': expected an integer from 1 to 10.", 'wrong_value'],
    [{ n: '2' }, 'n', "Invalid type for 'n': expected number, received string.", 'wrong_type'],
    [{ n: 1.5 }, 'n', "Invalid type for 'n': expected int, received number.", 'wrong_type'],
    [{ size: 'big' }, 'size', `Invalid value for 'size': ${SIZE}.`, 'wrong_value'],
    [{ size: 1024 }, 'size', `Invalid value for 'size': ${SIZE}.`, 'wrong_value'],
    [{ size: '0x0' }, 'size', `Invalid value for 'size': ${SIZE}.`, 'wrong_value'],
    [{ size: '99999x1' }, 'size', `Invalid value for 'size': ${SIZE}.`, 'wrong_value'],
    [{ size: '1'.repeat(41) }, 'size', `Invalid value for 'size': ${SIZE}.`, 'wrong_value'],
    [{ size: { width: 640 } }, 'size', `Invalid value for 'size': ${SIZE}.`, 'wrong_value'],
    [{ size: 'constructor' }, 'size', `Invalid value for 'size': ${SIZE}.`, 'wrong_value'],
    [
      { image_config: { aspect_ratio: 'wide' } },
      'image_config.aspect_ratio',
      `Invalid value for 'image_config.aspect_ratio': ${SIZE}.`,
      'wrong_value',
    ],
    [{ quality: 'best' }, 'quality', `Invalid value for 'quality': ${QUALITY}.`, 'wrong_value'],
    [
      { output_compression: 101 },
      'output_compression',
      "Invalid value for 'output_compression': expected an integer from 0 to 100.",
      'wrong_value',
    ],
    [
      { seed: -2 },
      'seed',
      "Invalid value for 'seed': expected an integer from -1 to 9007199254740991.",
      'wrong_value',
    ],
    [
      { extra_body: { n: 99 } },
      'extra_body.n',
      "Invalid value for 'extra_body.n': expected an integer from 1 to 10.",
      'wrong_value',
    ],
  ])('%j', ([body, param, message, mistake], { expect }) => {
    expect(problemOf(body)).toEqual({ kind: 'invalid_request', param, message, mistake })
  })
})

describe('options that contradict each other', () => {
  test.for<[Body, string, string]>([
    [
      { background: 'transparent', output_format: 'jpeg' },
      'background',
      "A transparent background needs output_format 'png' or 'webp', not 'jpeg'.",
    ],
    [
      { background: 'transparent', output_format: 'jpg' },
      'background',
      "A transparent background needs output_format 'png' or 'webp', not 'jpeg'.",
    ],
    [
      { output_compression: 60, output_format: 'png' },
      'output_compression',
      "output_compression below 100 needs output_format 'jpeg' or 'webp', not 'png'.",
    ],
    [
      { output_compression: 0, output_format: 'gif' },
      'output_compression',
      "output_compression below 100 needs output_format 'jpeg' or 'webp', not 'gif'.",
    ],
    [
      { background: 'transparent', extra_body: { output_format: 'jpeg' } },
      'background',
      "A transparent background needs output_format 'png' or 'webp', not 'jpeg'.",
    ],
  ])('%j', ([body, param, message], { expect }) => {
    const mistake = 'wrong_value'
    expect(problemOf(body)).toEqual({ kind: 'invalid_request', param, message, mistake })
  })

  test.for<Body>([
    { background: 'transparent', output_format: 'png' },
    { background: 'transparent', output_format: 'webp' },
    { background: 'transparent' },
    { background: 'opaque', output_format: 'jpeg' },
    { output_compression: 100, output_format: 'png' },
    { output_compression: 60, output_format: 'webp' },
    { output_compression: 60 },
  ])('%j do not', (body, { expect }) => {
    expect(problemOf(body)).toBeUndefined()
  })
})
