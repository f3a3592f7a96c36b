import type { Endpoint } from '../endpoints/endpoints.ts'
import type { JsonSchema } from '../endpoints/json-schema.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import type { ImageSpec, MediaSpec, SoundSpec, VideoSpec } from '../media/media-spec.ts'
import { contentTypeOf, knownLength } from '../media/media-store.ts'
import type { MediaField } from './output-fields.ts'
import { toSample } from './sample.ts'
import type { ToldFile } from './told-file.ts'

interface Described {
  readonly field: MediaField
  readonly spec: MediaSpec
  readonly bytes: number | undefined
  readonly file: ToldFile
}

interface Facts {
  readonly endpoint: Endpoint
  readonly forced: { readonly size: boolean; readonly noSize: boolean }
}

/** These models leave the size out of their answer, though their types have it. */
const WITHOUT_SIZE = /nano-banana|imagen|gemini|seedream/
/** This one gives nothing but the URL. */
const URL_ONLY = /seedream/

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1)

function describeImage(facts: Facts, { field, file }: Described, spec: ImageSpec): JsonObject {
  const { url } = file
  const properties = field.item.properties ?? {}
  const { endpoint, forced } = facts
  const typed = 'width' in properties && !WITHOUT_SIZE.test(endpoint.id)
  const sized = (typed || forced.size) && !forced.noSize
  const described = !URL_ONLY.test(endpoint.id)
  const named = described && !('file_data' in properties && typed) && !url.startsWith('data:')
  return {
    url,
    ...(sized && { width: spec.width, height: spec.height }),
    ...(described && { content_type: `image/${spec.format}` }),
    ...(named && { file_name: nameOf(url) }),
  }
}

/** What fal's videos have, whatever is encoded here. */
const FRAMES_PER_SECOND = 24

function measureVideo(spec: VideoSpec): JsonObject {
  const { width, height, seconds } = spec
  const frames = Math.round(seconds * FRAMES_PER_SECOND)
  const ratio = `${width}:${height}`
  return {
    width,
    height,
    duration: seconds,
    fps: FRAMES_PER_SECOND,
    num_frames: frames,
    frame_count: frames,
    resolution: { width, height, aspect_ratio: ratio },
    bitrate: 1_000_000,
    codec: 'h264',
    container: 'mp4',
    timebase: `1/${FRAMES_PER_SECOND}`,
    media_type: 'video',
  }
}

function measureSound(spec: SoundSpec, seconds: number): JsonObject {
  const bits = spec.format === 'mp3' ? spec.bitrate * 1000 : spec.sampleRate * 16
  return {
    duration: seconds,
    sample_rate: spec.sampleRate,
    channels: 1,
    bitrate: bits,
    codec: spec.format,
    container: spec.format,
    media_type: 'audio',
  }
}

function measure(spec: MediaSpec, { seconds = 0 }: ToldFile): JsonObject {
  if (spec.kind === 'video') return measureVideo(spec)
  return spec.kind === 'sound' ? measureSound(spec, seconds) : {}
}

/** Everything that can be said, cut to what the file's type knows. */
function describeOther({ endpoint, forced }: Facts, described: Described): JsonObject {
  const { field, spec, bytes, file } = described
  const { url } = file
  const length = file.length ?? knownLength({ spec, bytes })
  const inline = url.startsWith('data:')
  const basic = {
    content_type: contentTypeOf(spec),
    ...(!inline && { file_name: nameOf(url) }),
    ...(length !== undefined && { file_size: length }),
  }
  const properties: Readonly<Record<string, JsonSchema>> = field.item.properties ?? {}
  const size = new Set(['width', 'height'])
  const isSaid = ([name]: readonly [string, unknown]): boolean =>
    size.has(name) ? !forced.noSize && (forced.size || name in properties) : name in properties
  const said = Object.entries(measure(spec, file)).filter(isSaid)
  // Whatever else the type promises.
  const promised = toSample(field.item, endpoint.components)
  return { ...(isJsonObject(promised) && promised), url, ...basic, ...Object.fromEntries(said) }
}

/** The object that tells of a file, as the endpoint's answer has it. */
export function describeFile(facts: Facts, described: Described): JsonObject {
  const { spec } = described
  if (spec.kind === 'image') return describeImage(facts, described, spec)
  return describeOther(facts, described)
}
