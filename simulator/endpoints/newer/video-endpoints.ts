import { REFERENCE, type JsonSchema } from '../json-schema.ts'
import type { NewerEndpoint } from './newer-endpoint.ts'

type Fields = Readonly<Record<string, JsonSchema>>

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }
const flag: JsonSchema = { type: 'boolean' }
const urls: JsonSchema = { type: 'array', items: text }
const any: JsonSchema = { type: 'array', items: {} }
const choice = (values: readonly string[], preset?: string): JsonSchema => ({
  type: 'string',
  enum: values,
  ...(preset !== undefined && { default: preset }),
})
const row = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
const whole = (first: number, last: number, preset: number): JsonSchema => ({
  type: 'integer',
  enum: row(first, last),
  default: preset,
})
const video: Fields = { video: { $ref: `${REFERENCE}VideoFile` } }
const seeded: Fields = { ...video, seed: { type: 'integer' } }
const make = (input: Fields, required: readonly string[], output: Fields = video) => ({
  input,
  required,
  output,
})

const seedance = (resolutions: readonly string[]): Fields => ({
  prompt: text,
  aspect_ratio: choice(['auto', '21:9', '16:9', '4:3', '1:1', '3:4', '9:16'], 'auto'),
  duration: choice(['auto', ...row(4, 15).map(String)], 'auto'),
  resolution: choice(resolutions, '720p'),
  generate_audio: { ...flag, default: true },
  bitrate_mode: choice(['standard', 'high'], 'standard'),
  end_user_id: text,
})

function seedanceFamily(tier: string, resolutions: readonly string[]) {
  const { bitrate_mode, ...plain } = seedance(resolutions)
  const fields: Fields = tier === 'mini/' || !bitrate_mode ? plain : { ...plain, bitrate_mode }
  const stem = `bytedance/seedance-2.0/${tier}`
  return {
    [`${stem}text-to-video`]: make(fields, ['prompt'], seeded),
    [`${stem}image-to-video`]: make(
      { ...fields, image_url: text, end_image_url: text },
      ['prompt', 'image_url'],
      seeded,
    ),
    [`${stem}reference-to-video`]: make(
      { ...fields, image_urls: urls, video_urls: urls, audio_urls: urls },
      ['prompt'],
      seeded,
    ),
  }
}

const klingLength = choice(row(3, 15).map(String), '5')
const klingRatio = choice(['16:9', '9:16', '1:1'], '16:9')
const kling4k: Fields = {
  prompt: text,
  negative_prompt: text,
  cfg_scale: number,
  duration: klingLength,
  generate_audio: { ...flag, default: true },
  multi_prompt: any,
  shot_type: choice(['customize', 'intelligent'], 'customize'),
}

function klingTurbo(tier: string) {
  const fields: Fields = { prompt: text, duration: klingLength, multi_prompt: any }
  const stem = `fal-ai/kling-video/v3/turbo/${tier}`
  return {
    [`${stem}/text-to-video`]: make({ ...fields, aspect_ratio: klingRatio }, []),
    [`${stem}/image-to-video`]: make({ ...fields, image_url: text }, ['image_url']),
  }
}

const H3_RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16']
const h3: Fields = { prompt: text, duration: number, resolution: text }

const omni: Fields = {
  prompt: text,
  duration: number,
  aspect_ratio: choice(['16:9', '9:16'], '16:9'),
}

const horse: Fields = {
  prompt: text,
  duration: whole(3, 15, 5),
  resolution: choice(['720p', '1080p'], '1080p'),
  seed: { type: 'integer' },
  enable_safety_checker: flag,
}
const HORSE_RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4']

const pixverse: Fields = {
  prompt: text,
  duration: { ...number, default: 5 },
  resolution: choice(['360p', '540p', '720p', '1080p'], '720p'),
  generate_audio_switch: flag,
  seed: { type: 'integer' },
}
const pixverseRatio = choice(['16:9', '4:3', '1:1', '3:4', '9:16', '2:3', '3:2', '21:9'], '16:9')

const ray: Fields = {
  prompt: text,
  duration: choice(['5s', '10s'], '5s'),
  resolution: choice(['540p', '720p', '1080p'], '720p'),
  hdr: flag,
  exr_export: flag,
}

/** Video endpoints that opened after the installed client's types: their fields as of August 2026. */
export const videoEndpoints: Readonly<Record<string, NewerEndpoint>> = {
  ...seedanceFamily('', ['480p', '720p', '1080p', '4k']),
  ...seedanceFamily('fast/', ['480p', '720p']),
  ...seedanceFamily('mini/', ['480p', '720p']),
  'fal-ai/kling-video/v3/4k/text-to-video': make({ ...kling4k, aspect_ratio: klingRatio }, []),
  'fal-ai/kling-video/v3/4k/image-to-video': make(
    { ...kling4k, start_image_url: text, end_image_url: text, elements: any },
    ['start_image_url'],
  ),
  ...klingTurbo('pro'),
  ...klingTurbo('standard'),
  'minimax/h3/text-to-video': make({ ...h3, aspect_ratio: choice(H3_RATIOS, '16:9') }, ['prompt']),
  'minimax/h3/image-to-video': make({ ...h3, image_url: text, end_image_url: text }, [
    'prompt',
    'image_url',
  ]),
  'minimax/h3/reference-to-video': make(
    {
      ...h3,
      aspect_ratio: choice(['adaptive', ...H3_RATIOS], 'adaptive'),
      reference_image_urls: urls,
      reference_video_urls: urls,
      reference_audio_urls: urls,
    },
    ['prompt'],
  ),
  'google/gemini-omni-flash': make(omni, ['prompt']),
  'google/gemini-omni-flash/image-to-video': make({ ...omni, image_url: text }, [
    'prompt',
    'image_url',
  ]),
  'google/gemini-omni-flash/edit': make({ prompt: text, video_url: text }, ['prompt', 'video_url']),
  'alibaba/happy-horse/v1.1/text-to-video': make(
    { ...horse, aspect_ratio: choice([...HORSE_RATIOS, '21:9', '9:21', '5:4', '4:5'], '16:9') },
    ['prompt'],
    seeded,
  ),
  'alibaba/happy-horse/v1.1/image-to-video': make(
    { ...horse, image_url: text },
    ['image_url'],
    seeded,
  ),
  'alibaba/happy-horse/reference-to-video': make(
    { ...horse, image_urls: urls, aspect_ratio: choice(HORSE_RATIOS, '16:9') },
    ['prompt', 'image_urls'],
    seeded,
  ),
  'alibaba/happy-horse/video-edit': make(
    {
      prompt: text,
      video_url: text,
      reference_image_urls: urls,
      resolution: choice(['720p', '1080p'], '1080p'),
      audio_setting: choice(['auto', 'origin'], 'auto'),
      enable_safety_checker: flag,
      seed: { type: 'integer' },
    },
    ['prompt', 'video_url'],
    seeded,
  ),
  'xai/grok-imagine-video/v1.5/image-to-video': make(
    {
      prompt: text,
      image_url: text,
      duration: number,
      resolution: choice(['480p', '720p', '1080p'], '720p'),
    },
    ['prompt', 'image_url'],
  ),
  'fal-ai/pixverse/c1/text-to-video': make({ ...pixverse, aspect_ratio: pixverseRatio }, [
    'prompt',
  ]),
  'fal-ai/pixverse/c1/image-to-video': make({ ...pixverse, image_url: text }, [
    'prompt',
    'image_url',
  ]),
  'fal-ai/pixverse/c1/transition': make(
    { ...pixverse, aspect_ratio: pixverseRatio, first_image_url: text, end_image_url: text },
    ['prompt', 'first_image_url', 'end_image_url'],
  ),
  'luma/agent/ray/v3.2/text-to-video': make(
    {
      ...ray,
      loop: flag,
      aspect_ratio: choice(['3:4', '4:3', '1:1', '9:16', '16:9', '21:9'], '16:9'),
    },
    ['prompt'],
  ),
  'luma/agent/ray/v3.2/video-to-video': make(
    {
      ...ray,
      video_url: text,
      start_image_url: text,
      keyframes: urls,
      edit_strength: choice(['adhere_1', 'flex_1', 'reimagine_1'], 'flex_1'),
    },
    ['prompt', 'video_url'],
  ),
  'fal-ai/ovi': make(
    {
      prompt: text,
      negative_prompt: text,
      audio_negative_prompt: text,
      num_inference_steps: { type: 'integer', minimum: 1, maximum: 50 },
      resolution: choice(
        ['512x992', '992x512', '960x512', '512x960', '720x720', '448x1120', '1120x448'],
        '992x512',
      ),
      seed: { type: 'integer' },
    },
    ['prompt'],
    seeded,
  ),
  'fal-ai/bernini-r/edit-video': make(
    {
      prompt: text,
      video_url: text,
      negative_prompt: text,
      num_frames: { ...number, default: 81 },
      frames_per_second: { ...number, default: 16 },
      num_inference_steps: { type: 'integer', minimum: 1, maximum: 50 },
      acceleration: choice(['none', 'regular'], 'regular'),
      seed: { type: 'integer' },
    },
    ['prompt', 'video_url'],
    seeded,
  ),
}
