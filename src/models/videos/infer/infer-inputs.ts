import type { SchemaField } from '../../schema/endpoint-schema.ts'
import { INPUTS, type InputRule, type VideoEndpointSpec, type VideoInput } from '../video-spec.ts'

/** The fields in which fal's endpoints take what a video is made of; the usual name of each first. */
const NAMES: Readonly<Record<VideoInput, readonly string[]>> = {
  firstFrame: [
    'start_image_url',
    'first_frame_url',
    'first_image_url',
    'first_frame_image_url',
    'image_url',
    'source_image_url',
    'input_image_url',
  ],
  lastFrame: [
    'end_image_url',
    'last_frame_url',
    'last_image_url',
    'last_frame_image_url',
    'tail_image_url',
  ],
  references: [
    'image_urls',
    'reference_image_urls',
    'ref_image_urls',
    'input_image_urls',
    'subject_reference_image_url',
    'reference_image_url',
  ],
  video: [
    'video_url',
    'source_video_url',
    'input_video_url',
    'video_urls',
    'reference_video_urls',
    'video',
  ],
  audio: ['audio_url', 'driven_audio_url', 'audio_urls', 'reference_audio_urls'],
}

/** Where no maximum is stated. */
const USUAL_MOST = 7

/** Which fields take images, a video or a sound: of several for one thing that which must be there. */
export function inferInputs(fields: readonly SchemaField[]): VideoEndpointSpec['inputs'] {
  const rules = INPUTS.flatMap((input) => {
    const among = NAMES[input].flatMap(
      (name) => fields.find((field) => field.name === name && canHold(field)) ?? [],
    )
    const field = among.find(({ required }) => required) ?? among[0]
    return field === undefined ? [] : [[input, toRule(field)] as const]
  })
  return Object.fromEntries(rules)
}

function canHold({ name, type, values }: SchemaField): boolean {
  if (values !== undefined) return false
  // `video` of LTX is an object: what it is to begin with, and more about it.
  if (type === 'object') return name === 'video'
  return type === (name.endsWith('s') ? 'array' : 'string')
}

function toRule({ name, type, required, min, max }: SchemaField): InputRule {
  return {
    field: name,
    ...(type === 'array' && { list: { min: Math.max(1, min ?? 1), max: max ?? USUAL_MOST } }),
    ...(type === 'object' && { inside: 'video_url' }),
    ...(required && { required: true as const }),
  }
}
