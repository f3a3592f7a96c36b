import type { ImageJob } from '../../job/image-job.ts'
import type { GeneratedImage } from '../../job/image-result.ts'
import { fingerprint } from '../../lib/sha256.ts'
import { formatUsd } from '../../lib/usd.ts'
import type { CollectedImages } from '../../models/images/collect-parts.ts'
import { toFalInput } from '../../models/images/fal-input.ts'
import type { EndpointSpec } from '../../models/model-spec.ts'
import { costOf, isLost, type Charged } from '../cost.ts'
import type { JobTools } from '../job-tools.ts'
import { cancelQueued, runPart, toPart, type PartState } from '../part.ts'

/** The model that takes a background away, by its name in the catalogue. */
const CLEARER = 'remove-background'

/** Whether a transparent background is wanted that the endpoint cannot make by itself. */
export function mustBeCleared({ background, sources }: ImageJob, spec: EndpointSpec): boolean {
  return background === 'transparent' && sources.length === 0 && spec.background === undefined
}

/** How the second step is made. */
export interface SecondStep {
  readonly signal: AbortSignal
  /** Its requests are added here, because they are charged whether or not they succeed. */
  readonly charged: Charged[]
}

/**
 * Takes the backgrounds of finished images away: a second request for each, named in `adjusted` because
 * it is charged too. An image whose second step fails stays as it is: it has been paid for.
 */
export async function clearBackgrounds(
  made: CollectedImages,
  job: ImageJob,
  tools: JobTools,
  { signal, charged }: SecondStep,
): Promise<CollectedImages> {
  // Not resolved by its name: that throws where ALLOWED_MODELS leaves it out, and the images are paid for.
  const clearer = tools.catalogue.models.find(({ names }) => names.includes(CLEARER))
  const edit = clearer?.edit
  if (edit === undefined) {
    return { ...made, adjusted: [...made.adjusted, 'background=transparent->not-supported'] }
  }
  void tools.prices.ask(edit.id)
  const images = await Promise.all(
    made.images.map((image) => clear(image, job, edit, { tools, signal, charged })),
  )
  const cleared = images.filter((image, index) => image !== made.images[index]).length
  const some = cleared === images.length ? '' : `:${cleared}/${images.length}`
  const costUsd = costOf(charged, tools)
  const price = costUsd === undefined ? '' : ` (${formatUsd(costUsd)} USD)`
  const note = `background=transparent->${edit.id}${some}${price}`
  return { ...made, images, adjusted: [...made.adjusted, note] }
}

async function clear(
  image: GeneratedImage,
  job: ImageJob,
  spec: EndpointSpec,
  { tools, signal, charged }: SecondStep & { readonly tools: JobTools },
): Promise<GeneratedImage> {
  const step: ImageJob = {
    ...job,
    prompt: '',
    count: 1,
    size: undefined,
    // JPEG has no transparency.
    format: job.format === 'webp' ? 'webp' : 'png',
    background: undefined,
    sources: [{ url: image.url, pixels: image.pixels }],
    earlier: undefined,
    extra: {},
  }
  const parts: PartState[] = []
  try {
    const { inputs } = toFalInput(step, spec)
    const order = { endpoint: spec.id, inputs, step: await fingerprint(image.url) }
    const [end] = await tools.queue.submitAll(order, signal)
    if (end?.status !== 'fulfilled') return image
    const part = toPart(end.value, tools.now())
    parts.push(part)
    charged.push(part)
    const running = runPart(part, tools, signal)
    let next = await running.next()
    while (next.done !== true) next = await running.next()
    return next.value.images[0] ?? image
  } catch (error) {
    if (isLost(error)) charged.push({ charge: undefined })
    tools.log('warn', 'background not cleared', { endpoint: spec.id })
    await cancelQueued(parts, tools)
    return image
  }
}
