import { describe, test } from 'vitest'

import { PLAIN_JOB } from '../job/image/image-job.fixture.ts'
import type { ImageJob } from '../job/image/image-job.ts'
import type { SourceImage } from '../job/image/source-image.ts'
import { toFalInput } from './images/fal-input.ts'
import type { EndpointSpec } from './model-spec.ts'

const SPEC: EndpointSpec = {
  id: 'acme/paint',
  size: { rule: 'none' },
  maxImages: 1,
  fields: [
    'steps',
    'scale',
    'mode',
    'fast',
    'names',
    'seed',
    'strength',
    'tier',
    'length',
    'title',
  ],
  checks: {
    steps: { type: 'integer', min: 4, max: 8 },
    scale: { type: 'number', min: 1 },
    mode: { type: 'string', values: ['a', 'b'] },
    fast: { type: 'boolean' },
    names: { type: 'array' },
    seed: { type: 'integer', max: 99 },
    tier: { type: 'string', values: ['1k', '2k'] },
    length: { type: 'string', values: ['5', '10'] },
    title: { type: 'string' },
  },
}

const toInput = (job: Partial<ImageJob>, spec: Partial<EndpointSpec> = {}) =>
  toFalInput({ ...PLAIN_JOB, ...job }, { ...SPEC, ...spec })

describe('fields in fal’s own words', () => {
  test.for<[Record<string, unknown>, Record<string, unknown>, readonly string[]]>([
    [
      { steps: 5, mode: 'b', fast: true, names: ['x'] },
      { steps: 5, mode: 'b', fast: true, names: ['x'] },
      [],
    ],
    [{ steps: 50 }, { steps: 8 }, ['steps=50->8']],
    [{ steps: 1.2 }, { steps: 4 }, ['steps=1.2->4']],
    [{ scale: 0.5 }, { scale: 1 }, ['scale=0.5->1']],
    [{ mode: 'c' }, {}, ['mode->not-supported']],
    [{ fast: 'yes' }, {}, ['fast->not-supported']],
    [{ names: [1] }, {}, ['names->not-supported']],
    [{ steps: 'many' }, {}, ['steps->not-supported']],
    // Of forms, and of clients that write numbers as text: nothing is said of what is met.
    [{ steps: '5', scale: '3.5' }, { steps: 5, scale: 3.5 }, []],
    [{ steps: '50', scale: '-1' }, { steps: 8, scale: 1 }, ['steps=50->8', 'scale=-1->1']],
    [{ tier: '2K', length: 10 }, { tier: '2k', length: '10' }, []],
    // A form cannot say that it is a word.
    [{ title: 2024 }, { title: '2024' }, []],
    [{ title: true }, { title: 'true' }, []],
    [{ title: ['2024'] }, {}, ['title->not-supported']],
    [{ tier: '8K', length: 7 }, {}, ['tier->not-supported', 'length->not-supported']],
    [{ strength: 'as it is' }, { strength: 'as it is' }, []],
    [{ colour: 1 }, {}, []],
  ])('%j is sent as %j', ([extra, fields, adjusted], { expect }) => {
    const { inputs, adjusted: notes } = toInput({ extra })
    expect(inputs).toEqual([{ prompt: 'a cat', ...fields }])
    expect(notes).toEqual(adjusted)
  })

  test('a field that the endpoint must have is asked for by name', ({ expect }) => {
    expect(() => toInput({}, { required: ['mode'] })).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          param: 'mode',
          message: "acme/paint needs 'mode' in the request. It is one of: a, b.",
        }),
      }),
    )
  })

  test('the owner’s fields are sent, and the caller’s win', ({ expect }) => {
    const owned = { input: { mode: 'a', steps: 6 } }
    expect(toInput({ extra: { steps: 7 } }, owned).inputs).toEqual([
      { prompt: 'a cat', mode: 'a', steps: 7 },
    ])
  })

  test('a seed beyond the endpoint’s is brought into it', ({ expect }) => {
    expect(toInput({ seed: 250 }).inputs).toEqual([{ prompt: 'a cat', seed: 50 }])
  })
})

const image = (name: string, width = 1600, height = 900): SourceImage => ({
  url: `https://example.com/${name}.png`,
  pixels: { width, height },
})

describe('pictures', () => {
  const sources = [image('a'), image('b'), image('c')]
  const [a, b, c] = sources.map(({ url }) => url)

  test('go into a list', ({ expect }) => {
    const spec = { sources: { field: 'image_urls', list: true, max: 3 } }
    expect(toInput({ sources }, spec).inputs).toEqual([{ prompt: 'a cat', image_urls: [a, b, c] }])
  })

  test('go into a field each, and the rest into the list at the end', ({ expect }) => {
    const rule = { field: 'person', more: ['style_urls'], list: true, min: 2, max: 5 }
    expect(toInput({ sources }, { sources: rule }).inputs).toEqual([
      { prompt: 'a cat', person: a, style_urls: [b, c] },
    ])
  })

  test('words go into the field that takes them', ({ expect }) => {
    expect(toInput({}, { promptField: 'instruction' }).inputs).toEqual([{ instruction: 'a cat' }])
    expect(toInput({}, { prompt: 'none' }).inputs).toEqual([{}])
  })

  test('keep their shape where the endpoint has a size of its own', ({ expect }) => {
    const ratio = { rule: 'ratio', ratios: ['1:1', '16:9'], default: '1:1' } as const
    expect(toInput({ sources }, { size: ratio })).toMatchObject({
      inputs: [{ aspect_ratio: '16:9' }],
      size: '16:9',
      adjusted: [],
    })
    const auto = { ...ratio, default: undefined }
    expect(toInput({ sources }, { size: auto }).inputs).toEqual([{ prompt: 'a cat' }])
    const needed = { ...auto, required: true, inside: 'ratio' } as const
    expect(toInput({}, { size: needed }).inputs).toEqual([
      { prompt: 'a cat', aspect_ratio: { ratio: '1:1' } },
    ])
  })
})
