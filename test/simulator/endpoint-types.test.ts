import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

import { describe, test } from 'vitest'

import { readEndpointTypes } from '../../simulator/endpoints/endpoint-types.ts'
import { createEndpoints } from '../../simulator/endpoints/endpoints.ts'
import { listedValues, type JsonSchema } from '../../simulator/endpoints/json-schema.ts'
import { newerEndpoints } from '../../simulator/endpoints/newer/newer-endpoints.ts'
import { readTypeExpression } from '../../simulator/endpoints/type-expression.ts'
import { createInputValidator } from '../../simulator/endpoints/validate-input.ts'

const client = createRequire(import.meta.url).resolve('@fal-ai/client')
const source = readFileSync(path.join(path.dirname(client), 'types/endpoints.d.ts'), 'utf8')
const types = readEndpointTypes(source)

function inputOf(id: string): JsonSchema {
  const schemas = types.schemasOf(id)
  return schemas?.components[schemas.inputName] ?? {}
}

function outputOf(id: string): JsonSchema {
  const schemas = types.schemasOf(id)
  return schemas?.components[schemas.outputName] ?? {}
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

describe('type expressions', () => {
  test.for<[string, JsonSchema]>([
    ['string', { type: 'string' }],
    ['string | Blob | File', { type: 'string' }],
    ['File', ref('File')],
    ['Array<string | Blob | File>', { type: 'array', items: { type: 'string' } }],
    [
      'Array<Array<number>>',
      { type: 'array', items: { type: 'array', items: { type: 'number' } } },
    ],
    ['"a | b" | "c\\"d"', { type: 'string', enum: ['a | b', 'c"d'] }],
    ['1 | 2.5', { type: 'number', enum: [1, 2.5] }],
    ['ImageSize | "auto"', { anyOf: [ref('ImageSize'), { type: 'string', enum: ['auto'] }] }],
    ['Array<A> | string', { anyOf: [{ type: 'array', items: ref('A') }, { type: 'string' }] }],
    ['number | number', { type: 'number' }],
    ['string | unknown', {}],
    ['Record<string, never>', {}],
  ])('%s', ([expression, schema], { expect }) => {
    expect(readTypeExpression(expression)).toEqual(schema)
  })
})

describe('the published types', () => {
  test('every one of the 1,207 endpoints is read, with no reference left open', ({ expect }) => {
    expect(types.ids).toHaveLength(1207)
    const open = types.ids.filter((id) => {
      const schemas = types.schemasOf(id)
      const text = JSON.stringify(schemas?.components)
      const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
        ([, name = '']) => name,
      )
      return !schemas || names.some((name) => !Object.hasOwn(schemas.components, name))
    })
    expect(open).toEqual([])
  })

  test('only the inputs without any field are empty', ({ expect }) => {
    const empty = types.ids.filter((id) => Object.keys(inputOf(id).properties ?? {}).length === 0)
    expect(empty.length).toBeLessThan(5)
  })

  test('flux/dev', ({ expect }) => {
    const { properties, required } = inputOf('fal-ai/flux/dev')
    expect(required).toEqual(['prompt'])
    expect(properties?.['output_format']).toMatchObject({ enum: ['jpeg', 'png'], default: 'jpeg' })
    expect(properties?.['image_size']).toMatchObject({ default: 'landscape_4_3' })
    expect(properties?.['num_images']).toEqual({
      type: 'number',
      description: 'The number of images to generate.',
      default: 1,
    })
    const output = outputOf('fal-ai/flux/dev')
    expect(output.required).toEqual(['has_nsfw_concepts', 'images', 'prompt', 'seed', 'timings'])
  })

  test('an alias has the fields of the type that it stands for', ({ expect }) => {
    expect(inputOf('fal-ai/flux/schnell')).toMatchObject({ title: 'FluxSchnellInput' })
    expect(inputOf('fal-ai/flux/schnell').properties).toHaveProperty('num_inference_steps')
  })

  test('flux-pro/v1.1-ultra and nano-banana/edit', ({ expect }) => {
    const ultra = inputOf('fal-ai/flux-pro/v1.1-ultra').properties
    const ratios = ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21']
    expect(listedValues(ultra?.['aspect_ratio'])).toEqual(ratios)
    expect(ultra?.['aspect_ratio']?.default).toBe('16:9')
    expect(inputOf('fal-ai/nano-banana/edit').required).toEqual(['image_urls', 'prompt'])
  })
})

describe('the known endpoints', () => {
  const endpoints = createEndpoints([])
  const validate = createInputValidator()
  const find = (id: string) => {
    const found = endpoints.find(id)
    if ('endpoint' in found) return found.endpoint
    throw new Error(found.missing)
  }
  const complaints = (id: string, input: Record<string, unknown>) =>
    validate(find(id), input).map(({ loc, type }) => [...loc, type].join('.'))

  test('every schema compiles and complains about what is missing', ({ expect }) => {
    const wrong = endpoints.ids().filter((id) => {
      const { input } = find(id)
      const missing = validate(find(id), {}).filter(({ type }) => type === 'missing')
      return missing.length !== (input.required ?? []).length
    })
    expect(wrong).toEqual([])
  })

  test.for(Object.keys(newerEndpoints))('%s takes its own defaults', (id, { expect }) => {
    const fields = Object.entries(find(id).input.properties ?? {})
    const defaults: Record<string, unknown> = Object.fromEntries(
      fields.flatMap(([name, schema]) =>
        schema.default === undefined ? [] : [[name, schema.default]],
      ),
    )
    const needed = (find(id).input.required ?? []).map((name) => {
      const { type, enum: listed } = find(id).input.properties?.[name] ?? {}
      return [name, type === 'array' ? ['x'] : (listed?.[0] ?? 'a cat in a hat')]
    })
    const given: Record<string, unknown> = Object.fromEntries(needed)
    expect(complaints(id, { ...defaults, ...given })).toEqual([])
  })

  test.for<[string, Record<string, unknown>, readonly string[]]>([
    ['fal-ai/flux/dev', { prompt: 'a', what: 'ever' }, []],
    ['fal-ai/flux/dev', { prompt: 'a', seed: null }, []],
    ['fal-ai/flux/dev', { prompt: 'a', num_images: null }, ['body.num_images.int_type']],
    ['fal-ai/flux/dev', { prompt: 'a', num_images: 5 }, ['body.num_images.less_than_equal']],
    ['fal-ai/flux/dev', { prompt: 'a', num_images: 0 }, ['body.num_images.greater_than_equal']],
    ['fal-ai/flux/dev', { prompt: 'a', output_format: 'webp' }, ['body.output_format.one_of']],
    ['fal-ai/flux/dev', { prompt: 'a', image_size: '1024x1024' }, ['body.image_size.one_of']],
    [
      'fal-ai/flux/dev',
      { prompt: 'a', image_size: { width: 0 } },
      ['body.image_size.width.greater_than'],
    ],
    [
      'fal-ai/flux/dev',
      { prompt: 'a', guidance_scale: 0.5 },
      ['body.guidance_scale.greater_than_equal'],
    ],
    ['fal-ai/flux/dev', { prompt: 7 }, ['body.prompt.string_type']],
    ['fal-ai/ideogram/v3', { prompt: 'a', num_images: 8 }, []],
    ['fal-ai/nano-banana', { prompt: 'ab' }, ['body.prompt.sequence_too_short']],
    [
      'fal-ai/recraft/v3/text-to-image',
      { prompt: 'a'.repeat(1001) },
      ['body.prompt.sequence_too_long'],
    ],
    [
      'fal-ai/flux-2',
      { prompt: 'a', image_size: { width: 256, height: 512 } },
      ['body.image_size.value_error'],
    ],
    [
      'openai/gpt-image-2',
      { prompt: 'ab', image_size: { width: 1024, height: 1000 } },
      ['body.image_size.height.multiple_of'],
    ],
    [
      'openai/gpt-image-2',
      { prompt: 'ab', image_size: { width: 3840, height: 1024 } },
      ['body.image_size.value_error'],
    ],
    [
      'openai/gpt-image-2',
      { prompt: 'ab', image_size: { width: 512, height: 512 } },
      ['body.image_size.value_error'],
    ],
    ['openai/gpt-image-2', { prompt: 'ab', image_size: { width: 1536, height: 1024 } }, []],
    ['openai/gpt-image-2/edit', { prompt: 'ab' }, ['body.image_urls.missing']],
    [
      'openai/gpt-image-2/edit',
      { prompt: 'ab', image_urls: Array(17).fill('x') },
      ['body.image_urls.sequence_too_long'],
    ],
    [
      'fal-ai/bytedance/seedream/v4.5/text-to-image',
      { prompt: 'a', image_size: { width: 1024, height: 1024 } },
      ['body.image_size.value_error'],
    ],
    [
      'bytedance/seedream/v5/lite/text-to-image',
      { prompt: 'a', image_size: { width: 64, height: 64 } },
      [],
    ],
  ])('%s %o', ([id, input, expected], { expect }) => {
    expect(complaints(id, input)).toEqual(expected)
  })
})
