import type { VideoJob } from './video-job.ts'

/** A job without any wish but a prompt, for tests. */
export const PLAIN_VIDEO_JOB: VideoJob = {
  medium: 'video',
  work: 'make',
  model: undefined,
  prompt: 'a cat runs',
  seconds: undefined,
  size: undefined,
  fps: undefined,
  firstFrame: undefined,
  lastFrame: undefined,
  references: [],
  video: undefined,
  audio: undefined,
  sound: undefined,
  seed: undefined,
  negativePrompt: undefined,
  count: 1,
  extra: {},
}
