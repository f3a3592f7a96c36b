import { describe, test } from 'vitest'

import { PLAIN_JOB } from '../../job/image/image-job.fixture.ts'
import type { ImageJob } from '../../job/image/image-job.ts'
import { parseImageSize } from '../../job/image/image-size.ts'
import { ProblemError } from '../../job/problem.ts'
import { endpointsOf, type EndpointSpec } from '../model-spec.ts'
import { toFalInput } from './fal-input.ts'
import { FAMILIES } from './families/index.ts'

function endpointOf(name: string): EndpointSpec {
  const model = FAMILIES.find(({ names }) => names.some((one) => one === name))
  if (model === undefined) throw new Error(`no model ${name}`)
  const [endpoint] = endpointsOf(model)
  if (endpoint === undefined) throw new Error(`${name} has no endpoint`)
  return endpoint
}

const toInput = (name: string, job: Partial<ImageJob> = {}) =>
  toFalInput({ ...PLAIN_JOB, ...job }, endpointOf(name))

/** The fields of the only input besides the prompt and the count, and what was changed. */
function optionsOf(name: string, job: Partial<ImageJob>) {
  const { inputs, adjusted } = toInput(name, job)
  const { prompt: _prompt, num_images: _count, ...fields } = inputs[0] ?? {}
  return { requests: inputs.length, fields, adjusted }
}

test('a job without wishes says nothing but the prompt and the count', ({ expect }) => {
  expect(toInput('imagen4-preview')).toEqual({
    inputs: [{ prompt: 'a cat', num_images: 1 }],
    size: '1:1',
    adjusted: [],
  })
  expect(toInput('recraft-v3')).toEqual({
    inputs: [{ prompt: 'a cat' }],
    size: '1024x1024',
    adjusted: [],
  })
})

const seedsOf = (name: string) =>
  toInput(name, { count: 10, seed: 7 }).inputs.map((input) => input['seed'])

describe('the count is split by what one request can make', () => {
  test.for<[string, number, readonly (number | undefined)[]]>([
    ['flux-dev', 1, [1]],
    ['flux-dev', 4, [4]],
    ['flux-dev', 5, [4, 1]],
    ['flux-dev', 10, [4, 4, 2]],
    ['seedream-4.5', 10, [6, 4]],
    ['ideogram-v3', 10, [8, 2]],
    ['ideogram-v3', 8, [8]],
    ['recraft-v3', 3, [undefined, undefined, undefined]],
    ['flux-2-pro', 1, [undefined]],
  ])('%s, n=%d', ([name, count, shares], { expect }) => {
    const { inputs } = toInput(name, { count })
    expect(inputs.map((input) => input['num_images'])).toEqual(shares)
  })

  test('no two requests of one job have the same seeds', ({ expect }) => {
    expect(seedsOf('flux-dev')).toEqual([7, 11, 15])
    expect(seedsOf('flux-2-pro')).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
    expect(seedsOf('gpt-image-2')).toEqual([undefined, undefined, undefined])
  })

  test('every request has the whole of the other wishes', ({ expect }) => {
    const { inputs } = toInput('flux-dev', {
      count: 6,
      size: parseImageSize('1024x1024'),
      extra: { guidance_scale: 4 },
    })
    const common = {
      prompt: 'a cat',
      image_size: { width: 1024, height: 1024 },
      guidance_scale: 4,
    }
    expect(inputs).toEqual([
      { ...common, num_images: 4 },
      { ...common, num_images: 2 },
    ])
  })
})

describe('a prompt', () => {
  test.for<[string, string, string]>([
    ['nano-banana', '猫', '猫..'],
    ['nano-banana', '小猫', '小猫.'],
    ['nano-banana', 'cat', 'cat'],
    ['gpt-image-2', '🐈', '🐈.'],
    ['flux-dev', '猫', '猫'],
  ])('too short for %s is lengthened, and that is told: %s', ([name, prompt, sent], { expect }) => {
    const { inputs, adjusted } = toInput(name, { prompt })
    expect(inputs[0]?.['prompt']).toBe(sent)
    expect(adjusted).toEqual(sent === prompt ? [] : ['prompt->lengthened'])
  })

  test('too long is the caller’s mistake, counted in characters as people do', ({ expect }) => {
    const limit = '🐈'.repeat(800)
    expect(toInput('qwen-image-2', { prompt: limit }).inputs[0]?.['prompt']).toBe(limit)
    expect(() => toInput('qwen-image-2', { prompt: `${limit}!` })).toThrow(
      new ProblemError({
        kind: 'invalid_request',
        param: 'prompt',
        mistake: 'wrong_value',
        message:
          'The prompt has 801 characters; fal-ai/qwen-image-2/text-to-image takes at most 800.',
      }),
    )
  })
})

describe('options in the endpoint’s words', () => {
  test.for<[string, Partial<ImageJob>, Record<string, unknown>, readonly string[]]>([
    ['gpt-image-2', { quality: 'low' }, { quality: 'low' }, []],
    ['gpt-image-2', { quality: 'max' }, { quality: 'high' }, ['quality=max->high']],
    ['gpt-image-2', {}, { quality: 'auto' }, []],
    ['gpt-image-1.5', { extra: { quality: 'auto' } }, {}, []],
    ['ideogram-v3', { quality: 'high' }, { rendering_speed: 'QUALITY' }, []],
    ['flux-dev', { quality: 'high' }, {}, ['quality=high->not-supported']],
    ['imagen4', { moderation: 'low' }, { safety_tolerance: '5' }, []],
    ['recraft-v4', { moderation: 'low' }, {}, ['moderation=low->not-supported']],
    ['gpt-image-1.5', { background: 'transparent' }, { background: 'transparent' }, []],
    ['gpt-image-1.5', { background: 'opaque' }, { background: 'opaque' }, []],
    ['flux-dev', { background: 'opaque' }, {}, []],
    ['flux-dev', { background: 'transparent' }, {}, ['background=transparent->not-supported']],
    ['flux-dev', { format: 'png' }, { output_format: 'png' }, []],
    ['flux-dev', { format: 'webp' }, {}, ['output_format=webp->jpeg']],
    ['gpt-image-1.5', { format: 'svg' }, {}, ['output_format=svg->png']],
    ['ideogram-v3', { format: 'png' }, {}, ['output_format=png->not-supported']],
    ['flux-dev', { compression: 100 }, {}, []],
    ['flux-dev', { compression: 60 }, {}, ['output_compression=60->not-supported']],
    ['qwen-image-2', { negativePrompt: 'text' }, { negative_prompt: 'text' }, []],
    ['flux-dev', { negativePrompt: '文字' }, {}, ['negative_prompt->not-supported']],
    ['flux-dev', { seed: 0 }, { seed: 0 }, []],
    ['recraft-v4', { seed: 5 }, {}, ['seed=5->not-supported']],
    ['flux-dev', { style: 'vivid' }, {}, ['style=vivid->not-supported']],
    ['ideogram-v3', { extra: { style: 'DESIGN' } }, { style: 'DESIGN' }, []],
    ['flux-dev', { extra: { style: '水墨' } }, {}, ['style->not-supported']],
    ['flux-dev', { extra: { sync_mode: true } }, {}, ['sync_mode->url']],
    ['flux-dev', { extra: { sync_mode: false } }, {}, []],
  ])('%s %j', ([name, job, fields, adjusted], { expect }) => {
    expect(optionsOf(name, job)).toEqual({ requests: 1, fields, adjusted })
  })
})

describe('fields in fal’s own words', () => {
  test('pass when the endpoint knows them, and are left out silently when not', ({ expect }) => {
    const extra = { guidance_scale: 3, num_inference_steps: 30, raw: true, temperature: 1 }
    expect(optionsOf('flux-dev', { extra })).toEqual({
      requests: 1,
      fields: { guidance_scale: 3, num_inference_steps: 30 },
      adjusted: [],
    })
  })

  test('win over OpenAI’s words for the same thing', ({ expect }) => {
    const turbo = { quality: 'high', extra: { rendering_speed: 'TURBO' } } as const
    expect(optionsOf('ideogram-v3', turbo).fields).toEqual({ rendering_speed: 'TURBO' })
    const strict = { moderation: 'low', extra: { safety_tolerance: '1' } } as const
    expect(optionsOf('nano-banana', strict).fields).toEqual({ safety_tolerance: '1' })
  })

  test('are kept when false or 0, and left out when null', ({ expect }) => {
    const extra = { enable_safety_checker: false, guidance_scale: 0, acceleration: null }
    expect(optionsOf('flux-dev', { extra }).fields).toEqual({
      enable_safety_checker: false,
      guidance_scale: 0,
    })
  })

  test('never change what we answer for: prompt, count, size', ({ expect }) => {
    const extra = {
      prompt: 'x',
      num_images: 99,
      image_size: 'x',
      aspect_ratio: 'x',
      resolution: 'x',
    }
    const imagen = endpointOf('imagen4')
    const listsAll = { ...imagen, fields: [...imagen.fields, ...Object.keys(extra)] }
    expect(toFalInput({ ...PLAIN_JOB, extra }, listsAll)).toEqual(toInput('imagen4'))
  })
})

test('all that was changed is named, the size first', ({ expect }) => {
  const job = {
    size: parseImageSize('3:2'),
    quality: 'high',
    format: 'gif',
    negativePrompt: 'text',
  } as const
  expect(toInput('imagen4-preview', job)).toEqual({
    inputs: [{ prompt: 'a cat', num_images: 1, aspect_ratio: '4:3' }],
    size: '4:3',
    adjusted: [
      'size=3:2->4:3',
      'quality=high->not-supported',
      'output_format=gif->png',
      'negative_prompt->not-supported',
    ],
  })
})
