import * as z from 'zod/mini'

import { namedBy, toReference, type MediaReference, type Reference } from '../../job/reference.ts'
import type { AskedVideoJob } from '../../job/video/video-job.ts'
import { once } from '../../lib/once.ts'
import { agreed, type Saying } from '../agreed.ts'
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

type Wrapped = z.infer<ReturnType<typeof reference>>

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
const VIDEO = [
  'video',
  'video_url',
  'input_video',
  'input_video_url',
  'source_video_url',
  'video_id',
]
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

/** What was sent, in the field that names it; whether an image or a video is told by where it is used. */
type Sent = Saying<Reference>

/** What a message holds, under the name of the field that holds the messages. */
export interface SentBeside {
  readonly video?: Sent
  readonly audio?: Sent
}

/** A file of a form, where fal can fetch it. */
export interface GivenFile {
  /** The name of its part. */
  readonly name: string
  readonly source: Reference
}

/** What a video is to be made of. */
export interface VideoSources extends Pick<
  AskedVideoJob,
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
]

/**
 * Reads what a video is made of: files of a form first, then addresses.
 *
 * @throws ProblemError `invalid_request`
 */
export function readVideoSources(
  body: Readonly<Record<string, unknown>>,
  files: readonly GivenFile[],
  beside: SentBeside = {},
): VideoSources {
  const take = (names: readonly string[]): readonly Sent[] => [
    ...files.flatMap(({ name, source }): readonly Sent[] =>
      names.includes(name) ? [[name, source]] : [],
    ),
    ...names.flatMap((name) => readReferences(name, body)),
  ]
  const marked = readFrames(body)
  const images = [...take(EITHER), ...marked.other]
  // One image beside a prompt begins the video; several show what is in it.
  const [only, ...more] = unique(images)
  const first = oneOf([...take(FIRST), ...marked.first]) ?? (more.length === 0 ? only : undefined)
  const video = oneOf([beside.video, ...take(VIDEO)])
  return {
    firstFrame: first,
    lastFrame: oneOf([...take(LAST), ...marked.last]),
    references: unique([...images, ...take(REFERENCES)], first),
    video: toMedia(video, 'video'),
    audio: toMedia(oneOf([beside.audio, ...take(AUDIO)]), 'audio_url'),
    videoId: video?.kind === 'earlier' ? video.id : undefined,
  }
}

/** @throws ProblemError `invalid_request` where two differ */
function oneOf(sent: readonly (Sent | undefined)[]) {
  return agreed(
    sent.filter((one) => one !== undefined),
    namedBy,
  )
}

/** A video of ours has a place of its own. */
function toMedia(named: Reference | undefined, param: string): MediaReference | undefined {
  return named === undefined || named.kind === 'earlier' ? undefined : { ...named, param }
}

function readReferences(name: string, body: Readonly<Record<string, unknown>>): readonly Sent[] {
  const sent = body[name]
  if (sent === undefined || sent === null || sent === '' || typeof sent === 'boolean') return []
  const id = VIDEO.includes(name) ? readVideoId(name, sent) : undefined
  if (id !== undefined) return [[name, { kind: 'earlier', id }]]
  const read = readWith(z.object({ [name]: several() }), body)[name] ?? []
  return read.map((one) => [name, unwrap(one)])
}

function readFrames(body: Readonly<Record<string, unknown>>) {
  const isSent = body['frame_images'] !== undefined && body['frame_images'] !== null
  const list = isSent ? readWith(z.object({ frame_images: frames() }), body).frame_images : []
  const of = (isMeant: (type: string | undefined) => boolean): readonly Sent[] =>
    list
      .filter((one) => isMeant(one.frame_type))
      .map(({ image_url }) => ['frame_images', unwrap({ image_url })])
  return {
    first: of((type) => type === 'first_frame'),
    last: of((type) => type === 'last_frame'),
    other: of((type) => type !== 'first_frame' && type !== 'last_frame'),
  }
}

/** `video: {id}` as OpenAI's client sends it, `video_id`, or the id itself. */
function readVideoId(name: string, sent: unknown): string | undefined {
  const own = ownVideo().safeParse(sent)
  if (own.success) return own.data.id
  const isId = typeof sent === 'string' && (name === 'video_id' || sent.startsWith('video_'))
  return isId ? sent : undefined
}

function unique(sent: readonly Sent[], besides?: Reference): readonly Reference[] {
  const given = new Map(sent.flatMap(([, one]) => (one ? [[namedBy(one), one]] : [])))
  if (besides !== undefined) given.delete(namedBy(besides))
  return [...given.values()]
}

function unwrap(given: Wrapped): Reference {
  if (typeof given === 'string') return toReference(withPrefix(given))
  if ('file_id' in given) return { kind: 'file', id: given.file_id }
  const [address] = Object.values(given)
  return toReference(withPrefix(typeof address === 'string' ? address : (address?.url ?? '')))
}
