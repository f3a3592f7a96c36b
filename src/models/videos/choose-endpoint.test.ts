import { describe, test } from 'vitest'

import { PLAIN_VIDEO_JOB } from '../../job/video/video-job.fixture.ts'
import type { VideoJob } from '../../job/video/video-job.ts'
import { chooseVideoEndpoints } from './choose-endpoint.ts'
import type { VideoEndpointSpec, VideoModelSpec } from './video-spec.ts'

const endpoint = (id: string, more: Partial<VideoEndpointSpec> = {}): VideoEndpointSpec => ({
  id,
  work: 'make',
  inputs: {},
  fields: [],
  ...more,
})
const needed = (field: string) => ({ field, required: true as const })
const list = (field: string) => ({ ...needed(field), list: { min: 1, max: 3 } })

const WHOLE: VideoModelSpec = {
  medium: 'video',
  names: ['whole'],
  owner: 'acme',
  endpoints: [
    endpoint('words'),
    endpoint('image', { inputs: { firstFrame: needed('image_url') } }),
    endpoint('frames', {
      inputs: { firstFrame: needed('first_frame_url'), lastFrame: needed('last_frame_url') },
    }),
    endpoint('references', { inputs: { references: list('image_urls') } }),
    endpoint('edit', { work: 'edit', inputs: { video: needed('video_url') } }),
    endpoint('extend', { work: 'extend', inputs: { video: needed('video_url') } }),
  ],
}
const part = (name: string, ...ids: string[]): VideoModelSpec => ({
  medium: 'video',
  names: [name],
  owner: 'acme',
  endpoints: WHOLE.endpoints.filter(({ id }) => ids.includes(id)),
})
const WORDS = part('words-only', 'words')
const MODELS = [WHOLE, WORDS, part('references-only', 'references'), part('image-only', 'image')]

const image = { url: 'https://example.com/a.png', pixels: undefined }
const clip = { url: 'https://example.com/a.mp4' }

const chosen = (job: Partial<VideoJob>, model = WHOLE) => {
  const [first] = chooseVideoEndpoints({ ...PLAIN_VIDEO_JOB, ...job }, [model], () => MODELS)
  return { id: first.endpoint.id, adjusted: first.adjusted }
}

describe('the endpoint follows from what is sent', () => {
  test.for<[string, Partial<VideoJob>]>([
    ['words', {}],
    ['image', { firstFrame: image }],
    ['frames', { firstFrame: image, lastFrame: image }],
    ['references', { references: [image, image] }],
    ['references', { references: [image] }],
    ['edit', { work: 'edit', video: clip }],
    ['extend', { work: 'extend', video: clip }],
    ['edit', { video: clip }],
  ])('%s', ([id, job], { expect }) => {
    expect(chosen(job)).toEqual({ id, adjusted: [] })
  })

  test('an image that the model takes otherwise is used, and that is told', ({ expect }) => {
    const [, , references, frames] = MODELS
    expect(chosen({ firstFrame: image }, references)).toEqual({
      id: 'references',
      adjusted: ['first_frame->reference'],
    })
    expect(chosen({ references: [image] }, frames)).toEqual({
      id: 'image',
      adjusted: ['reference->first_frame'],
    })
  })

  test('the last image of the conversation begins it where the model can, and that is told', ({
    expect,
  }) => {
    const way = 'source=last-picture'
    expect(chosen({ earlier: image })).toEqual({ id: 'image', adjusted: [way] })
    expect(chosen({ earlier: image }, MODELS[2])).toEqual({
      id: 'references',
      adjusted: [way, 'first_frame->reference'],
    })
    expect(chosen({ earlier: image }, WORDS)).toEqual({
      id: 'words',
      adjusted: [`${way}->not-supported`],
    })
    expect(chosen({ earlier: image, video: clip })).toEqual({ id: 'edit', adjusted: [] })
  })

  test('a successor that cannot do it is left out', ({ expect }) => {
    const job = { ...PLAIN_VIDEO_JOB, firstFrame: image }
    const choices = chooseVideoEndpoints(job, [WHOLE, WORDS, MODELS[3] ?? WORDS], () => MODELS)
    expect(choices.map((choice) => choice.endpoint.id)).toEqual(['image', 'image'])
  })
})

describe('what a model cannot do is said before anything is paid', () => {
  test.for<[Partial<VideoJob>, VideoModelSpec | undefined, string, string]>([
    [
      { firstFrame: image, model: 'w' },
      WORDS,
      'input_reference',
      "The model 'w' takes no image as the first frame (input_reference). Models that can: whole, references-only, image-only.",
    ],
    [
      { work: 'extend', video: clip },
      WORDS,
      'model',
      "The model 'words-only' cannot extend videos. Models that can: whole.",
    ],
    [
      {},
      MODELS[3],
      'input_reference',
      "The model 'image-only' needs an image as the first frame (input_reference). Models that can: whole, words-only.",
    ],
    [
      { lastFrame: image },
      WHOLE,
      'input_reference',
      "The model 'whole' needs an image as the first frame (input_reference).",
    ],
    [{ prompt: '' }, WHOLE, 'prompt', 'The prompt is empty: say what the video shows.'],
  ])('%j', ([job, model, param, message], { expect }) => {
    expect(() => chosen(job, model)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ param, message }) }),
    )
  })
})
