import { formatPixels, parseImageSize } from '../../job/image/image-size.ts'
import type { JobMemo, Quantity } from '../../job/job.ts'
import type { Choice, Medium, Order, Output, Ran } from '../../job/medium.ts'
import type { VideoJob } from '../../job/video/video-job.ts'
import type { VideosMade } from '../../job/video/video-result.ts'
import { collectParts, readEnd } from '../collect-parts.ts'
import { chooseVideoEndpoints, type VideoChoice } from './choose-endpoint.ts'
import { toVideoInput } from './fal-input.ts'
import { readFalVideos } from './fal-output.ts'
import type { VideoCatalogue } from './video-catalogue.ts'
import type { DurationRule, VideoEndpointSpec } from './video-spec.ts'
import { secondsOf } from './words.ts'

/** A video job in an endpoint's words. */
interface VideoOrder extends Order {
  /** Whether images are worked on, not words alone. */
  readonly animated: boolean
}

/** Videos: what their jobs need of their own. `catalogue` is the caller's. */
export function createVideoMedium(
  catalogue: VideoCatalogue,
): Medium<VideoJob, VideoOrder, VideosMade> {
  return {
    name: 'video',
    async plan(job, schemaOf) {
      const model = await catalogue.find(job.model, schemaOf)
      const candidates = [model, ...catalogue.successorsOf(model)] as const
      const [first, ...others] = chooseVideoEndpoints(job, candidates, () => catalogue.models)
      return { model: model.names[0], choices: [toChoice(first), ...others.map(toChoice)] }
    },
    collect: collectMade,
  }
}

function toChoice(choice: VideoChoice): Choice<VideoOrder> {
  return { endpoint: choice.endpoint.id, toOrder: () => toOrder(choice) }
}

/** @throws ProblemError `invalid_request` */
function toOrder({ endpoint, job, adjusted: about }: VideoChoice): VideoOrder {
  const { inputs, seconds, size, adjusted } = toVideoInput(job, endpoint)
  const pixels = size === undefined ? undefined : parseImageSize(size)?.pixels
  const total = totalOf(job, seconds)
  return {
    endpoint: endpoint.id,
    inputs,
    animated: job.firstFrame !== undefined || job.references.length > 0,
    adjusted: [...about, ...adjusted],
    quantity: {
      count: job.count,
      pixels: pixels && pixels.width * pixels.height,
      ...lengthOf(job, endpoint, seconds),
    },
    memo: {
      ...(total !== undefined && { seconds: total }),
      ...(size !== undefined && { size }),
      ...(endpoint.usualSeconds !== undefined && { usual: endpoint.usualSeconds }),
      ...(job.remixOf !== undefined && { from: job.remixOf }),
      ...frameOf(job),
    },
  }
}

/** What is paid for: what is edited stays as long as it is, where the endpoint says no other length by itself. */
function lengthOf(
  { video }: VideoJob,
  { work, duration }: VideoEndpointSpec,
  said: number | undefined,
): Pick<Quantity, 'seconds' | 'atMostSeconds'> {
  const seconds = said ?? (work === 'edit' ? video?.seconds : undefined)
  return { seconds, atMostSeconds: seconds ?? Math.max(longestOf(duration), video?.seconds ?? 0) }
}

/** A video that was made longer is as long as both together; one that was edited stays as long as it was. */
function totalOf({ work, video }: VideoJob, seconds: number | undefined): number | undefined {
  if (work === 'edit') return seconds ?? video?.seconds
  if (work !== 'extend' || seconds === undefined) return seconds
  return video?.seconds === undefined ? undefined : video.seconds + seconds
}

/** Where it cannot be told, or not known: longer than nearly all that models make at once. */
const ASSUMED_SECONDS = 15

function longestOf(rule: DurationRule | undefined): number {
  switch (rule?.rule) {
    case undefined:
      return ASSUMED_SECONDS
    case 'listed':
      return Math.max(...rule.values.map((value) => secondsOf(value) ?? ASSUMED_SECONDS))
    case 'seconds':
      return rule.max
    case 'frames':
      return rule.max / rule.fps
  }
}

/** A thumbnail for a video of which none can be made; it travels in the job's id. */
const MOST_FRAME_LETTERS = 300

function frameOf({ firstFrame }: VideoJob): JobMemo {
  const url = firstFrame?.url ?? ''
  return /^https?:/.test(url) && url.length <= MOST_FRAME_LETTERS ? { frame: url } : {}
}

/**
 * Puts the videos of a job's requests together.
 *
 * @throws ProblemError the first request's failure, when no request made a video
 */
function collectMade(
  ends: readonly PromiseSettledResult<Output>[],
  { count, memo }: { readonly count: number; readonly memo: JobMemo },
  ran?: Ran<VideoJob, VideoOrder>,
): VideosMade {
  const read = ends.map((end) => readEnd(end, readFalVideos))
  const { items, seed, revisedPrompt, adjusted } = collectParts(read, count, ({ videos }) => videos)
  const [first] = items
  const said = memo['seconds']
  const size = memo['size']
  return {
    medium: 'video',
    videos: items,
    made: items.length,
    seed,
    revisedPrompt,
    animated: ran?.order.animated,
    adjusted: [...(ran?.order.adjusted ?? []), ...adjusted],
    seconds: first?.seconds ?? (typeof said === 'number' ? said : undefined),
    size: first?.pixels ? formatPixels(first.pixels) : typeof size === 'string' ? size : undefined,
  }
}
