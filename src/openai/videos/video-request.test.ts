import { describe, test } from 'vitest'

import { PLAIN_VIDEO_JOB } from '../../job/video/video-job.fixture.ts'
import type { GivenFile } from './video-files.ts'
import { readCharacterRequest, readRemixPrompt, readVideoRequest } from './video-request.ts'

const CAT = 'https://example.com/cat.png'
const DOG = 'https://example.com/dog.png'
const CLIP = 'https://example.com/clip.mp4'
const image = (url: string) => ({ kind: 'url' as const, url })
const media = (url: string, param: 'audio_url' | 'video') => ({ ...image(url), param })
const file = (name: string, url = CAT): GivenFile => ({ name, source: image(url) })

type Body = Record<string, unknown>

const read = (
  body: Body,
  files?: readonly GivenFile[],
  work: 'make' | 'edit' | 'extend' = 'make',
) => readVideoRequest({ body, files, deployment: undefined }, work)

/** What is said beside a prompt, without the size, which has a test of its own. */
const said = (body: Body, files?: readonly GivenFile[]) => {
  const { job } = read({ prompt: 'a cat', ...body }, files)
  return { ...job, size: job.size?.asWritten }
}
const plain = { ...PLAIN_VIDEO_JOB, sources: [], prompt: 'a cat', size: undefined }

describe('a video in the words of', () => {
  test.for<[string, Body, readonly GivenFile[] | undefined, object]>([
    [
      'openai-node, without a file',
      { model: 'sora-2', seconds: '4', size: '1280x720' },
      [],
      { model: 'sora-2', seconds: 4, size: '1280x720' },
    ],
    ['openai-node, with a file', {}, [file('input_reference')], { firstFrame: image(CAT) }],
    [
      'openai-node, with an address',
      { 'input_reference[image_url]': CAT },
      [],
      { firstFrame: image(CAT) },
    ],
    [
      'openai-node, with further fields',
      { aspect_ratio: '16:9', generate_audio: 'true', seed: '7', image_urls: ['a.png', 'b.png'] },
      [],
      { size: '16:9', sound: true, seed: 7, references: [image('a.png'), image('b.png')] },
    ],
    [
      'LobeChat',
      { model: 'sora-2', seconds: '5', size: '720x1280', input_reference: { image_url: CAT } },
      undefined,
      { model: 'sora-2', seconds: 5, size: '720x1280', firstFrame: image(CAT) },
    ],
    [
      'OpenRouter',
      {
        duration: 8,
        resolution: '720p',
        aspect_ratio: '9:16',
        generate_audio: false,
        frame_images: [
          { type: 'image_url', image_url: { url: CAT }, frame_type: 'first_frame' },
          { type: 'image_url', image_url: { url: DOG }, frame_type: 'last_frame' },
        ],
      },
      undefined,
      {
        seconds: 8,
        size: '9:16,720p',
        sound: false,
        firstFrame: image(CAT),
        lastFrame: image(DOG),
      },
    ],
    [
      'OpenRouter, with references',
      { input_references: [{ type: 'image_url', image_url: { url: CAT } }] },
      undefined,
      { references: [image(CAT)] },
    ],
    [
      'the relays',
      { image: CAT, duration: '5', width: 1280, height: 720, fps: 24, n: 2, metadata: { seed: 3 } },
      undefined,
      { firstFrame: image(CAT), seconds: 5, size: '1280x720', fps: 24, count: 2, seed: 3 },
    ],
    [
      'fal',
      { start_image_url: CAT, end_image_url: DOG, duration: '8s', cfg_scale: 0.5 },
      undefined,
      { firstFrame: image(CAT), lastFrame: image(DOG), seconds: 8, extra: { cfg_scale: 0.5 } },
    ],
    [
      'a form, in which numbers may be words',
      { model: '7', negative_prompt: '2024', duration: '4', image_urls: '["a.png"]' },
      [],
      {
        model: '7',
        negativePrompt: '2024',
        seconds: 4,
        references: [image('a.png')],
      },
    ],
    [
      'a form with lists',
      { 'input_reference[0]': CAT, 'input_reference[1]': DOG },
      [],
      { references: [image(CAT), image(DOG)] },
    ],
    [
      'the Python SDK’s extra_body',
      { extra_body: { camera_fixed: true, seconds: 6 } },
      undefined,
      { seconds: 6, extra: { camera_fixed: true } },
    ],
    [
      'files that are kept here, and data',
      {
        input_reference: { file_id: 'file-cat' },
        last_frame: 'file-dog',
        video: { file_id: 'file-clip' },
        audio_url: 'data:audio/mpeg;base64,AAAA',
      },
      undefined,
      {
        firstFrame: { kind: 'file', id: 'file-cat' },
        lastFrame: { kind: 'file', id: 'file-dog' },
        video: { kind: 'file', id: 'file-clip', param: 'video' },
        audio: { kind: 'data', uri: 'data:audio/mpeg;base64,AAAA', param: 'audio_url' },
      },
    ],
    [
      'nothing',
      { seconds: null, size: 'auto', seed: -1, input_reference: '' },
      undefined,
      { size: 'auto' },
    ],
  ])('%s', ([, body, files, job], { expect }) => {
    expect(said(body, files)).toEqual({ ...plain, ...job })
  })
})

describe('what is wrong is named, with what is allowed', () => {
  test.for<[Body, string, string]>([
    [
      { seconds: 'long' },
      'seconds',
      `Invalid value for 'seconds': expected a number of seconds such as 4 or "8s".`,
    ],
    [
      { seconds: -4 },
      'seconds',
      `Invalid value for 'seconds': expected a number of seconds such as 4 or "8s".`,
    ],
    [
      { size: 'large' },
      'size',
      "Invalid value for 'size': expected a size such as 1280x720, a ratio such as 16:9, a resolution such as 720p or 4K, or auto.",
    ],
    [{ n: 9 }, 'n', "Invalid value for 'n': expected an integer from 1 to 4."],
    [
      { generate_audio: 'loud' },
      'generate_audio',
      "Invalid type for 'generate_audio': expected boolean, received string.",
    ],
    [{ input_reference: 7 }, 'input_reference', ''],
    [{ width: 1280 }, 'height', ''],
    [{ height: 720 }, 'width', ''],
  ])('%j', ([body, param, message], { expect }) => {
    const problem = expect.objectContaining({
      kind: 'invalid_request',
      param,
      ...(message !== '' && { message }),
    })
    expect(() => read({ prompt: 'a cat', ...body })).toThrow(expect.objectContaining({ problem }))
  })
})

const HUM = 'https://example.com/hum.mp3'
const RAIN = 'https://example.com/rain.mp3'
const WALK = 'https://example.com/walk.mp4'

describe('two fields for one thing that differ are refused, and both named', () => {
  test.for<[Body, readonly GivenFile[] | undefined, string, string]>([
    [{ first_frame: CAT, start_image_url: DOG }, undefined, 'first_frame', 'start_image_url'],
    [
      {
        first_frame: CAT,
        frame_images: [{ frame_type: 'first_frame', image_url: DOG }],
      },
      undefined,
      'first_frame',
      'frame_images',
    ],
    [{ first_frame: CAT }, [file('start_image', DOG)], 'start_image', 'first_frame'],
    [{ last_frame: CAT, tail_image_url: DOG }, undefined, 'last_frame', 'tail_image_url'],
    [{ video: CLIP, video_url: WALK }, undefined, 'video', 'video_url'],
    [{ video_url: WALK }, [file('video', CLIP)], 'video', 'video_url'],
    [{ 'video[id]': 'video_abc', video_url: WALK }, [], 'video', 'video_url'],
    [{ video: 'video_abc', video_id: 'video_def' }, undefined, 'video', 'video_id'],
    [{ video_url: CLIP, characters: ['char_a'] }, undefined, 'video', 'characters'],
    [{ audio_url: HUM, driven_audio_url: RAIN }, undefined, 'audio_url', 'driven_audio_url'],
    [{ seconds: 4, duration: '8s' }, undefined, 'seconds', 'duration'],
    [{ fps: '24', frame_rate: '30' }, [], 'fps', 'frame_rate'],
    [{ generate_audio: true, sound: false }, undefined, 'generate_audio', 'sound'],
    [{ webhook_url: HUM, callback_url: RAIN }, undefined, 'webhook_url', 'callback_url'],
  ])('%j', ([body, files, first, param], { expect }) => {
    const problem = expect.objectContaining({
      kind: 'invalid_request',
      param,
      message: expect.stringMatching(new RegExp(`'${first}' and '${param}'`)),
    })
    expect(() => read({ prompt: 'b', ...body }, files)).toThrow(
      expect.objectContaining({ problem }),
    )
  })

  test.for<[Body, string]>([
    [{ first_frame: [CAT, DOG] }, 'first_frame'],
    [{ video: [CLIP, WALK] }, 'video'],
    [
      {
        frame_images: [
          { frame_type: 'last_frame', image_url: CAT },
          { frame_type: 'last_frame', image_url: DOG },
        ],
      },
      'frame_images',
    ],
  ])('and so are several in one field: %j', ([body, param], { expect }) => {
    const problem = expect.objectContaining({ kind: 'invalid_request', param })
    expect(() => read({ prompt: 'b', ...body })).toThrow(expect.objectContaining({ problem }))
  })

  test('equal ones are one', ({ expect }) => {
    const body = {
      first_frame: CAT,
      start_image: { url: CAT },
      end_image: [DOG, DOG],
      video: CLIP,
      input_video: CLIP,
      audio_url: HUM,
      input_audio: { url: HUM },
      seconds: '5',
      duration: 5,
      fps: 24,
      frame_rate: 24,
      sound: true,
      generate_audio: true,
    }
    expect(said(body)).toEqual({
      ...plain,
      firstFrame: image(CAT),
      lastFrame: image(DOG),
      video: media(CLIP, 'video'),
      audio: media(HUM, 'audio_url'),
      seconds: 5,
      fps: 24,
      sound: true,
    })
    expect(read({ video: 'video_abc', video_id: 'video_abc' }).videoId).toBe('video_abc')
    expect(read({ characters: ['a'], character_ids: [{ id: 'a' }] }).characterIds).toEqual(['a'])
    expect(said({ seconds: 'auto', duration: 8 }).seconds).toBe(8)
  })
})

test('a first frame beside an image is used beside it, as both are', ({ expect }) => {
  expect(said({ first_frame: CAT, image_url: DOG, input_reference: DOG })).toEqual({
    ...plain,
    firstFrame: image(CAT),
    references: [image(DOG)],
  })
})

describe('a video to work on', () => {
  test.for<[Body, readonly GivenFile[] | undefined, object]>([
    [{ 'video[id]': 'video_abc' }, [], { videoId: 'video_abc' }],
    [{ video: { id: 'video_abc' } }, undefined, { videoId: 'video_abc' }],
    [{ video_id: 'video_abc' }, undefined, { videoId: 'video_abc' }],
    [{ video: 'video_abc' }, undefined, { videoId: 'video_abc' }],
    [{ video_url: 'video_abc' }, undefined, { videoId: 'video_abc' }],
    [{}, [file('video', CLIP)], { videoId: undefined, video: media(CLIP, 'video') }],
    [{ video_url: CLIP }, undefined, { videoId: undefined, video: media(CLIP, 'video') }],
    [{ video: { url: CLIP } }, undefined, { videoId: undefined, video: media(CLIP, 'video') }],
  ])('%j', ([body, files, wanted], { expect }) => {
    const { job, videoId } = read({ prompt: 'b', ...body }, files, 'edit')
    expect({ videoId, ...(job.video !== undefined && { video: job.video }) }).toEqual(wanted)
  })

  test('must be there', ({ expect }) => {
    expect(() => read({ prompt: 'b' }, undefined, 'extend')).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ mistake: 'missing', param: 'video' }),
      }),
    )
  })
})

test('a remix is new words', ({ expect }) => {
  expect(readRemixPrompt({ prompt: ' more ' })).toBe('more')
  expect(() => readRemixPrompt({})).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ param: 'prompt' }) }),
  )
})

test('a character is a name and a video', ({ expect }) => {
  const body = { name: '007' }
  expect(
    readCharacterRequest({ body, files: [file('video', CLIP)], deployment: undefined }),
  ).toEqual({
    name: '007',
    video: media(CLIP, 'video'),
    videoId: undefined,
  })
})

test.for([
  ['iVBORw0KGgoAAA', 'image/png'],
  ['/9j/4AAQSkZJRg', 'image/jpeg'],
  ['UklGRh4AAABXRUJQ', 'image/webp'],
  ['R0lGODlhAQABAA', 'image/gif'],
])('a frame as bare base64 is what its letters say: %s', ([base64, kind], { expect }) => {
  const { firstFrame } = said({ image: base64 })
  expect(firstFrame).toEqual({ kind: 'data', uri: `data:${kind};base64,${base64}` })
})
