import { REFERENCE, type JsonSchema } from '../json-schema.ts'
import type { NewerEndpoint } from './newer-endpoint.ts'

type Fields = NewerEndpoint['input']

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }
const integer: JsonSchema = { type: 'integer' }
const flag: JsonSchema = { type: 'boolean' }
const choice = (values: readonly string[], preset?: string): JsonSchema => ({
  type: 'string',
  enum: values,
  ...(preset !== undefined && { default: preset }),
})
const rate = (values: readonly number[], preset: number): JsonSchema => ({
  type: 'integer',
  enum: values,
  default: preset,
})

const sound: Fields = { audio: { $ref: `${REFERENCE}AudioFile` } }
const sounds: Fields = { audio: { type: 'array', items: { $ref: `${REFERENCE}AudioFile` } } }
const make = (
  input: Fields,
  required: readonly string[],
  output: Fields = sound,
): NewerEndpoint => ({ input, required, output })

/** Some of its voices. */
const SEED_VOICES = [
  'vivi_mixed_en_zh_ja_es_id',
  'stokie_en',
  'dacey_en',
  'tim_en',
  'kian_en_zh',
  'sophie_en_zh',
  'jean_en_zh',
  'nadia_en_zh',
]
const QWEN_VOICES = [
  'Cherry',
  'Serena',
  'Ethan',
  'Chelsie',
  'Vivian',
  'Ryan',
  'Aiden',
  'Dylan',
  'Eric',
]
const QWEN_LANGUAGES = ['Auto', 'Chinese', 'English', 'Spanish', 'French', 'German', 'Japanese']

const musicSetting: JsonSchema = {
  type: 'object',
  properties: {
    format: choice(['mp3', 'wav', 'pcm'], 'mp3'),
    sample_rate: rate([16_000, 24_000, 32_000, 44_100], 44_100),
  },
}
const minimaxMusic = make(
  {
    prompt: text,
    lyrics: text,
    lyrics_optimizer: flag,
    is_instrumental: flag,
    audio_setting: musicSetting,
  },
  ['prompt'],
)

const lyria = make({ prompt: text, image_url: text }, ['prompt'], { ...sound, lyrics: text })

/** Speech, music and noises that opened after the installed client's types: their fields as of August 2026. */
export const soundEndpoints: Readonly<Record<string, NewerEndpoint>> = {
  'fal-ai/bytedance/seed-speech/tts/v2': make(
    {
      text,
      voice: choice(SEED_VOICES, 'vivi_mixed_en_zh_ja_es_id'),
      language: choice(['zh', 'en', 'ja', 'es-mx', 'id', 'pt-br', 'ko', 'it', 'de', 'fr']),
      output_format: choice(['mp3', 'opus'], 'mp3'),
      sample_rate: rate([8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000], 24_000),
      speed: { ...number, default: 1 },
      pitch: number,
      volume: number,
      voice_instruction: text,
    },
    ['text'],
  ),
  'alibaba/qwen-audio-3-tts': make(
    { text, voice: choice(QWEN_VOICES, 'Cherry'), language: choice(QWEN_LANGUAGES, 'Auto') },
    ['text'],
  ),
  'bytedance/seed-audio-1.0': make(
    {
      prompt: text,
      voice: text,
      audio_urls: { type: 'array', items: text },
      image_url: text,
      multilingual: flag,
      output_format: choice(['wav', 'mp3', 'pcm', 'ogg_opus'], 'mp3'),
      sample_rate: rate([8000, 16_000, 24_000, 32_000, 44_100, 48_000], 24_000),
      speed: { ...number, default: 1 },
      pitch: number,
      volume: number,
    },
    ['prompt'],
  ),
  'fal-ai/zonos2': make(
    { text, reference_audio_url: text, language: text, temperature: number, seed: integer },
    ['reference_audio_url'],
    { ...sound, seed: integer },
  ),
  'fal-ai/lyria3': lyria,
  'fal-ai/lyria3/pro': lyria,
  'fal-ai/minimax-music/v2.5': minimaxMusic,
  'fal-ai/minimax-music/v2.6': minimaxMusic,
  'mirelo-ai/sfx1.6/text-to-audio': make(
    {
      text_prompt: text,
      duration: { ...number, default: 10 },
      num_samples: { ...integer, default: 1 },
      ambience: flag,
      double_output: flag,
      upload_audio_format: choice(['wav', 'mp3', 'aac', 'flac'], 'wav'),
      seed: integer,
    },
    ['text_prompt'],
    sounds,
  ),
  'sonilo/v1.1/text-to-music': make(
    { prompt: text, duration: { ...number, default: 30 }, num_samples: { ...integer, default: 1 } },
    ['prompt'],
    { ...sound, audios: { type: 'array', items: { $ref: `${REFERENCE}AudioFile` } } },
  ),
}
