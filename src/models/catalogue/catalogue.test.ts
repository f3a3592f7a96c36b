import { describe, test } from 'vitest'

import { ProblemError } from '../../job/problem.ts'
import { FAMILIES } from '../images/families/index.ts'
import { toModelCard } from '../model-cards.ts'
import { endpointsOf, type ModelSpec } from '../model-spec.ts'
import { createCatalogue, toKey } from './catalogue.ts'
import { nearNames } from './near-names.ts'

const catalogue = createCatalogue('imagen4-preview')
const mainOf = (model: ModelSpec) => endpointsOf(model)[0]?.id ?? ''
const endpointOf = (name: string | undefined) => mainOf(catalogue.resolve(name))

describe('the first Worker’s two models', () => {
  test('come first in the list', ({ expect }) => {
    expect(catalogue.models.slice(0, 2).map(({ names }) => names[0])).toEqual([
      'imagen4-preview',
      'Flux 1.1 Pro Ultra',
    ])
  })

  test.for([
    'imagen4-preview',
    'Imagen4-Preview',
    'IMAGEN4_PREVIEW',
    'imagen 4 preview',
    'imagen-4-preview',
    'imagen4.preview',
    ' imagen4-preview ',
    'ｉｍａｇｅｎ４-preview',
    'fal-ai/imagen4/preview',
    'FAL-AI/Imagen4/Preview',
    'imagen4',
  ])('%j', (name, { expect }) => {
    expect(endpointOf(name)).toBe('fal-ai/imagen4/preview')
  })

  test.for([
    'Flux 1.1 Pro Ultra',
    'flux 1.1 pro ultra',
    'flux-1.1-pro-ultra',
    'flux_1_1_pro_ultra',
    'Flux1.1ProUltra',
    'FLUX  1.1  PRO  ULTRA',
    'flux-pro-1.1-ultra',
    'flux-pro/v1.1-ultra'.replace('/', '-'),
    'fal-ai/flux-pro/v1.1-ultra',
  ])('%j', (name, { expect }) => {
    expect(endpointOf(name)).toBe('fal-ai/flux-pro/v1.1-ultra')
  })
})

describe('names', () => {
  const NAMES = FAMILIES.flatMap((model) =>
    [...model.names, mainOf(model)].map((name): [string, string] => [name, mainOf(model)]),
  )

  test.for(NAMES)('%s is %s, in any spelling', ([name, id], { expect }) => {
    const spellings = [
      name,
      name.toUpperCase(),
      name.replaceAll('-', '_'),
      name.replaceAll('-', ' '),
    ]
    expect(spellings.map(endpointOf)).toEqual(spellings.map(() => id))
  })

  test('no two models share one', ({ expect }) => {
    const keys = FAMILIES.flatMap((model) => [
      ...new Set([...model.names, mainOf(model)].map(toKey)),
    ])
    expect(new Set(keys).size).toBe(keys.length)
    const ids = FAMILIES.map(mainOf)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('slashes tell endpoints apart', ({ expect }) => {
    expect(toKey('fal-ai/flux/dev')).not.toBe(toKey('fal-ai/flux-dev'))
  })

  test('every successor is a model that lives on another endpoint', ({ expect }) => {
    const wrong = FAMILIES.flatMap((model) =>
      (model.successors ?? []).filter((name) => endpointOf(name) === mainOf(model)),
    )
    expect(wrong).toEqual([])
  })
})

describe('OpenAI’s names, which clients have in their code', () => {
  test.for([
    'gpt-image-2',
    'gpt-image-2-2026-04-21',
    'gpt-image-2.5-sunburst',
    'gpt-image-2.6-flare',
    'gpt-image-1',
    'GPT-Image-1',
    'chatgpt-image-latest',
    'openai/gpt-image-2',
  ])('%s is fal’s gpt-image-2', (name, { expect }) => {
    expect(endpointOf(name)).toBe('openai/gpt-image-2')
  })

  test('those with a model of their own keep it', ({ expect }) => {
    expect(endpointOf('gpt-image-1.5')).toBe('fal-ai/gpt-image-1.5')
    expect(endpointOf('gpt-image-1-mini')).toBe('fal-ai/gpt-image-1-mini')
  })

  test.for(['dall-e-2', 'dall-e-3', 'DALL·E 3'.replace('·', '-'), 'dalle3', undefined, '', '  '])(
    '%j is the default model',
    (name, { expect }) => {
      expect(endpointOf(name)).toBe('fal-ai/imagen4/preview')
      const other = createCatalogue('flux-dev')
      expect(mainOf(other.resolve(name))).toBe('fal-ai/flux/dev')
    },
  )
})

describe('a name that is no model', () => {
  test.for<[string, readonly string[]]>([
    ['imagen5-preview', ['imagen4-preview', 'imagen4-fast', 'imagen4-ultra']],
    ['flux-1.1-pro-ultr', ['Flux 1.1 Pro Ultra', 'flux-1.1-pro', 'flux-2-pro']],
    ['qzx', []],
    ['画图', []],
    ['fal-ai/flux/dev/extra', ['flux-dev', 'flux-kontext', 'flux-2-flex']],
  ])('%s: near it are %j', ([model, near], { expect }) => {
    expect(() => catalogue.resolve(model)).toThrow(
      new ProblemError({ kind: 'model_not_found', model, near }),
    )
  })

  test.for(['constructor', '__proto__', 'toString', '/', '..', '-', 'x'.repeat(100_000)])(
    'not found, without harm: %s',
    (name, { expect }) => {
      expect(() => catalogue.resolve(name)).toThrow('model_not_found')
    },
  )
})

describe('DEFAULT_MODEL', () => {
  test.for(['imagen4-preview', 'Flux 1.1 Pro Ultra', 'fal-ai/flux/dev', 'gpt-image-1'])(
    'may be %s',
    (name, { expect }) => {
      expect(createCatalogue(name).resolve(undefined)).toEqual(catalogue.resolve(name))
    },
  )

  test.for<[string, string]>([
    ['imagen5-preview', ' Near it: imagen4-preview, imagen4-fast, imagen4-ultra.'],
    ['qzx', ''],
    ['dall-e-3', ''],
  ])('%s is the owner’s mistake', ([name, hint], { expect }) => {
    expect(() => createCatalogue(name)).toThrow(
      new ProblemError({
        kind: 'not_configured',
        message: `DEFAULT_MODEL names no model that this gateway knows.${hint}`,
      }),
    )
  })
})

test('near names are the nearest first, at most three, and none when nothing is alike', ({
  expect,
}) => {
  const names = ['flux-dev', 'flux-schnell', 'flux-2', 'flux-pro', 'recraft-v4']
  expect(nearNames('flux-2-dev', names)).toEqual(['flux-2', 'flux-dev', 'flux-pro'])
  expect(nearNames('', names)).toEqual([])
  expect(nearNames('zz', names)).toEqual([])
})

test.for<[string, ReturnType<typeof toModelCard>]>([
  [
    'imagen4-fast',
    {
      name: 'imagen4-fast',
      endpoint: 'fal-ai/imagen4/preview/fast',
      owner: 'google',
      sizes: ['1:1', '16:9', '9:16', '4:3', '3:4'],
      maxImages: 4,
      formats: ['png', 'jpeg', 'webp'],
      edits: true,
    },
  ],
  [
    'gpt-image-1.5',
    {
      name: 'gpt-image-1.5',
      endpoint: 'fal-ai/gpt-image-1.5',
      owner: 'openai',
      sizes: ['1024x1024', '1536x1024', '1024x1536'],
      maxImages: 4,
      formats: ['png', 'jpeg', 'webp'],
      edits: true,
    },
  ],
])('the card of %s says what it takes', ([name, card], { expect }) => {
  expect(toModelCard(catalogue.resolve(name))).toEqual(card)
})
