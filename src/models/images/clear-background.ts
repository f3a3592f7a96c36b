import type { ImageJob } from '../../job/image/image-job.ts'
import type { GeneratedImage, ImagesMade } from '../../job/image/image-result.ts'
import type { SecondStep } from '../../job/medium.ts'
import { ProblemError } from '../../job/problem.ts'
import { formatUsd } from '../../lib/usd.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { EndpointSpec } from '../model-spec.ts'
import { toFalInput } from './fal-input.ts'
import { readFalOutput } from './fal-output.ts'

/** The model that takes a background away, by its name in the catalogue. */
const CLEARER = 'remove-background'

/** Whether a transparent background is wanted that the endpoint cannot make by itself. */
export function mustBeCleared({ background, sources }: ImageJob, spec: EndpointSpec): boolean {
  return background === 'transparent' && sources.length === 0 && spec.background === undefined
}

/** The endpoint that takes backgrounds away; undefined: the owner allows none. */
export function clearerOf({ models }: Catalogue): EndpointSpec | undefined {
  // Not resolved by its name: that throws where ALLOWED_MODELS leaves it out, and the images are paid for.
  return models.find(({ names }) => names.includes(CLEARER))?.edit
}

/**
 * Takes the backgrounds of finished images away: a second request for each, named in `adjusted` because
 * it is charged too. An image whose second step fails stays as it is: it has been paid for.
 */
export async function clearBackgrounds(
  made: ImagesMade,
  job: ImageJob,
  catalogue: Catalogue,
  step: SecondStep,
): Promise<ImagesMade> {
  const edit = clearerOf(catalogue)
  if (edit === undefined) {
    return { ...made, adjusted: [...made.adjusted, 'background=transparent->not-supported'] }
  }
  const images = await Promise.all(made.images.map((image) => clear(image, job, edit, step)))
  const cleared = images.filter((image, index) => image !== made.images[index]).length
  const some = cleared === images.length ? '' : `:${cleared}/${images.length}`
  const costUsd = step.costUsd()
  const price = costUsd === undefined ? '' : ` (${formatUsd(costUsd)} USD)`
  const note = `background=transparent->${edit.id}${some}${price}`
  return { ...made, images, adjusted: [...made.adjusted, note] }
}

async function clear(
  image: GeneratedImage,
  job: ImageJob,
  spec: EndpointSpec,
  step: SecondStep,
): Promise<GeneratedImage> {
  const wish: ImageJob = {
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
  const [input] = toFalInput(wish, spec).inputs
  const output = input && (await step.run(spec.id, input, image.url))
  try {
    return (output && readFalOutput(output.body, output.text).images[0]) ?? image
  } catch (error) {
    if (error instanceof ProblemError) return image
    throw error
  }
}
