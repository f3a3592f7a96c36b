import { REFERENCE, type JsonSchema } from '../json-schema.ts'
import type { NewerEndpoint } from './newer-endpoint.ts'
import { usualImageEndpoint } from './newer-endpoints.ts'

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }
const flag: JsonSchema = { type: 'boolean' }
const texts: JsonSchema = { type: 'array', items: text }

const video: NewerEndpoint = {
  input: {
    prompt: text,
    negative_prompt: text,
    image_url: text,
    end_image_url: text,
    image_urls: texts,
    video_url: text,
    audio_url: text,
    duration: number,
    resolution: text,
    aspect_ratio: text,
    generate_audio: flag,
    seed: { type: 'integer' },
  },
  required: [],
  output: { video: { $ref: `${REFERENCE}VideoFile` }, seed: { type: 'integer' } },
}

const speech: NewerEndpoint = {
  input: { text, voice: text, speed: number, language: text, output_format: text },
  required: ['text'],
  output: { audio: { $ref: `${REFERENCE}AudioFile` } },
}

const music: NewerEndpoint = {
  input: { prompt: text, duration: number, seed: { type: 'integer' } },
  required: ['prompt'],
  output: { audio: { $ref: `${REFERENCE}AudioFile` } },
}

const transcript: NewerEndpoint = {
  input: { audio_url: text, language: text },
  required: ['audio_url'],
  output: { text, words: { type: 'array', items: {} }, language_code: text },
}

/** What an endpoint's name says of it; the first that fits. */
const KINDS: readonly (readonly [RegExp, NewerEndpoint])[] = [
  [/to-video|video-to|(extend|edit)-video|\/(lipsync|lip-sync)/, video],
  [/speech-to-text|transcri|\/asr$/, transcript],
  [/\btts\b|text-to-speech/, speech],
  [/to-(audio|music)|sound-effects|music/, music],
  [
    /image|imagin|flux|diffusion|banana|dream|sdxl|paint|photo|draw|pixel|upscal|ideogram|recraft|krea|text-to-vector/i,
    usualImageEndpoint,
  ],
]

/** For an endpoint that nobody described: the fields that most of fal's endpoints of its kind share. */
export const usualEndpoint = (id: string): NewerEndpoint | undefined =>
  KINDS.find(([names]) => names.test(id))?.[1]
