import { describe, test } from 'vitest'

import { toGenerationTask } from './video-generation.ts'
import { pollAfterMs, toVideo, toVideoList, type VideoFacts } from './video-object.ts'

const FACTS: VideoFacts = {
  id: 'video_1',
  model: 'sora-2',
  endpoint: 'acme/video',
  status: 'queued',
  createdAt: 1000,
  completedAt: undefined,
  expiresAt: undefined,
  prompt: undefined,
  remixedFrom: undefined,
  seconds: undefined,
  size: undefined,
  usualSeconds: undefined,
  nowSeconds: 1030,
  error: undefined,
  url: undefined,
  costUsd: undefined,
  queuePosition: undefined,
}

test('every field is there whatever is known', ({ expect }) => {
  expect(toVideo(FACTS)).toEqual({
    id: 'video_1',
    object: 'video',
    model: 'sora-2',
    status: 'queued',
    progress: 0,
    created_at: 1000,
    completed_at: null,
    expires_at: null,
    error: null,
    prompt: null,
    remixed_from_video_id: null,
    seconds: 'auto',
    size: 'auto',
    endpoint: 'acme/video',
  })
})

test('what is known is told, and what is ours stands behind', ({ expect }) => {
  const video = toVideo({
    ...FACTS,
    status: 'completed',
    completedAt: 1060,
    expiresAt: 9000,
    prompt: 'a cat',
    remixedFrom: 'video_0',
    seconds: 5.5,
    size: '1280x720',
    url: 'https://gateway.example/videos/x.mp4',
    costUsd: 0.5,
  })
  expect(video).toMatchObject({
    progress: 100,
    completed_at: 1060,
    expires_at: 9000,
    prompt: 'a cat',
    remixed_from_video_id: 'video_0',
    seconds: '5.5',
    size: '1280x720',
    url: 'https://gateway.example/videos/x.mp4',
    usage: { cost: 0.5 },
  })
})

describe('progress is honest', () => {
  test.for<[Partial<VideoFacts>, number]>([
    [{ status: 'queued', usualSeconds: 60 }, 0],
    [{ status: 'in_progress', usualSeconds: 60 }, 50],
    [{ status: 'in_progress', usualSeconds: 10 }, 99],
    [{ status: 'in_progress' }, 0],
    [{ status: 'failed', usualSeconds: 60 }, 0],
    [{ status: 'completed' }, 100],
  ])('%j: %i', ([facts, progress], { expect }) => {
    expect(toVideo({ ...FACTS, ...facts }).progress).toBe(progress)
  })
})

test.for([
  [1000, 2000],
  [1030, 3000],
  [2000, 10_000],
] as const)('at %i seconds a client is to come again in %i ms', ([nowSeconds, ms], { expect }) => {
  expect(pollAfterMs({ ...FACTS, nowSeconds })).toBe(ms)
})

test('an error has a code', ({ expect }) => {
  const error = { message: 'No.', type: 'server_error', param: null, code: null }
  expect(toVideo({ ...FACTS, status: 'failed', error }).error).toEqual({
    code: 'server_error',
    message: 'No.',
    type: 'server_error',
    param: null,
  })
})

test('an empty page has no ids', ({ expect }) => {
  expect(toVideoList([], false)).toEqual({
    object: 'list',
    data: [],
    first_id: null,
    last_id: null,
    has_more: false,
  })
})

test('a relay hears the state in its own words', ({ expect }) => {
  const error = { message: 'No.', type: 'server_error', param: null, code: 'upstream_failed' }
  expect(toGenerationTask(toVideo({ ...FACTS, status: 'failed', error }))).toMatchObject({
    code: 'success',
    data: { task_id: 'video_1', status: 'FAILURE', progress: '0%', fail_reason: 'No.' },
  })
})
