import { describe, expect, test } from 'vitest'

import { problemOf } from '../../job/problem.ts'
import { endpointsOf } from '../model-spec.ts'
import { createAllowedCatalogues } from './allowed-catalogue.ts'
import { createCatalogue, type Catalogue } from './catalogue.ts'

const all = createCatalogue({
  defaultModel: 'imagen4-preview',
  models: [{ name: 'logo', endpoint: 'fal-ai/recraft/v3/text-to-image' }],
})
const catalogues = createAllowedCatalogues(all)

function namesOf({ models }: Pick<Catalogue, 'models'>): readonly string[] {
  return models.map(({ names: [name] }) => name)
}

function endpointsFor(globs: readonly string[], name: string | undefined): readonly string[] {
  return endpointsOf(catalogues(globs).resolve(name)).map(({ id }) => id)
}

/** What is suggested for a name that is not found. */
function nearOf(catalogue: Catalogue, model: string): readonly string[] {
  try {
    catalogue.resolve(model)
  } catch (error) {
    const problem = problemOf(error)
    if (problem.kind === 'model_not_found') return problem.near
  }
  throw new Error(`${model} is found`)
}

test('without globs it is the whole catalogue, and each part is made once', () => {
  expect(catalogues(undefined)).toBe(all)
  const globs = ['flux*']
  expect(catalogues(globs)).toBe(catalogues(globs))
})

describe('what a caller with flux* may use', () => {
  const flux = catalogues(['flux*'])

  test('is listed, and nothing besides', () => {
    expect(namesOf(flux)).toContain('flux-dev')
    expect(namesOf(flux).filter((name) => !/^flux/i.test(name))).toEqual([])
  })

  test.for(['flux-dev', 'FLUX dev', 'fal-ai/flux/dev', 'Flux 1.1 Pro Ultra', 'flux-kontext'])(
    '%s',
    (name) => {
      expect(flux.resolve(name).names[0]).toMatch(/^flux/i)
    },
  )

  test.for(['imagen4-preview', 'nano-banana-2', 'logo', 'fal-ai/flux-lora', 'gpt-image-1', 'nano'])(
    'not %s, and what is near it stays unsaid unless it is allowed',
    (model) => {
      expect(nearOf(flux, model).filter((name) => !/^flux/i.test(name))).toEqual([])
      expect(flux.unknownEndpoint(model)).toBeUndefined()
    },
  )

  test('the first of them serves when no model is named, or the default by OpenAI’s names', () => {
    expect(flux.defaultModel).toBe('Flux 1.1 Pro Ultra')
    for (const name of [undefined, '', 'dall-e-3']) {
      expect(flux.resolve(name).names[0]).toBe('Flux 1.1 Pro Ultra')
    }
    expect(catalogues(['flux*', 'imagen4*']).defaultModel).toBe('imagen4-preview')
  })

  test('it edits with models of flux', () => {
    expect(endpointsFor(['flux*'], 'flux-dev')).toEqual([
      'fal-ai/flux/dev',
      'fal-ai/flux/dev/image-to-image',
      'fal-ai/flux-pro/kontext/multi',
    ])
  })
})

function successorsOf(globs: readonly string[]): readonly string[] {
  const catalogue = catalogues(globs)
  const models = catalogue.successorsOf(catalogue.resolve('imagen4-preview'))
  return namesOf({ models })
}

describe('what runs must be allowed, not only what is named', () => {
  test('an editing endpoint of another model', () => {
    expect(endpointsFor(['imagen4*'], 'imagen4-preview')).toEqual(['fal-ai/imagen4/preview'])
    expect(endpointsFor(['imagen4*', 'nano*'], 'imagen4-preview')).toEqual([
      'fal-ai/imagen4/preview',
      'fal-ai/nano-banana-2/edit',
    ])
    expect(endpointsFor(['nano-banana-2'], 'nano-banana-2')).toEqual([
      'fal-ai/nano-banana-2',
      'fal-ai/nano-banana-2/edit',
    ])
  })

  test('an endpoint by its id is that one alone', () => {
    expect(endpointsFor(['fal-ai/flux/dev'], 'flux-dev')).toEqual(['fal-ai/flux/dev'])
    const edit = 'fal-ai/nano-banana-2/edit'
    expect(endpointsFor([edit], edit)).toEqual([edit])
    expect(() => catalogues([edit]).resolve('nano-banana-2')).toThrow('model_not_found')
    expect(() => catalogues([edit]).resolve('fal-ai/nano-banana-2')).toThrow('model_not_found')
  })

  test('a successor', () => {
    expect(successorsOf(['imagen4*'])).toEqual([])
    expect(successorsOf(['imagen4*', 'nano-banana'])).toEqual(['nano-banana'])
  })
})

test('names of the owner’s are names too', () => {
  expect(endpointsFor(['logo'], 'Logo')).toContain('fal-ai/recraft/v3/text-to-image')
  expect(() => catalogues(['logo']).resolve('recraft-v3')).toThrow('model_not_found')
})

test('an alias is allowed by itself', () => {
  expect(endpointsFor(['gpt-image-1'], 'gpt-image-1')).toContain('openai/gpt-image-2')
  expect(() => catalogues(['gpt-image-1']).resolve('gpt-image-2')).toThrow('model_not_found')
})

test('an endpoint that only fal knows is fetched when it is allowed', () => {
  const catalogue = catalogues(['acme/*'])
  expect(catalogue.unknownEndpoint('acme/new')).toBe('acme/new')
  expect(catalogue.unknownEndpoint('other/new')).toBeUndefined()
  expect(() => catalogue.resolveWith('other/new', {})).toThrow('model_not_found')
  // Nothing that the catalogue knows is allowed: no model serves by default.
  expect(() => catalogue.resolve(undefined)).toThrow('invalid_request')
})

test('every endpoint by its id: only those that fit, with their own kind of work', () => {
  const every = catalogues(['fal-ai/flux/*']).all().flatMap(endpointsOf)
  expect(every.map(({ id }) => id).filter((id) => !id.startsWith('fal-ai/flux/'))).toEqual([])
  expect(every.length).toBeGreaterThan(5)
})
