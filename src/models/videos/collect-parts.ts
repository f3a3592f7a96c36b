import { ProblemError, problemOf } from '../../job/problem.ts'
import type { GeneratedVideo } from '../../job/video/video-result.ts'
import type { FalVideos } from './fal-output.ts'

/** The videos of all of a job's requests. */
export interface CollectedVideos {
  /** At least one, in order. */
  readonly videos: readonly GeneratedVideo[]
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
  readonly adjusted: readonly string[]
}

/**
 * Puts the videos of a job's requests together, in order. Those that were made are paid for, so they are
 * returned even when others failed; what is missing is named in `adjusted`.
 *
 * @param count how many videos were asked
 * @throws ProblemError the first request's failure, when no request made a video
 */
export function collectVideos(
  ends: readonly PromiseSettledResult<FalVideos>[],
  count: number,
): CollectedVideos {
  const made = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end] : []))
  const [first] = made
  if (first === undefined) {
    const reason: unknown = failed[0]?.reason
    throw reason instanceof Error ? reason : new ProblemError({ kind: 'internal' })
  }
  const videos = made.flatMap((part) => part.videos)
  const reasons = new Set(failed.map(({ reason }) => problemOf(reason).kind))
  const why = reasons.size === 0 ? '' : `:${[...reasons].join('+')}`
  return {
    videos,
    seed: first.seed,
    revisedPrompt: first.revisedPrompt,
    adjusted: videos.length < count ? [`n=${count}->${videos.length}${why}`] : [],
  }
}
