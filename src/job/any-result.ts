import type { ImageResult, ImagesMade } from './image-result.ts'
import type { SpeechMade, SpeechResult } from './speech-job.ts'
import type { TranscriptMade, TranscriptResult } from './transcript-job.ts'
import type { VideoResult, VideosMade } from './video-result.ts'

/** What came of a job, whatever its medium. */
export type AnyMade = ImagesMade | SpeechMade | TranscriptMade | VideosMade

/** The answer to a job, whatever its medium. */
export type AnyResult = ImageResult | SpeechResult | TranscriptResult | VideoResult
