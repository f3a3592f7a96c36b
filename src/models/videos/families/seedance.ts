import type { InputRule, VideoEndpointSpec } from '../video-spec.ts'
import { defineFamily, needed, texts, words } from './define-family.ts'

const FIELDS = ['end_user_id']
const WITH_BITRATE = ['bitrate_mode', 'end_user_id']

/** Facts of all endpoints of the second generation; a length that is not said is the model's choice. */
function facts(id: string, resolutions: readonly string[], fields: readonly string[]) {
  return {
    id: `bytedance/seedance-2.0/${id}`,
    work: 'make',
    duration: { rule: 'listed', field: 'duration', values: texts(4, 15) },
    ratio: words('aspect_ratio', ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16']),
    resolution: words('resolution', resolutions, '720p'),
    sound: { field: 'generate_audio', default: true },
    inputs: {},
    fields,
  } satisfies VideoEndpointSpec
}

/** Up to nine images, three videos, three sounds. */
function list(field: string, max: number): InputRule {
  return { field, list: { min: 1, max } }
}

function threeWays(
  tier: string,
  resolutions: readonly string[],
  fields: readonly string[],
): readonly VideoEndpointSpec[] {
  return [
    facts(`${tier}text-to-video`, resolutions, fields),
    {
      ...facts(`${tier}image-to-video`, resolutions, fields),
      inputs: { firstFrame: needed('image_url'), lastFrame: { field: 'end_image_url' } },
    },
    {
      ...facts(`${tier}reference-to-video`, resolutions, fields),
      inputs: {
        references: list('image_urls', 9),
        video: list('video_urls', 3),
        audio: list('audio_urls', 3),
      },
    },
  ]
}

export const SEEDANCE_2 = threeWays('', ['480p', '720p', '1080p', '4k'], WITH_BITRATE)

export const seedance2 = defineFamily({
  names: ['seedance-2.0', 'seedance-2'],
  owner: 'bytedance',
  endpoints: SEEDANCE_2,
})

export const seedance2Fast = defineFamily({
  names: ['seedance-2.0-fast'],
  owner: 'bytedance',
  endpoints: threeWays('fast/', ['480p', '720p'], WITH_BITRATE),
})

export const seedance2Mini = defineFamily({
  names: ['seedance-2.0-mini'],
  owner: 'bytedance',
  // As people measured it in August 2026.
  endpoints: threeWays('mini/', ['480p', '720p'], FIELDS).map((spec) => ({
    ...spec,
    usualSeconds: 117,
  })),
})

export const SEEDANCE_15 = [
  'fal-ai/bytedance/seedance/v1.5/pro/text-to-video',
  'fal-ai/bytedance/seedance/v1.5/pro/image-to-video',
] as const

export const seedance15 = defineFamily({
  names: ['seedance-1.5-pro', 'seedance-1.5'],
  owner: 'bytedance',
  endpoints: SEEDANCE_15,
  successors: ['seedance-2.0-mini'],
})
