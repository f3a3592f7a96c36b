import type { ImageJob } from '../../job/image/image-job.ts'
import type { ImagesMade } from '../../job/image/image-result.ts'
import { parseImageSize } from '../../job/image/image-size.ts'
import type { Choice, Medium, Order, Output, Ran } from '../../job/medium.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { resolveModel } from '../catalogue/resolve-model.ts'
import { collectParts, readEnd } from '../collect-parts.ts'
import { chooseEndpoints, type ImageChoice } from './choose-endpoint.ts'
import { clearBackgrounds, clearerOf, mustBeCleared } from './clear-background.ts'
import { toFalInput } from './fal-input.ts'
import { readFalOutput, type FalImages } from './fal-output.ts'
import { createLiveSpecs, type LiveSpecs } from './live-spec.ts'
import { watchFrames } from './watch-frames.ts'

/** An image job in an endpoint's words. */
export interface ImageOrder extends Order {
  /** The size that will be made; undefined: the endpoint chooses. */
  readonly size: string | undefined
  /** Whether images are worked on, not made of words alone. */
  readonly edited: boolean
  /** Whether the endpoint shows its work. */
  readonly streaming: boolean
  /** Whether the backgrounds are to be taken away in a second step. */
  readonly clear: boolean
}

/** Images: what their jobs need of their own. `catalogue` is the caller's. */
export function createImageMedium(
  catalogue: Catalogue,
  live: LiveSpecs = createLiveSpecs(),
): Medium<ImageJob, ImageOrder, ImagesMade> {
  return {
    name: 'image',
    async plan(job, schemaOf, liveOf) {
      const model = await resolveModel(job.model, catalogue, schemaOf)
      const candidates = [model, ...catalogue.successorsOf(model)] as const
      const [first, ...others] = chooseEndpoints(job, candidates, catalogue.models)
      const toPlanned = ({ endpoint, job: chosen }: ImageChoice): Choice<ImageOrder> =>
        toChoice({ endpoint: live.over(endpoint, liveOf(endpoint.id)), job: chosen }, catalogue)
      return { model: model.names[0], choices: [toPlanned(first), ...others.map(toPlanned)] }
    },
    collect: collectImages,
    async finish(made, { job, order }, step) {
      return order.clear ? clearBackgrounds(made, job, catalogue, step) : made
    },
    isDirect: ({ partials = 0, count }, order) =>
      partials > 0 && count === 1 && (order === undefined || (order.streaming && !order.clear)),
    async *watch(outputs, ran, now) {
      const value = yield* watchFrames(outputs, ran.job.partials ?? 0, now)
      return toMade([{ status: 'fulfilled', value }], 1, ran)
    },
  }
}

/**
 * Puts the images of a job's requests together.
 *
 * @throws ProblemError the first request's failure, when no request made an image
 */
function collectImages(
  ends: readonly PromiseSettledResult<Output>[],
  { count }: { readonly count: number },
  ran?: Ran<ImageJob, ImageOrder>,
): ImagesMade {
  const read = ends.map((end) => readEnd(end, readFalOutput))
  return toMade(read, count, ran)
}

function toMade(
  ends: readonly PromiseSettledResult<FalImages>[],
  count: number,
  ran: Ran<ImageJob, ImageOrder> | undefined,
): ImagesMade {
  const { items, seed, revisedPrompt, adjusted } = collectParts(ends, count, ({ images }) => images)
  return {
    medium: 'image',
    images: items,
    made: items.length,
    seed,
    revisedPrompt: revisedPrompt === ran?.job.prompt ? undefined : revisedPrompt,
    adjusted: [...(ran?.order.adjusted ?? []), ...adjusted],
    size: ran?.order.size,
    edited: ran?.order.edited,
  }
}

function toChoice(choice: ImageChoice, catalogue: Catalogue): Choice<ImageOrder> {
  return { endpoint: choice.endpoint.id, toOrder: () => toOrder(choice, catalogue) }
}

/** @throws ProblemError `invalid_request` */
function toOrder({ endpoint: spec, job }: ImageChoice, catalogue: Catalogue): ImageOrder {
  const clear = mustBeCleared(job, spec)
  const input = toFalInput(clear ? { ...job, background: undefined } : job, spec)
  const adjusted = [...aboutEarlier(job), ...input.adjusted]
  const pixels = input.size === undefined ? undefined : parseImageSize(input.size)?.pixels
  const quantity = { count: job.count, pixels: pixels && pixels.width * pixels.height }
  const clearer = clear ? clearerOf(catalogue) : undefined
  return {
    ...input,
    adjusted,
    quantity,
    ...(clearer !== undefined && { further: [{ endpoint: clearer.id, quantity }] }),
    endpoint: spec.id,
    edited: job.sources.length > 0,
    streaming: spec.streaming === true,
    clear,
  }
}

/** Which way was taken with the conversation's last image. */
function aboutEarlier({ earlier, sources }: ImageJob): readonly string[] {
  if (earlier === undefined) return []
  return [sources.includes(earlier) ? 'source=last-picture' : 'source=last-picture->not-supported']
}
