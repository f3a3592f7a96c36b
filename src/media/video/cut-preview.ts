import { ProblemError } from '../../job/problem.ts'
import type { MediaBucket } from '../../ports/media-bucket.ts'
import type { CutOutput, VideoCutter } from '../../ports/video-cutter.ts'
import { openCopy } from '../open-copy.ts'

/** What is made of a video for looks. */
export type Preview = 'thumbnail' | 'spritesheet'

/** A preview that is wanted. */
interface WantedPreview {
  readonly preview: Preview
  /** Of the preview: the same for the same one. */
  readonly name: string
  /** How long the video is; undefined: not known. */
  readonly seconds: number | undefined
  /** The whole video, from its beginning. */
  readonly open: () => Promise<Response>
}

/**
 * Makes a picture of a video.
 *
 * @throws ProblemError `variant_not_found` when it cannot be made; `picture_not_found` when there is no video
 *   any more; as `open`
 */
export type CutPreview = (
  wanted: WantedPreview,
  waitUntil: (work: Promise<unknown>) => void,
) => Promise<Response>

/**
 * Each cut is paid for (Cloudflare's prices for Media Transformations), so that it is kept where copies are.
 *
 * @param copies where copies are kept; undefined: nowhere
 */
export function createPreviews(cutter: VideoCutter, copies: MediaBucket | undefined): CutPreview {
  return async ({ preview, name, seconds, open }, waitUntil) => {
    const copy = copies && (await openCopy(copies, name, undefined, false))
    if (copy !== undefined) return copy
    const video = await open()
    if (video.status !== 200) {
      await video.body?.cancel()
      throw new ProblemError({ kind: 'picture_not_found' })
    }
    const cut = await cutOut(cutter, video, preview, seconds)
    const type = cut.headers.get('content-type') ?? 'image/jpeg'
    // Some hundred kilobytes; whole, so that what breaks off is told, and kept by nobody.
    const bytes = await cut.arrayBuffer()
    if (copies !== undefined) {
      const kept = copies.put(name, bytes, { httpMetadata: { contentType: type } })
      waitUntil(kept.catch(() => undefined))
    }
    const headers = { 'content-type': type, 'content-length': String(bytes.byteLength) }
    return new Response(bytes, { headers })
  }
}

/** @throws ProblemError `variant_not_found` */
async function cutOut(
  cutter: VideoCutter,
  { body }: Response,
  preview: Preview,
  seconds: number | undefined,
): Promise<Response> {
  const video: ReadableStream<Uint8Array> | null = body
  if (video === null) throw notCut(preview)
  const size = { fit: 'scale-down', width: WIDTHS[preview] } as const
  try {
    const cut = cutter.input(video).transform(size).output(toOutput(preview, seconds))
    const response = await cut.response()
    if (response.ok) return response
    await response.body?.cancel()
  } catch (error) {
    // What it did not begin to read is let go.
    void video.cancel().catch(() => undefined)
    throw notCut(preview, error)
  }
  throw notCut(preview)
}

/** Of a page's card, and of a strip that a pointer runs along. */
const WIDTHS: Readonly<Record<Preview, number>> = { thumbnail: 1280, spritesheet: 640 }
const FRAMES = 12

function toOutput(preview: Preview, seconds: number | undefined): CutOutput {
  if (preview === 'thumbnail') return { mode: 'frame', time: '0s', format: 'jpg' }
  const sheet = { mode: 'spritesheet', imageCount: FRAMES } as const
  return seconds === undefined ? sheet : { ...sheet, duration: `${Math.floor(seconds)}s` }
}

function notCut(variant: Preview, cause?: unknown): ProblemError {
  return new ProblemError({ kind: 'variant_not_found', variant, why: 'not_cut' }, { cause })
}
