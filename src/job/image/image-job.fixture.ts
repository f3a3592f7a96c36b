import type { ImageJob } from './image-job.ts'

/** For tests: a job without a wish but its prompt. */
export const PLAIN_JOB: ImageJob = {
  model: undefined,
  prompt: 'a cat',
  sources: [],
  earlier: undefined,
  mask: undefined,
  count: 1,
  size: undefined,
  quality: undefined,
  format: undefined,
  background: undefined,
  compression: undefined,
  moderation: undefined,
  style: undefined,
  seed: undefined,
  negativePrompt: undefined,
  extra: {},
}
