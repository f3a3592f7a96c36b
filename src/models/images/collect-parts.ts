import type { GeneratedImage } from '../../job/image/image-result.ts'
import { ProblemError, problemOf } from '../../job/problem.ts'
import type { FalImages } from './fal-output.ts'

/** The images of all of a job's requests. */
export interface CollectedImages {
  readonly images: readonly GeneratedImage[]
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
  readonly adjusted: readonly string[]
}

/**
 * Puts the images of a job's requests together, in order. Those that were made are paid for, so they are
 * returned even when others failed; what is missing is named in `adjusted`.
 *
 * @param count how many images were asked
 * @throws ProblemError the first request's failure, when no request made an image
 */
export function collectParts(
  ends: readonly PromiseSettledResult<FalImages>[],
  count: number,
): CollectedImages {
  const made = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end] : []))
  const [first] = made
  if (first === undefined) {
    const reason: unknown = failed[0]?.reason
    throw reason instanceof Error ? reason : new ProblemError({ kind: 'internal' })
  }
  const images = made.flatMap((part) => part.images)
  const reasons = new Set([
    ...failed.map(({ reason }) => problemOf(reason).kind),
    ...(made.some(({ flagged }) => flagged > 0) ? ['flagged'] : []),
  ])
  const why = reasons.size === 0 ? '' : `:${[...reasons].join('+')}`
  return {
    images,
    seed: first.seed,
    revisedPrompt: first.revisedPrompt,
    adjusted: images.length < count ? [`n=${count}->${images.length}${why}`] : [],
  }
}
