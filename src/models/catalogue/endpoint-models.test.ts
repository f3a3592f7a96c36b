import { describe, test } from 'vitest'

import { endpointsOf } from '../model-spec.ts'
import { createCatalogue } from './catalogue.ts'

const catalogue = createCatalogue('imagen4-preview')

/** The ids of a model's endpoints, by what they do. */
function slotsOf(name: string) {
  const { generate, edit, editMany, inpaint } = catalogue.resolve(name)
  return [generate?.id, edit?.id, editMany?.id, inpaint?.id]
}

describe('an endpoint is a model by its id, with the siblings that fal names after it', () => {
  test.for<[string, readonly (string | undefined)[]]>([
    ['fal-ai/flux-lora', ['fal-ai/flux-lora', undefined, undefined, 'fal-ai/flux-lora/inpainting']],
    [
      'fal-ai/nano-banana-2/edit',
      ['fal-ai/nano-banana-2', 'fal-ai/nano-banana-2/edit', undefined, undefined],
    ],
    [
      'fal-ai/flux/krea/image-to-image',
      ['fal-ai/flux/krea', 'fal-ai/flux/krea/image-to-image', undefined, undefined],
    ],
    [
      'fal-ai/z-image/turbo/inpaint',
      [
        'fal-ai/z-image/turbo',
        'fal-ai/z-image/turbo/image-to-image',
        undefined,
        'fal-ai/z-image/turbo/inpaint',
      ],
    ],
    ['fal-ai/flux-pro/v1/fill', [undefined, undefined, undefined, 'fal-ai/flux-pro/v1/fill']],
    [
      'fal-ai/drct-super-resolution',
      [undefined, 'fal-ai/drct-super-resolution', undefined, undefined],
    ],
    [
      'qwen-image-edit',
      [undefined, 'fal-ai/qwen-image-edit', undefined, 'fal-ai/qwen-image-edit/inpaint'],
    ],
  ])('%s', ([name, slots], { expect }) => {
    const found = slotsOf(name)
    expect(found.map((id, at) => (slots[at] === undefined ? undefined : id))).toEqual(slots)
  })

  test('the whole list holds every endpoint once', ({ expect }) => {
    const all = catalogue.all()
    const mains = all.map((model) => model.names[0])
    expect(new Set(mains).size).toBe(mains.length)
    expect(all.length).toBeGreaterThan(530)
    expect(all.every((model) => endpointsOf(model).length > 0)).toBe(true)
  })
})

const content = (name: string) => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
})

const document = (output: object) => ({
  components: {
    schemas: {
      In: {
        type: 'object',
        required: ['prompt', 'image_url'],
        properties: {
          prompt: { type: 'string', maxLength: 500 },
          image_url: { type: 'string' },
          seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
          num_images: { type: 'integer', minimum: 1, maximum: 3, default: 1 },
          image_size: {
            anyOf: [{ $ref: '#/components/schemas/Size' }, { type: 'string', enum: ['square_hd'] }],
            description: 'Total pixels must be between 512x512 and 1024x1024.',
          },
        },
      },
      Size: { type: 'object', properties: { width: {}, height: {} } },
      Out: { type: 'object', properties: output },
    },
  },
  paths: {
    '/acme/new': {
      post: { requestBody: content('In') },
    },
    '/acme/new/requests/{request_id}': { get: { responses: { '200': content('Out') } } },
  },
})

describe('an endpoint that nobody described', () => {
  test('becomes a model by its schema', ({ expect }) => {
    expect(catalogue.unknownEndpoint('acme/new')).toBe('acme/new')
    const model = catalogue.resolveWith('acme/new', document({ images: {} }))
    expect(model).toEqual({
      names: ['acme/new'],
      owner: 'acme',
      edit: {
        id: 'acme/new',
        size: {
          rule: 'pixels',
          presets: ['square_hd'],
          limits: { step: 8, minPixels: 262_144, maxPixels: 1_048_576 },
          default: undefined,
        },
        maxImages: 3,
        countField: 'num_images',
        sources: { field: 'image_url', list: false, max: 1 },
        promptLength: { min: 0, max: 500 },
        fields: ['seed'],
        checks: { seed: { type: 'integer' } },
      },
    })
  })

  test('is refused when it makes no pictures', ({ expect }) => {
    expect(() => catalogue.resolveWith('acme/new', document({ video: {} }))).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          message: "'acme/new' is not an image model: it makes video.",
        }),
      }),
    )
  })

  test.for([undefined, null, 7, {}, { paths: { '/acme/new': [] } }, { error: { code: 'x' } }])(
    'is refused when the document says nothing: %j',
    (nothing, { expect }) => {
      expect(() => catalogue.resolveWith('acme/new', nothing)).toThrow('invalid_request')
    },
  )

  test.for([
    'flux-dev',
    'fal-ai/flux/dev',
    'fal-ai/flux-lora',
    'dall-e-3',
    'a name',
    '../x',
    '/',
    '',
  ])('%j needs no look at fal', (name, { expect }) => {
    expect(catalogue.unknownEndpoint(name)).toBeUndefined()
  })
})
