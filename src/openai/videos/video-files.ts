import * as z from 'zod/mini'

import type { SourceImage } from '../../job/image/source-image.ts'
import type { SourceMedia, VideoJob } from '../../job/video/video-job.ts'
import { once } from '../../lib/once.ts'
import { withPrefix } from '../images/bare-base64.ts'
import { readWith } from '../read-with.ts'
import { anyAddress, someText } from '../schemas.ts'

/** An image, a video or a sound by its URL or `data:` URI, bare or wrapped, or a file of `/v1/files`. */
const reference = once(() =>
  z.union([
    someText(),
    z.object({ image_url: anyAddress() }),
    z.object({ video_url: anyAddress() }),
    z.object({ audio_url: anyAddress() }),
    z.object({ file_id: z.string().check(z.regex(/^file-/)) }),
    z.object({ url: anyAddress() }),
  ]),
)

type Reference = z.infer<ReturnType<typeof reference>>

/** One or several. */
const several = once(() =>
  z.union([
    z.pipe(
      reference(),
      z.transform((one) => [one]),
    ),
    z.array(reference()),
  ]),
)

const FIRST = [
  'first_frame',
  'first_frame_image',
  'first_frame_url',
  'first_image_url',
  'first_frame_image_url',
  'start_frame',
  'start_image',
  'start_image_url',
]
const LAST = [
  'last_frame',
  'last_frame_image',
  'last_frame_url',
  'last_image_url',
  'last_frame_image_url',
  'end_frame',
  'end_image',
  'end_image_url',
  'tail_image',
  'tail_image_url',
  'image_tail',
]
/** One of these is the first frame, several are references. */
const EITHER = [
  'input_reference',
  'image',
  'images',
  'image_url',
  'input_image',
  'input_image_url',
  'init_image',
]
const REFERENCES = [
  'input_references',
  'image_urls',
  'reference_images',
  'reference_image',
  'reference_image_url',
  'reference_image_urls',
  'ref_image_urls',
  'subject_reference_image_url',
  'input_image_urls',
]
const VIDEO = ['video', 'video_url', 'input_video', 'input_video_url', 'source_video_url']
const AUDIO = ['audio_url', 'input_audio', 'driven_audio_url']

/** OpenRouter's way to say which frame an image is. */
const frames = once(() =>
  z.array(
    z.object({
      frame_type: z.optional(z.string()),
      image_url: anyAddress(),
    }),
  ),
)

/** A video that was made here, by its id. */
const ownVideo = once(() => z.object({ id: someText() }))

/** What was sent; whether an image or a video is told by where it is used. */
type Given = SourceImage & SourceMedia

/** A file of a form, where fal can fetch it. */
export interface GivenFile {
  /** The name of its part. */
  readonly name: string
  readonly source: Given
}

/** What a video is to be made of. */
export interface VideoSources extends Pick<
  VideoJob,
  'firstFrame' | 'lastFrame' | 'references' | 'video' | 'audio'
> {
  /** The id of a video of ours that is to be worked on; undefined: none is named. */
  readonly videoId: string | undefined
}

/** The names of all fields that are read here. */
export const FILE_FIELDS: readonly string[] = [
  ...FIRST,
  ...LAST,
  ...EITHER,
  ...REFERENCES,
  ...VIDEO,
  ...AUDIO,
  'frame_images',
  'video_id',
]

/**
 * Reads what a video is made of: files of a form first, then addresses.
 *
 * @throws ProblemError `invalid_request`
 */
export function readVideoSources(
  body: Readonly<Record<string, unknown>>,
  files: readonly GivenFile[],
): VideoSources {
  const take = (names: readonly string[]): readonly Given[] => [
    ...files.filter(({ name }) => names.includes(name)).map(({ source }) => source),
    ...names.flatMap((name) => readReferences(name, body)),
  ]
  const marked = readFrames(body)
  const either = unique([...take(EITHER), ...marked.other])
  const references = unique(take(REFERENCES))
  // One image beside a prompt begins the video; several show what is in it.
  const [only, ...more] = either
  const first = take(FIRST)[0] ?? marked.first ?? (more.length === 0 ? only : undefined)
  return {
    firstFrame: first,
    lastFrame: take(LAST)[0] ?? marked.last,
    references: unique([...either, ...references]).filter(({ url }) => url !== first?.url),
    video: take(VIDEO)[0],
    audio: take(AUDIO)[0],
    videoId: readVideoId(body),
  }
}

function readReferences(
  name: string,
  body: Readonly<Record<string, unknown>>,
): readonly SourceImage[] {
  const sent = body[name]
  if (sent === undefined || sent === null || sent === '' || typeof sent === 'boolean') return []
  if (ownVideo().safeParse(sent).success || isVideoId(sent)) return []
  const read = readWith(z.object({ [name]: several() }), body)[name] ?? []
  return read.map((one) => ({ url: toUrl(one), pixels: undefined }))
}

function readFrames(body: Readonly<Record<string, unknown>>) {
  if (body['frame_images'] === undefined || body['frame_images'] === null) {
    return { first: undefined, last: undefined, other: [] }
  }
  const { frame_images: list } = readWith(z.object({ frame_images: frames() }), body)
  const all = list.map((one) => ({
    type: one.frame_type,
    source: { url: toUrl({ image_url: one.image_url }), pixels: undefined },
  }))
  return {
    first: all.find(({ type }) => type === 'first_frame')?.source,
    last: all.find(({ type }) => type === 'last_frame')?.source,
    other: all
      .filter(({ type }) => type !== 'first_frame' && type !== 'last_frame')
      .map(({ source }) => source),
  }
}

/** `video: {id}` as OpenAI's client sends it, `video_id`, or the id itself. */
function readVideoId(body: Readonly<Record<string, unknown>>): string | undefined {
  const own = ownVideo().safeParse(body['video'])
  if (own.success) return own.data.id
  return [body['video_id'], body['video']].find(isVideoId)
}

function isVideoId(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('video_')
}

function unique(sources: readonly SourceImage[]): readonly SourceImage[] {
  return [...new Map(sources.map((one) => [one.url, one])).values()]
}

function toUrl(given: Reference): string {
  if (typeof given === 'string') return withPrefix(given)
  if ('file_id' in given) return given.file_id
  const [address] = Object.values(given)
  return withPrefix(typeof address === 'string' ? address : (address?.url ?? ''))
}
