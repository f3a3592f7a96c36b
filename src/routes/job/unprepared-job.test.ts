import { expectTypeOf, test } from 'vitest'

import type { AskedImageJob, ImageJob } from '../../job/image/image-job.ts'
import type { ImagesMade } from '../../job/image/image-result.ts'
import type { BaseMade } from '../../job/job-result.ts'
import type { BaseJob } from '../../job/job.ts'
import type { Medium, Order } from '../../job/medium.ts'
import type {
  AskedTranscriptJob,
  TranscriptJob,
  TranscriptMade,
} from '../../job/sound/transcript-job.ts'
import type { AskedVideoJob, VideoJob } from '../../job/video/video-job.ts'
import type { VideosMade } from '../../job/video/video-result.ts'
import type { JobRunService } from './serve-job.ts'

/** What a job is run with: the job itself, and the medium that plans it. */
type RunOf<Job extends BaseJob, Made extends BaseMade> = typeof run<Job, Order, Made>

declare const run: JobRunService['run']

type Sent<Job extends BaseJob, Made extends BaseMade> = Parameters<RunOf<Job, Made>>[0]

// The compiler alone looks at these: nothing is run.
test('a job that was never prepared is none that its medium sends to fal', () => {
  expectTypeOf<ImageJob>().toExtend<Sent<ImageJob, ImagesMade>>()
  expectTypeOf<AskedImageJob>().not.toExtend<Sent<ImageJob, ImagesMade>>()
  expectTypeOf<VideoJob>().toExtend<Sent<VideoJob, VideosMade>>()
  expectTypeOf<AskedVideoJob>().not.toExtend<Sent<VideoJob, VideosMade>>()
  expectTypeOf<TranscriptJob>().toExtend<Sent<TranscriptJob, TranscriptMade>>()
  expectTypeOf<AskedTranscriptJob>().not.toExtend<Sent<TranscriptJob, TranscriptMade>>()
})

test('and a medium of prepared jobs takes no other', () => {
  type Plans<Job extends BaseJob, Made extends BaseMade> = Parameters<
    Medium<Job, Order, Made>['plan']
  >[0]
  expectTypeOf<AskedImageJob>().not.toExtend<Plans<ImageJob, ImagesMade>>()
  expectTypeOf<AskedVideoJob>().not.toExtend<Plans<VideoJob, VideosMade>>()
  expectTypeOf<AskedTranscriptJob>().not.toExtend<Plans<TranscriptJob, TranscriptMade>>()
})
