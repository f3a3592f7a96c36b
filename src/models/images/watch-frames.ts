import type { GeneratedImage } from '../../job/image/image-result.ts'
import type { Output } from '../../job/medium.ts'
import { ProblemError, problemOf } from '../../job/problem.ts'
import type { JobEvent } from '../../job/running-job.ts'
import { TIMED_OUT, withTimeout } from '../../lib/time/with-timeout.ts'
import { readFalOutput, type FalImages } from './fal-output.ts'
import { createShownFrames } from './shown-frames.ts'

/**
 * The result is what comes last, so an image is known to be unfinished when another follows, or when fal goes
 * on working; fal closes right after the result.
 */
const SETTLED_MS = 500

/** What has come of a stream so far. */
interface Seen {
  /** Unfinished images come as data. */
  inline: boolean
  last: Output | undefined
  /** The last is an image that fal has put on its CDN after unfinished ones: the result, whatever follows. */
  finished: boolean
}

/**
 * Shows some of a stream's unfinished images; returns the finished one.
 *
 * @param wanted how many are shown, 1 to 3
 * @param now milliseconds
 * @throws ProblemError `upstream_failed` when the stream breaks off before it, and the model's failures
 */
export async function* watchFrames(
  frames: AsyncGenerator<Output, void, void>,
  wanted: number,
  now: () => number,
): AsyncGenerator<JobEvent, FalImages, void> {
  const shown = createShownFrames<GeneratedImage>(wanted, now)
  const seen: Seen = { inline: false, last: undefined, finished: false }
  try {
    for await (const image of settle(frames, seen)) {
      const due = shown.add(image)
      if (due !== undefined) yield { type: 'partial', image: due }
    }
  } catch (error) {
    const { kind } = problemOf(error)
    const brokeOff = kind === 'upstream_failed' || kind === 'timed_out'
    if (!brokeOff || !seen.finished) throw error
  }
  for (const image of shown.rest()) yield { type: 'partial', image }
  return readFalOutput(seen.last?.body, seen.last?.text ?? '')
}

/** The unfinished images, each as soon as it is known to be one. */
async function* settle(
  frames: AsyncGenerator<Output, void, void>,
  seen: Seen,
): AsyncGenerator<GeneratedImage, void, void> {
  let next = frames.next()
  let held: GeneratedImage | undefined
  for (;;) {
    const step = isInline(held) ? await withTimeout(next, SETTLED_MS) : await next
    if (step !== TIMED_OUT && step.done === true) return
    const image = step === TIMED_OUT ? undefined : look(step.value, seen)
    if (held !== undefined && (image !== undefined || isInline(held))) {
      yield held
      held = undefined
    }
    held = image ?? held
    if (step !== TIMED_OUT) next = frames.next()
  }
}

function look(frame: Output, seen: Seen): GeneratedImage | undefined {
  const image = readFrame(frame)
  // What has no image in it and comes after the result takes nothing back.
  if (image === undefined && seen.finished) return undefined
  seen.last = frame
  seen.inline ||= isInline(image)
  seen.finished = seen.inline && image !== undefined && !isInline(image)
  return image
}

function isInline(image: GeneratedImage | undefined): boolean {
  return image?.url.startsWith('data:') === true
}

/** @returns undefined: it holds no image that may be shown */
function readFrame({ body, text }: Output): GeneratedImage | undefined {
  try {
    return readFalOutput(body, text).images[0]
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
