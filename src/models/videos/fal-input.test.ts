import { describe, test } from 'vitest'

import { PLAIN_VIDEO_JOB } from '../../job/video/video-job.fixture.ts'
import { toVideoInput } from './fal-input.ts'
import { createVideoModels } from './video-models.ts'

const endpoint = createVideoModels().modelOf('fal-ai/infinitalk')?.endpoints[0]

describe('an endpoint that has a seed of its own', () => {
  test('makes another video in each request of a job', ({ expect }) => {
    if (endpoint === undefined) throw new Error('the endpoint is gone')
    const { inputs } = toVideoInput({ ...PLAIN_VIDEO_JOB, count: 2 }, endpoint)
    expect(inputs.map(({ seed }) => seed)).toEqual([42, 43])
  })

  test('keeps it in a job for one', ({ expect }) => {
    if (endpoint === undefined) throw new Error('the endpoint is gone')
    const { inputs } = toVideoInput(PLAIN_VIDEO_JOB, endpoint)
    expect(inputs.map(({ seed }) => seed)).toEqual([undefined])
  })
})

test('a prompt that is too short is lengthened, and that is told', ({ expect }) => {
  if (endpoint === undefined) throw new Error('the endpoint is gone')
  const short = { ...endpoint, promptLength: { min: 3, max: 10 } }
  const told = (prompt: string) => {
    const { inputs, adjusted } = toVideoInput({ ...PLAIN_VIDEO_JOB, prompt }, short)
    return [inputs[0]?.['prompt'], adjusted]
  }
  expect(told('猫')).toEqual(['猫..', ['prompt->lengthened']])
  expect(told('cat')).toEqual(['cat', []])
})
