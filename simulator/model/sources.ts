import sharp from 'sharp'

import type { ErrorDetail } from '../endpoints/validate-input.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import type { MediaSpec, Size, VideoSpec } from '../media/media-spec.ts'
import { readVideoFacts, type VideoFacts } from '../media/mp4.ts'
import type { OwnFile, OwnFiles } from './own-files.ts'
import type { SoundSource } from './sound/sound-plan.ts'
import { readSound, UNHEARD } from './sound/source-sound.ts'

interface SourceImage {
  readonly bytes: Uint8Array
  readonly size: Size
}

interface SourceVideo {
  /** Absent when the video lies elsewhere on the web, or is no MP4. */
  readonly facts?: VideoFacts
  /** Its first frame, for a video that was made here. */
  readonly still?: Uint8Array
}

/** What could be read of the files that a request names: the first of each kind. */
export interface Sources {
  readonly image?: SourceImage
  readonly video?: SourceVideo
  readonly sound?: SoundSource
  readonly problems: readonly ErrorDetail[]
}

const FIELDS = {
  video: /videos?_urls?$/,
  sound: /audios?(_data)?_urls?$/,
  image: /(images?|mask|frame)_urls?$/,
} as const
type Medium = keyof typeof FIELDS

const MEDIA: readonly Medium[] = ['video', 'sound', 'image']

/** Images that do not decide what the result looks like, nor its size. */
const SECOND_RATE = /mask|end_|tail|last/
/** Sounds that only tell how something shall sound. */
const MODEL_VOICE = /ref|target|impulse|voice_audio|emotional/

interface Named {
  readonly loc: ErrorDetail['loc']
  readonly url: string
  readonly medium: Medium
}

const MAX_DEPTH = 6

function mediumOf(field: string): Medium | undefined {
  return MEDIA.find((medium) => FIELDS[medium].test(field))
}

/** Every address of a file, however deep: `elements[0].frontal_image_url`. */
function listNamed(value: unknown, loc: ErrorDetail['loc'], medium?: Medium): readonly Named[] {
  if (loc.length > MAX_DEPTH) return []
  if (typeof value === 'string') return medium === undefined ? [] : [{ loc, url: value, medium }]
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return items.flatMap((item, index) => listNamed(item, [...loc, index], medium))
  }
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([field, inner]) =>
    listNamed(inner, [...loc, field], mediumOf(field)),
  )
}

const DATA_URI = /^data:[^,]*?(;base64)?,/

function findFile(url: string, own: OwnFiles): OwnFile | 'elsewhere' | 'missing' {
  const data = DATA_URI.exec(url)
  if (data) {
    // Text that is not base64 is never a file that a model could read.
    return { bytes: data[1] ? Buffer.from(url.slice(data[0].length), 'base64') : Buffer.alloc(0) }
  }
  // Somebody else's files are taken on trust: the simulator never goes out to the network.
  const place = /\/cdn\/files\/(.+)$/.exec(url)?.[1]
  return place === undefined ? 'elsewhere' : (own.find(place) ?? 'missing')
}

async function measure(bytes: Uint8Array): Promise<Size | undefined> {
  try {
    const { width, height } = await sharp(bytes).metadata()
    return { width, height }
  } catch {
    return undefined
  }
}

/** Still images are drawn no larger: they end in a frame of 240×135. */
const STILL_EDGE = 640

function toStill({ kind: _kind, seconds: _seconds, ...drawn }: VideoSpec): MediaSpec {
  const scale = Math.min(1, STILL_EDGE / Math.max(drawn.width, drawn.height))
  const width = Math.max(1, Math.round(drawn.width * scale))
  const height = Math.max(1, Math.round(drawn.height * scale))
  return { ...drawn, kind: 'image', format: 'png', width, height }
}

async function readVideo(file: OwnFile, own: OwnFiles): Promise<SourceVideo | undefined> {
  if ('item' in file) {
    const { spec } = file.item
    if (spec.kind !== 'video') return undefined
    return { facts: spec, still: await own.render(toStill(spec)) }
  }
  const facts = readVideoFacts(file.bytes)
  if (facts) return { facts }
  // WebM and Matroska begin so; they are taken as they are.
  return file.bytes.toString('hex', 0, 4) === '1a45dfa3' ? {} : undefined
}

async function readImage(file: OwnFile, own: OwnFiles): Promise<SourceImage | undefined> {
  const bytes = 'bytes' in file ? file.bytes : await own.render(file.item.spec)
  const size = await measure(bytes)
  return size && { bytes, size }
}

function complain({ loc, url }: Named, type: string, msg: string, ctx?: JsonObject): ErrorDetail {
  const page = `https://docs.fal.ai/errors/#${type}`
  return { loc, msg, type, url: page, ...(ctx && { ctx }), input: url }
}

const VIDEO_FORMATS = ['.mp4', '.mov', '.webm', '.m4v', '.gif']

function complainAboutVideo(named: Named): ErrorDetail {
  const msg = `Unsupported video format. Supported formats are ${VIDEO_FORMATS.join(', ')}.`
  return complain(named, 'unsupported_video_format', msg, { supported_formats: VIDEO_FORMATS })
}

const SOUND_FORMATS = ['.mp3', '.ogg', '.wav', '.m4a', '.aac', '.flac', '.webm', '.mp4']

function complainAboutSound(named: Named): ErrorDetail {
  const msg = `Unsupported audio format. Supported formats are ${SOUND_FORMATS.join(', ')}.`
  return complain(named, 'unsupported_audio_format', msg, { supported_formats: SOUND_FORMATS })
}

interface Draft {
  image?: SourceImage
  sound?: SoundSource
  video?: SourceVideo
  readonly problems: ErrorDetail[]
}

type Add = (draft: Draft, named: Named, file: OwnFile, own: OwnFiles) => Promise<void>

const fieldOf = ({ loc }: Named): string => String(loc.findLast((part) => typeof part === 'string'))

const addVideo: Add = async (draft, named, file, own) => {
  const video = await readVideo(file, own)
  if (!video) draft.problems.push(complainAboutVideo(named))
  else if (!fieldOf(named).includes('mask')) draft.video ??= video
}

const addSound: Add = async (draft, named, file, own) => {
  // fal refuses the one name and takes the other, audio/x-wav.
  const refused = named.url.startsWith('data:audio/wav')
  const sound = refused ? undefined : await readSound(file, own)
  if (!sound) draft.problems.push(complainAboutSound(named))
  else if (!MODEL_VOICE.test(fieldOf(named))) draft.sound ??= sound
}

const addImage: Add = async (draft, named, file, own) => {
  const field = fieldOf(named)
  const image = await readImage(file, own)
  // The mask of a video may be a video.
  if (!image && field.includes('mask') && (await readVideo(file, own))) return
  if (!image) draft.problems.push(complain(named, 'image_load_error', 'Image load error'))
  else if (!SECOND_RATE.test(field)) draft.image ??= image
}

const ADD: Readonly<Record<Medium, Add>> = { video: addVideo, sound: addSound, image: addImage }

/** A file that lies elsewhere on the web is there, and that is all that is known of it. */
function addUnseen(draft: Draft, medium: Medium): void {
  if (medium === 'video') draft.video ??= {}
  if (medium === 'sound') draft.sound ??= UNHEARD
}

/** Reads the files given as data URIs or as our own, and complains as fal does about bad ones. */
export async function readSources(input: JsonObject, own: OwnFiles): Promise<Sources> {
  const draft: Draft = { problems: [] }
  for (const named of listNamed(input, ['body'])) {
    const file = findFile(named.url, own)
    if (file === 'missing') {
      draft.problems.push(complain(named, 'file_download_error', 'File download error'))
    }
    if (typeof file !== 'string') await ADD[named.medium](draft, named, file, own)
    else if (file === 'elsewhere') addUnseen(draft, named.medium)
  }
  return draft
}
