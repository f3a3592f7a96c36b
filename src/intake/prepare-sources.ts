import type { AskedImageJob, ImageJob } from '../job/image/image-job.ts'
import type { ImageReference } from '../job/image/image-reference.ts'
import { formatPixels, type Pixels } from '../job/image/image-size.ts'
import type { MaskImage, SourceImage } from '../job/image/source-image.ts'
import { invalidRequest, ProblemError } from '../job/problem.ts'
import { fromDataUri, toDataUri } from '../media/data-uri.ts'
import { readImageHeader } from '../media/images/image-header.ts'
import { toWhiteMask, type MaskFault } from '../media/png/alpha-mask.ts'
import { toKeyedMask } from '../media/png/keyed-mask.ts'
import { toPaintedMask, type PaintedFault } from '../media/png/painted-mask.ts'
import type { MediaStorage } from '../ports/media-storage.ts'
import { INLINE_BYTES, MAX_IMAGE_BYTES, MAX_IMAGES_GIVEN } from './image-intake.ts'

/** What images are prepared with. */
export interface SourceAccess {
  readonly storage: MediaStorage
  /**
   * The URL of a file that the caller put under `/v1/files`.
   *
   * @throws ProblemError `invalid_request` when there is no such file of the caller's
   */
  readonly findFile: (id: string) => Promise<string>
  /**
   * The image that an earlier job made; undefined: it made something else, of no image.
   *
   * @throws ProblemError `invalid_request` when there is no such image of the caller's, or none yet;
   *   `job_expired`, `upstream_failed`
   */
  readonly findEarlier: (id: string) => Promise<SourceImage | undefined>
  /**
   * What fal can fetch in the place of an address of ours; any other URL as it is.
   *
   * @throws ProblemError `invalid_request` when there is no image behind it any more
   */
  readonly toFalUrl: (url: string) => Promise<string>
}

/** The same in base64, which has four letters for three bytes. */
const INLINE_LETTERS = (INLINE_BYTES * 4) / 3

/**
 * Makes sure of the images that a job works on: what came as data is looked at, and put into fal's storage
 * when it is large; what came as a URL is fal's to fetch, not ours. A mask is turned into fal's custom.
 *
 * @throws ProblemError `invalid_request` for data that is no image, a URL that is not http(s), a mask of
 *   another size than its image; `too_large`; `upstream_failed` when an image cannot be stored
 */
export async function prepareSources(job: AskedImageJob, access: SourceAccess): Promise<ImageJob> {
  const { earlier, mask } = job
  if (job.sources.length > MAX_IMAGES_GIVEN) {
    throw invalidRequest('image', `More than ${MAX_IMAGES_GIVEN} pictures were sent.`)
  }
  const letters = job.sources.reduce((sum, reference) => sum + inlineLength(reference), 0)
  const preparing = { ...access, param: 'image', store: letters > INLINE_LETTERS }
  const sources: SourceImage[] = []
  // One after the other: each may be tens of megabytes.
  for (const reference of job.sources) {
    const { fields } = reference
    const source = await prepareImage(reference, preparing)
    sources.push(fields === undefined ? source : { ...source, fields })
  }
  return {
    ...job,
    sources,
    mask: mask && (await prepareMask(mask, sources[0], access)),
    earlier:
      earlier &&
      (await prepareEarlier(earlier, {
        ...preparing,
        store: inlineLength(earlier) > INLINE_LETTERS,
      })),
  }
}

function inlineLength(reference: ImageReference): number {
  return reference.kind === 'data' ? reference.uri.length : 0
}

interface Preparing extends SourceAccess {
  /** The field that named the image. */
  readonly param: string
  /** Whether what came as data is put into fal's storage. */
  readonly store: boolean
}

/**
 * One image where fal can fetch it.
 *
 * @throws ProblemError as `prepareSources`
 */
export async function prepareImage(
  reference: ImageReference,
  access: Preparing,
): Promise<SourceImage> {
  switch (reference.kind) {
    case 'earlier': {
      const image = await access.findEarlier(reference.id)
      if (image !== undefined) return image
      throw invalidRequest(access.param, 'What this builds on is no picture: send one.')
    }
    case 'file':
      return { url: await access.findFile(reference.id), pixels: undefined }
    case 'url':
      return {
        url: checkUrl(await access.toFalUrl(reference.url), access.param),
        pixels: reference.pixels,
      }
    case 'data':
      return prepareData(reference, access)
  }
}

/**
 * The last image of the conversation; undefined: what was made there is none. What cannot be fetched stands as it
 * is: whether it is worked on at all the model decides.
 *
 * @throws ProblemError as `prepareSources`
 */
export async function prepareEarlier(
  reference: ImageReference,
  access: Preparing,
): Promise<SourceImage | undefined> {
  if (reference.kind === 'earlier') return access.findEarlier(reference.id)
  if (reference.kind !== 'url') return prepareImage(reference, access)
  return { url: await access.toFalUrl(reference.url), pixels: reference.pixels }
}

async function prepareData(
  { uri, pixels }: Extract<ImageReference, { kind: 'data' }>,
  { storage, store, param }: Preparing,
): Promise<SourceImage> {
  // What came as a form has been looked at already.
  if (pixels !== undefined && !store) return { url: uri, pixels }
  const image = readImage(uri, param)
  const url = store
    ? await storage.store([image.bytes], image.contentType)
    : relabel(uri, image.contentType)
  return { url, pixels: image.pixels }
}

/** The URI with the kind that its bytes have: clients call a JPEG `image/png`, and models believe it. */
function relabel(uri: string, contentType: string): string {
  return `data:${contentType};base64,${uri.slice(uri.indexOf(',') + 1)}`
}

interface Image {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
  readonly pixels: Pixels | undefined
}

function readImage(url: string, param: string): Image {
  const data = fromDataUri(url)
  if (data === undefined) {
    throw invalidRequest(param, `The data URI of '${param}' is broken: it must be base64.`)
  }
  if (data.bytes.byteLength > MAX_IMAGE_BYTES) {
    throw new ProblemError({
      kind: 'too_large',
      what: `The picture '${param}'`,
      limitBytes: MAX_IMAGE_BYTES,
    })
  }
  const header = readImageHeader(data.bytes)
  if (header === undefined) {
    throw invalidRequest(param, `The data of '${param}' is no PNG, JPEG, WebP or GIF picture.`)
  }
  return { bytes: data.bytes, ...header }
}

/**
 * fal fetches it: anything but a web address would be looked for on its own machines.
 *
 * @param kind of a data URI that would do
 */
export function checkUrl(url: string, param: string, kind = 'image/png'): string {
  const given = URL.canParse(url) ? new URL(url) : undefined
  if (given === undefined || !['http:', 'https:'].includes(given.protocol)) {
    throw invalidRequest(
      param,
      `'${param}' must be a file, an https URL or a data URI such as data:${kind};base64,…. ` +
        'An address that your app alone knows, such as /api/files/1, cannot be fetched.',
    )
  }
  return url
}

async function prepareMask(
  reference: ImageReference,
  source: SourceImage | undefined,
  access: SourceAccess,
): Promise<MaskImage> {
  if (reference.kind !== 'data') {
    const { url } = await prepareImage(reference, { ...access, param: 'mask', store: false })
    return { transparent: url, white: undefined }
  }
  const transparent = reference.uri
  const { bytes, pixels } = readImage(transparent, 'mask')
  compareSizes(pixels, source?.pixels)
  const white = await toWhiteMask(bytes)
  if (typeof white !== 'string') return { transparent, white: toDataUri(white, 'image/png') }
  if (white !== 'no_alpha' && white !== 'opaque') throw invalidRequest('mask', MASK_FAULTS[white])
  const keyed = white === 'no_alpha' ? await toKeyedMask(bytes) : 'opaque'
  if (typeof keyed !== 'string') return { transparent, white: toDataUri(keyed, 'image/png') }
  // In which nothing is transparent can only be one in fal's custom: black and white.
  const painted = await toPaintedMask(bytes)
  if (typeof painted !== 'string') {
    return { transparent: undefined, white: toDataUri(painted, 'image/png') }
  }
  throw invalidRequest('mask', PAINTED_FAULTS[painted])
}

function compareSizes(mask: Pixels | undefined, image: Pixels | undefined): void {
  if (mask === undefined || image === undefined) return
  if (mask.width === image.width && mask.height === image.height) return
  throw invalidRequest(
    'mask',
    `The mask is ${formatPixels(mask)}, the picture ${formatPixels(image)}; both must have the same size.`,
  )
}

const MASK_FAULTS: Readonly<Record<Exclude<MaskFault, 'no_alpha' | 'opaque'>, string>> = {
  not_png: 'The mask must be a PNG; what is transparent in it is changed.',
  interlaced: 'The mask is an interlaced PNG: save it without interlacing.',
  damaged: 'The mask is a damaged PNG.',
  too_large: 'The mask has more than 16.7 million pixels.',
}

const PAINTED_FAULTS: Readonly<Record<PaintedFault, string>> = {
  one_colour:
    'Nothing in the mask may change: it has no transparent place, and is not black and white. Make transparent what is to be changed, or paint it white on black.',
  coloured:
    'Nothing in the mask may change: it has no transparent place. Make transparent what is to be changed, or paint it white on black.',
  interlaced: MASK_FAULTS.interlaced,
  damaged: MASK_FAULTS.damaged,
  too_large: MASK_FAULTS.too_large,
}
