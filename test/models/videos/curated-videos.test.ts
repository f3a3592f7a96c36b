import { describe, test } from 'vitest'

import { createEndpoints } from '../../../simulator/endpoints/endpoints.ts'
import { VIDEO_FAMILIES } from '../../../src/models/videos/families/index.ts'
import { createVideoModels } from '../../../src/models/videos/video-models.ts'
import { checkEndpoint } from './all-endpoints.ts'

// Nothing is retired here: the specs are held against the schemas, whether or not an endpoint still runs.
const endpoints = createEndpoints([])
const models = createVideoModels().curated()
const SPECS = new Map(models.flatMap((one) => one.endpoints).map((spec) => [spec.id, spec]))

describe('every endpoint of a curated video model', () => {
  test.for([...SPECS.values()])('$id takes every job', (spec, { expect }) => {
    expect(checkEndpoint(spec).faults.slice(0, 5)).toEqual([])
  })

  test.for([...SPECS.values()])('$id has every field of its schema', (spec, { expect }) => {
    const found = endpoints.find(spec.id)
    if ('missing' in found) throw new Error(found.missing)
    const { prompt, promptField = 'prompt', duration, ratio, resolution, pixels, fps, sound } = spec
    const reached = new Set([
      ...spec.fields,
      ...[duration, ratio, resolution, pixels, fps, sound].map((rule) => rule?.field),
      ...Object.values(spec.inputs).map(({ field }) => field),
      ...(prompt === 'none' ? [] : [promptField]),
      // Kept back on purpose: docs/decisions/2026-11-23-pictures-by-url.md.
      'sync_mode',
    ])
    const missing = Object.keys(found.endpoint.input.properties ?? {}).filter(
      (field) => !reached.has(field),
    )
    expect(missing).toEqual([])
  })

  test('is known, and its model says every kind of work once', ({ expect }) => {
    for (const [index, family] of VIDEO_FAMILIES.entries()) {
      expect(models[index]?.endpoints.length, family.names[0]).toBe(family.endpoints.length)
    }
  })

  test('has successors that are models', ({ expect }) => {
    const names = new Set(models.flatMap((one) => one.names))
    const strange = models.flatMap(({ successors = [] }) =>
      successors.filter((name) => !names.has(name)),
    )
    expect(strange).toEqual([])
  })
})

const idsOf = (id: string) =>
  createVideoModels()
    .modelOf(id)
    ?.endpoints.map((one) => one.id)

describe('an endpoint brings its siblings', () => {
  test.for([
    [
      'fal-ai/veo3.1/fast/image-to-video',
      [
        'fal-ai/veo3.1/fast/image-to-video',
        'fal-ai/veo3.1/fast',
        'fal-ai/veo3.1/fast/first-last-frame-to-video',
        'fal-ai/veo3.1/fast/extend-video',
      ],
    ],
    [
      'fal-ai/ltx-2.3/text-to-video/fast',
      ['fal-ai/ltx-2.3/text-to-video/fast', 'fal-ai/ltx-2.3/image-to-video/fast'],
    ],
    ['fal-ai/wan-effects', ['fal-ai/wan-effects']],
  ] as const)('%s', ([id, ids], { expect }) => {
    expect(idsOf(id)).toEqual(ids)
  })
})
