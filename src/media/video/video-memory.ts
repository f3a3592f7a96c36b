import type { VideoResult } from '../../job/video/video-result.ts'
import { createBoundedMap } from '../../lib/bounded-map.ts'

/** A video whose end was seen. */
interface SeenVideo {
  readonly result: VideoResult
  /** When it was seen first, in seconds since 1970. */
  readonly seenAt: number
}

/** The latest videos whose end was seen: who asks for their bytes next needs not ask fal again. */
export interface VideoMemory {
  find(jobId: string): SeenVideo | undefined
  /** @returns what is remembered: of a video that was seen before, when that was */
  note(jobId: string, result: VideoResult, nowSeconds: number): SeenVideo
}

/** Some hundred bytes each. */
const MOST_REMEMBERED = 500

/** Remembers as long as the isolate lives. */
export function createVideoMemory(): VideoMemory {
  const seen = createBoundedMap<SeenVideo>(MOST_REMEMBERED)
  return {
    find: (jobId) => seen.get(jobId),
    note(jobId, result, nowSeconds) {
      const known = { result, seenAt: seen.get(jobId)?.seenAt ?? nowSeconds }
      // What could not be read of it may be had by asking again.
      if (result.isPartial !== true) seen.set(jobId, known)
      return known
    },
  }
}
