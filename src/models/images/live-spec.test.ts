import { describe, expect, test } from 'vitest'

import { PLAIN_JOB } from '../../job/image/image-job.fixture.ts'
import type { EndpointSpec } from '../model-spec.ts'
import { toFalInput } from './fal-input.ts'
import { createLiveSpecs } from './live-spec.ts'

const ID = 'fal-ai/drifting'

/** What the table remembers of an endpoint. */
const TABLE: EndpointSpec = {
  id: ID,
  size: { rule: 'ratio', ratios: ['1:1', '16:9'], resolutions: ['1K', '2K'], default: '1:1' },
  maxImages: 1,
  formats: ['png', 'webp'],
  defaultFormat: 'png',
  quality: { field: 'quality', values: { low: 'low', high: 'high' } },
  fields: ['seed', 'style_preset', 'old_field'],
  checks: { style_preset: { type: 'string', values: ['Photo'] } },
}

const json = (schema: object) => ({ content: { 'application/json': { schema } } })

/** fal's document of an endpoint with these input fields. */
function documentOf(properties: Record<string, object>): unknown {
  const images = { type: 'object', properties: { images: { type: 'array' } } }
  return {
    paths: {
      [`/${ID}`]: {
        post: { requestBody: json({ type: 'object', required: ['prompt'], properties }) },
      },
      [`/${ID}/requests/{id}`]: { get: { responses: { '200': json(images) } } },
    },
  }
}

const prompt = { type: 'string' }
const live = (properties: Record<string, object>): EndpointSpec =>
  createLiveSpecs().over(TABLE, documentOf({ prompt, ...properties }))

const inputOf = (spec: EndpointSpec, job: object): object => {
  const { inputs } = toFalInput({ ...PLAIN_JOB, ...job }, spec)
  return inputs.length === 1 ? (inputs[0] ?? {}) : inputs
}

describe('fal’s live schema over the table', () => {
  test('without a document, or with one of something else, the table holds', () => {
    const specs = createLiveSpecs()
    expect(specs.over(TABLE, undefined)).toBe(TABLE)
    expect(specs.over(TABLE, { paths: {} })).toBe(TABLE)
    expect(specs.over(TABLE, 'nonsense')).toBe(TABLE)
  })

  test('ratios and resolutions are those of today, in today’s letters', () => {
    const spec = live({
      aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '21:9'] },
      resolution: { type: 'string', enum: ['1k', '2k'] },
    })
    const size = { ratio: { width: 21, height: 9 }, pixels: undefined, tier: 2, asWritten: '21:9' }
    expect(inputOf(spec, { size })).toMatchObject({ aspect_ratio: '21:9', resolution: '2k' })
  })

  test('a format that is no longer taken is not sent, and said so', () => {
    const spec = live({ output_format: { type: 'string', enum: ['png', 'jpeg'] } })
    expect(toFalInput({ ...PLAIN_JOB, format: 'webp' }, spec)).toMatchObject({
      inputs: [{ prompt: 'a cat' }],
      adjusted: ['output_format=webp->png'],
    })
    expect(toFalInput({ ...PLAIN_JOB, format: 'png' }, live({})).inputs).toEqual([
      { prompt: 'a cat' },
    ])
  })

  test('fields that came are passed on, fields that went are not', () => {
    const spec = live({ new_field: { type: 'integer', minimum: 0, maximum: 9 } })
    expect(inputOf(spec, { extra: { new_field: 0, old_field: 'x' } })).toEqual({
      prompt: 'a cat',
      new_field: 0,
    })
  })

  test('a listed word is sent in the letters that are listed', () => {
    const spec = live({ style_preset: { type: 'string', enum: ['photo', 'anime'] } })
    expect(inputOf(spec, { extra: { style_preset: 'Anime' } })).toMatchObject({
      style_preset: 'anime',
    })
  })

  test('a quality that is gone is not sent', () => {
    const spec = live({ quality: { type: 'string', enum: ['low', 'medium'] } })
    expect(inputOf(spec, { quality: 'high' })).toEqual({ prompt: 'a cat' })
    expect(inputOf(spec, { quality: 'low' })).toMatchObject({ quality: 'low' })
  })
})

const seeded = (seed: object): EndpointSpec => live({ seed: { type: 'integer', ...seed } })

describe('seeds', () => {
  test('of a split stay below what the schema allows', () => {
    const spec = seeded({ maximum: 2_147_483_647 })
    expect(inputOf(spec, { seed: 2_147_483_647, count: 3 })).toMatchObject([
      { seed: 2_147_483_647 },
      { seed: 0 },
      { seed: 1 },
    ])
    expect(inputOf(seeded({}), { seed: 2_147_483_647, count: 2 })).toMatchObject([
      { seed: 2_147_483_647 },
      { seed: 0 },
    ])
  })

  test('0 becomes the least that is allowed where the minimum is exclusive', () => {
    const { inputs, adjusted } = toFalInput(
      { ...PLAIN_JOB, seed: 0 },
      seeded({ exclusiveMinimum: 0 }),
    )
    expect(inputs).toMatchObject([{ seed: 1 }])
    expect(adjusted).toEqual(['seed=0->1'])
  })

  test('several requests to an endpoint with a seed by default get seeds of their own', () => {
    const spec = seeded({ default: 42 })
    expect(inputOf(spec, { count: 3 })).toMatchObject([{ seed: 42 }, { seed: 43 }, { seed: 44 }])
    expect(inputOf(spec, {})).toEqual({ prompt: 'a cat' })
  })
})

test('a size goes into width and height where an endpoint has those', () => {
  const edge = { type: 'integer', minimum: 256, maximum: 1024, default: 512 }
  const spec = live({ width: edge, height: edge })
  const pixels = { width: 2048, height: 1024 }
  const size = { ratio: { width: 2, height: 1 }, pixels, tier: undefined, asWritten: '2048x1024' }
  expect(toFalInput({ ...PLAIN_JOB, size }, spec)).toMatchObject({
    inputs: [{ prompt: 'a cat', width: 1024, height: 512 }],
    adjusted: ['size=2048x1024->1024x512'],
  })
})
