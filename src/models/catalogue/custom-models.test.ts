import { describe, test } from 'vitest'

import { createCatalogue, USUAL_MODEL } from './catalogue.ts'
import { readModelSettings } from './custom-models.ts'

const LOGO =
  '{"logo":{"endpoint":"fal-ai/recraft/v3/text-to-image","input":{"style":"vector_illustration"}}}'

function catalogueWith(models: string, allowed?: readonly string[]) {
  const read = readModelSettings(models)
  if ('fault' in read) throw new Error(read.fault)
  return createCatalogue({
    defaultModel: 'imagen4-preview',
    models: read.models,
    ...(allowed && { allowed }),
  })
}

const own = (endpoint: string, input: Record<string, unknown>) =>
  catalogueWith(JSON.stringify({ logo: { endpoint, input } }))

describe('MODELS', () => {
  test('adds a name with fields that are always sent', ({ expect }) => {
    const catalogue = catalogueWith(LOGO)
    const model = catalogue.resolve('Logo')
    expect(model.names).toEqual(['logo'])
    expect(model.generate).toMatchObject({
      id: 'fal-ai/recraft/v3/text-to-image',
      input: { style: 'vector_illustration' },
    })
    expect(model.edit).toMatchObject({ input: { style: 'vector_illustration' } })
    expect(catalogue.models.map(({ names: [name] }) => name)).toContain('logo')
    expect(catalogue.resolve('recraft-v3').generate).not.toHaveProperty('input')
  })

  test('gives the fields to the endpoint that is named, and to its siblings what they know', ({
    expect,
  }) => {
    const input = { strength: 0.5, seed: 7 }
    const model = own('fal-ai/flux/dev/image-to-image', input).resolve('logo')
    expect(model.edit).toMatchObject({ id: 'fal-ai/flux/dev/image-to-image', input })
    expect(model.generate?.input).toEqual({ seed: 7 })
  })

  test('changes a built-in model, which keeps its place and its names', ({ expect }) => {
    const catalogue = catalogueWith('{"flux-dev":{"input":{"num_inference_steps":20}}}')
    const model = catalogue.resolve('flux-dev')
    expect(model.generate?.input).toEqual({ num_inference_steps: 20 })
    expect(model.names).toContain('flux')
    expect(catalogue.models).toHaveLength(createCatalogue('flux-dev').models.length)
  })

  test('moves a built-in name to another endpoint', ({ expect }) => {
    const catalogue = catalogueWith('{"flux-dev":{"endpoint":"fal-ai/flux/krea"}}')
    expect(catalogue.resolve('flux-dev').generate?.id).toBe('fal-ai/flux/krea')
    expect(catalogue.resolve('fal-ai/flux/dev').generate?.id).toBe('fal-ai/flux/dev')
  })

  test('names an endpoint that only fal knows', ({ expect }) => {
    const catalogue = catalogueWith('{"new":{"endpoint":"acme/new-model"}}')
    expect(catalogue.unknownEndpoint('new')).toBe('acme/new-model')
  })

  test.for([
    ['{"logo"', /^it is not JSON: /],
    ['[]', /^expected an object of models, such as /],
    ['{"logo":"x"}', /^at "logo": expected an object with endpoint, input, owner$/],
    ['{"logo":{}}', /^at "logo": expected endpoint, input, or both$/],
    ['{"logo":{"endpoint":"flux dev"}}', /^at "logo\.endpoint": expected an endpoint's id/],
    ['{"logo":{"endpoint":7}}', /^at "logo\.endpoint": /],
    ['{"logo":{"input":[]}}', /^at "logo\.input": expected an object with fields/],
    ['{"logo":{"inputs":{}}}', /^at "logo\.inputs": there is no such key; allowed are endpoint, /],
    ['{"logo":{"endpoint":"a/b","owner":1}}', /^at "logo\.owner": expected text$/],
    ['{" ":{"endpoint":"a/b"}}', /^a model has an empty name$/],
  ] as const)('%s is refused: %s', ([text, fault], { expect }) => {
    const read = readModelSettings(text)
    expect('fault' in read ? read.fault : '').toMatch(fault)
  })
})

describe('the fields of MODELS are checked against what is known of the endpoint', () => {
  test.for<[string, Record<string, unknown>]>([
    ['fal-ai/flux/dev', { num_inference_steps: 20, acceleration: 'high', image_size: 'square' }],
    ['fal-ai/flux/dev', { image_size: { width: 512, height: 768 }, guidance_scale: 3.5 }],
    ['fal-ai/flux-lora', { loras: [{ path: 'https://example.com/a.safetensors', scale: 1 }] }],
    // Newer than the types, and known by its family.
    ['fal-ai/nano-banana-2', { system_prompt: 'be brief' }],
    // Nobody described these.
    ['acme/new-model', { anything: 1 }],
    ['bytedance/seedream/v5/pro/edit', { something_new: 1 }],
  ])('%s takes %j', ([endpoint, input], { expect }) => {
    expect(() => own(endpoint, input)).not.toThrow()
  })

  test.for<[string, Record<string, unknown>, string]>([
    [
      'fal-ai/flux/dev',
      { steps: 20 },
      'at "logo.input.steps": fal-ai/flux/dev has no such field; it has acceleration, enable_safety_checker, guidance_scale, image_size, num_images, num_inference_steps, output_format, prompt, seed',
    ],
    [
      'fal-ai/flux/dev',
      { num_inference_steps: 100 },
      'at "logo.input.num_inference_steps": expected a whole number from 1 up to 50',
    ],
    ['fal-ai/flux/dev', { seed: 'x' }, 'at "logo.input.seed": expected a whole number'],
    [
      'fal-ai/flux/dev',
      { acceleration: 'very' },
      'at "logo.input.acceleration": expected one of none, regular, high',
    ],
    [
      'fal-ai/flux/dev',
      { enable_safety_checker: 'no' },
      'at "logo.input.enable_safety_checker": expected true or false',
    ],
    [
      'fal-ai/nano-banana-2/edit',
      { image_urls: 'https://example.com/a.png' },
      'at "logo.input.image_urls": expected a list',
    ],
    [
      'fal-ai/imagen4/preview',
      { prompt: 'x' },
      'at "logo.input.prompt": expected text from 3 up to 5000 characters',
    ],
  ])('%s does not take %j', ([endpoint, input, fault], { expect }) => {
    expect(() => own(endpoint, input)).toThrow(
      expect.objectContaining({
        problem: {
          kind: 'not_configured',
          message: `This gateway is not configured: its variable MODELS is wrong (${fault}).`,
        },
      }),
    )
  })

  test('those of a changed model, too', ({ expect }) => {
    expect(() => catalogueWith('{"Flux Dev":{"input":{"steps":20}}}')).toThrow('not_configured')
  })

  test('a name without an endpoint must be a model’s', ({ expect }) => {
    expect(() => catalogueWith('{"logo":{"input":{"seed":1}}}')).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          message: expect.stringContaining(
            '(at "logo": there is no model of this name; say its endpoint)',
          ),
        }),
      }),
    )
  })
})

describe('ALLOWED_MODELS', () => {
  const catalogue = catalogueWith(LOGO, ['imagen4*', 'fal-ai/flux/*', 'logo'])

  test.for(['imagen4-preview', 'IMAGEN4 fast', 'fal-ai/flux/dev', 'flux-dev', 'logo', undefined])(
    'allows %s',
    (name, { expect }) => {
      expect(catalogue.resolve(name).names).not.toHaveLength(0)
    },
  )

  test.for(['nano-banana-2', 'recraft-v3', 'fal-ai/flux-lora', 'fal-ai/recraft/v3/text-to-image'])(
    'keeps out %s',
    (name, { expect }) => {
      expect(() => catalogue.resolve(name)).toThrow('model_not_found')
      expect(catalogue.unknownEndpoint(name)).toBeUndefined()
    },
  )

  test('holds for the lists, not for successors', ({ expect }) => {
    const names = catalogue.models.map(({ names: [name] }) => name)
    expect(names).toEqual([
      'imagen4-preview',
      'imagen4-fast',
      'imagen4-ultra',
      'flux-dev',
      'flux-schnell',
      'logo',
    ])
    const everything = catalogue.all().flatMap(({ names: [name] }) => name)
    expect(everything).toContain('fal-ai/flux/krea')
    expect(everything).not.toContain('fal-ai/flux-lora')
    const successors = catalogue.successorsOf(catalogue.resolve('imagen4-preview'))
    expect(successors.map(({ names: [name] }) => name)).toEqual(['nano-banana-2', 'nano-banana'])
  })

  test('an endpoint that only fal knows is fetched when it is allowed', ({ expect }) => {
    expect(catalogue.unknownEndpoint('fal-ai/flux/new')).toBe('fal-ai/flux/new')
    expect(catalogue.unknownEndpoint('acme/new')).toBeUndefined()
  })

  test('a default model that the owner chose must be among them', ({ expect }) => {
    expect(() => createCatalogue({ defaultModel: 'recraft-v3', allowed: ['flux*'] })).toThrow(
      expect.objectContaining({
        problem: {
          kind: 'not_configured',
          message: 'DEFAULT_MODEL is not among the models that ALLOWED_MODELS allows.',
        },
      }),
    )
  })

  test('without a choice the first of them serves', ({ expect }) => {
    const fluxes = createCatalogue({ defaultModel: USUAL_MODEL, allowed: ['remove-*', 'flux*'] })
    expect(fluxes.resolve(undefined).names[0]).toBe(fluxes.defaultModel)
    expect(fluxes.resolve('dall-e-3').names[0]).toMatch(/^flux/i)
  })
})
