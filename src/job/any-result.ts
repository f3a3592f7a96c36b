import type { ImageResult, ImagesMade } from './image/image-result.ts'
import type { SpeechMade, SpeechResult } from './sound/speech-job.ts'
import type { TranscriptMade, TranscriptResult } from './sound/transcript-job.ts'
import type { VideoResult, VideosMade } from './video/video-result.ts'

/** What came of a job, whatever its medium. */
export type AnyMade = ImagesMade | SpeechMade | TranscriptMade | VideosMade

/** What there is to make, by name. */
export type MediumName = AnyMade['medium']

/** The answer to a job, whatever its medium. */
export type AnyResult = ImageResult | SpeechResult | TranscriptResult | VideoResult
