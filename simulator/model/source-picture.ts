import sharp from 'sharp'

import type { ErrorDetail } from '../endpoints/validate-input.ts'
import type { JsonObject } from '../json.ts'
import type { PictureSize } from './picture-size.ts'

interface SourcePicture {
  readonly bytes: Buffer
  readonly size: PictureSize
}

/** What could be read of the pictures that a request names. */
export interface Sources {
  /** The first picture that could be read; absent when there is none or it lies elsewhere on the web. */
  readonly first?: SourcePicture
  readonly problems: readonly ErrorDetail[]
}

const PICTURE_FIELD = /(image|images|mask)_urls?$/
const DATA_URI = /^data:[^,]*?(;base64)?,/

/** The file at a place below `/cdn/files/`: an upload, or a picture made earlier. */
export type ReadOwnFile = (place: string) => Promise<Buffer | undefined>

type Found = Buffer | 'elsewhere' | 'missing'

async function findBytes(url: string, readOwnFile: ReadOwnFile): Promise<Found> {
  const data = DATA_URI.exec(url)
  if (data) {
    // Text that is not base64 is never a picture that a model could read.
    return data[1] ? Buffer.from(url.slice(data[0].length), 'base64') : Buffer.alloc(0)
  }
  // Somebody else's pictures are taken on trust: the simulator never goes out to the network.
  const place = /\/cdn\/files\/(.+)$/.exec(url)?.[1]
  return place === undefined ? 'elsewhere' : ((await readOwnFile(place)) ?? 'missing')
}

async function measure(bytes: Buffer): Promise<PictureSize | undefined> {
  try {
    const { width, height } = await sharp(bytes).metadata()
    return { width, height }
  } catch {
    return undefined
  }
}

function complain(loc: ErrorDetail['loc'], type: string, msg: string, input: string): ErrorDetail {
  return { loc, msg, type, url: `https://docs.fal.ai/errors/#${type}`, input }
}

interface Named {
  readonly loc: ErrorDetail['loc']
  readonly url: string
}

function listNamed(input: JsonObject): readonly Named[] {
  return Object.entries(input).flatMap(([field, value]): readonly Named[] => {
    if (!PICTURE_FIELD.test(field)) return []
    if (typeof value === 'string') return [{ loc: ['body', field], url: value }]
    const urls: readonly unknown[] = Array.isArray(value) ? value : []
    return urls.flatMap((url, index) =>
      typeof url === 'string' ? [{ loc: ['body', field, index], url }] : [],
    )
  })
}

/** Reads the pictures given as data URIs or as our own uploads, and complains as fal does about bad ones. */
export async function readSources(input: JsonObject, readOwnFile: ReadOwnFile): Promise<Sources> {
  const problems: ErrorDetail[] = []
  let first: SourcePicture | undefined
  for (const { loc, url } of listNamed(input)) {
    const bytes = await findBytes(url, readOwnFile)
    if (bytes === 'missing') {
      problems.push(complain(loc, 'file_download_error', 'File download error', url))
    }
    if (typeof bytes === 'string') continue
    const size = await measure(bytes)
    if (!size) problems.push(complain(loc, 'image_load_error', 'Image load error', url))
    else if (!String(loc[1]).includes('mask')) first ??= { bytes, size }
  }
  return { problems, ...(first && { first }) }
}
