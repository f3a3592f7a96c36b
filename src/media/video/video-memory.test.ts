import { expect, test } from 'vitest'

import type { VideoResult } from '../../job/video/video-result.ts'
import { createVideoMemory } from './video-memory.ts'

const result: VideoResult = {
  medium: 'video',
  videos: [],
  made: 1,
  seed: undefined,
  revisedPrompt: undefined,
  animated: undefined,
  adjusted: [],
  seconds: 4,
  size: undefined,
  endpoint: 'fal-ai/veo3.1',
  model: 'veo3.1',
  parts: [],
  timings: undefined,
  units: undefined,
  costUsd: undefined,
}

test('what was seen whole is remembered with when it was seen first', () => {
  const memory = createVideoMemory()
  memory.note('job', result, 10)
  expect(memory.note('job', result, 20)).toEqual({ result, seenAt: 10 })
  expect(memory.find('job')).toEqual({ result, seenAt: 10 })
})

test('a job of which some could not be read is asked for again', () => {
  const memory = createVideoMemory()
  const partly = { ...result, isPartial: true }
  expect(memory.note('job', partly, 10)).toEqual({ result: partly, seenAt: 10 })
  expect(memory.find('job')).toBeUndefined()
})
