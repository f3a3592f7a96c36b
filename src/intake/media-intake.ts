import type { Pixels } from '../job/image/image-size.ts'
import { invalidRequest, ProblemError } from '../job/problem.ts'
import type { Reference } from '../job/reference.ts'
import { readImageHeader } from '../media/images/image-header.ts'
import { readMediaKind } from '../media/media-kind.ts'
import { createMp4Length, type Mp4Length } from '../media/video/mp4-length.ts'
import type { MediaStorage } from '../ports/media-storage.ts'
import type { FormIntake } from './read-form.ts'
import { addTo, arrivingFile, sendOn, type ArrivingFile } from './stored-file.ts'

/** A file of a form, at fal's storage. */
export interface TakenFile {
  /** The name of its part. */
  readonly name: string
  readonly source: Extract<Reference, { kind: 'url' }>
}

/** Cloudflare passes no more on to a Worker on the free plan. */
export const MAX_MEDIA_BYTES = 100_000_000
/** Enough to find the size in any header but that of a JPEG with a large preview in it. */
const HEADER_BYTES = 64 * 1024
/** As for images. */
const MOST_FILES = 16

/** The file that is arriving. */
interface Arriving extends ArrivingFile {
  readonly name: string
  kind: { readonly contentType: string; readonly pixels: Pixels | undefined } | undefined
  url: string | undefined
  readonly length: Mp4Length
}

/**
 * Images, videos and sounds go to fal's storage as they come; what they are is told by their bytes, not by
 * their names or types. An empty file field is none.
 */
export function createMediaIntake(storage: MediaStorage): FormIntake<'file', readonly TakenFile[]> {
  const files: Arriving[] = []
  const settle = async (): Promise<void> => {
    for (const one of files) if (one.url === undefined) await take(one, storage)
  }
  return {
    begin(_, name) {
      if (files.length >= MOST_FILES) {
        throw invalidRequest(name, `More than ${MOST_FILES} files were sent.`)
      }
      const one = arriving(name)
      files.push(one)
      return (chunk) => {
        if (chunk !== null) one.length.add(chunk)
        addTo(one, chunk)
      }
    },
    settle,
    async finish() {
      await settle()
      return files.flatMap(({ name, url, kind, length }) => {
        if (url === undefined) return []
        const facts = { pixels: kind?.pixels, seconds: length.seconds() }
        return [{ name: baseOf(name), source: { kind: 'url', url, ...facts } }]
      })
    },
  }
}

/** `images[]`, `images[0]` are files of `images`. */
function baseOf(name: string): string {
  return name.replace(/\[.*$/s, '')
}

function arriving(name: string): Arriving {
  return {
    ...arrivingFile(),
    name,
    kind: undefined,
    url: undefined,
    length: createMp4Length(),
  }
}

async function take(one: Arriving, storage: MediaStorage): Promise<void> {
  if (one.total > MAX_MEDIA_BYTES) {
    const what = `The file of the part '${one.name}'`
    throw new ProblemError({ kind: 'too_large', what, limitBytes: MAX_MEDIA_BYTES })
  }
  look(one)
  if (one.kind !== undefined) one.url = await sendOn(one, one.kind.contentType, storage)
}

function look(one: Arriving): void {
  const isEnough = one.total >= HEADER_BYTES || (one.ended && one.total > 0)
  if (one.kind !== undefined || !isEnough) return
  const bytes = one.bytes.head(HEADER_BYTES)
  const image = readImageHeader(bytes)
  const contentType = image?.contentType ?? readMediaKind(bytes)
  if (contentType === undefined) {
    throw invalidRequest(
      one.name,
      `The file of the part '${one.name}' is no PNG, JPEG, WebP or GIF image, MP4, WebM or QuickTime video, MP3, WAV, FLAC or Ogg sound, whatever its name says.`,
    )
  }
  one.kind = { contentType, pixels: image?.pixels }
}
