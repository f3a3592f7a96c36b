import { REFERENCE, type JsonSchema } from '../json-schema.ts'
import type { NewerEndpoint } from './newer-endpoint.ts'

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }
const choice = (values: readonly string[], preset?: string): JsonSchema => ({
  type: 'string',
  enum: values,
  ...(preset !== undefined && { default: preset }),
})

const sound = { audio: { $ref: `${REFERENCE}AudioFile` } }

/** Of the nine languages the installed client's types give eight the voices of one. */
const kokoro = (voices: readonly string[]): NewerEndpoint => ({
  input: { prompt: text, speed: { type: 'number', default: 1 }, voice: choice(voices) },
  required: ['prompt', 'voice'],
  output: sound,
})

const wizper: NewerEndpoint = {
  input: {
    audio_url: text,
    chunk_level: { type: 'string', default: 'segment' },
    // The types leave out what the field's description says: with `None` the language is found out.
    language: {
      anyOf: [
        {
          type: 'string',
          enum: 'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh'.split(
            ' ',
          ),
        },
        { type: 'null' },
      ],
      default: 'en',
    },
    max_segment_len: { type: 'number', default: 29 },
    merge_chunks: { type: 'boolean', default: true },
    task: choice(['transcribe', 'translate'], 'transcribe'),
    version: { type: 'string', default: '3' },
  },
  required: ['audio_url'],
  output: {
    chunks: { type: 'array', items: {} },
    languages: { type: 'array', items: text },
    text,
  },
}

const gemini31: NewerEndpoint = {
  input: {
    language_code: text,
    output_format: choice(['wav', 'mp3', 'ogg_opus'], 'mp3'),
    prompt: { type: 'string', minLength: 3, maxLength: 50_000 },
    speakers: { type: 'array', items: {} },
    style_instructions: text,
    temperature: { type: 'number', default: 1 },
    voice: choice(
      'Achernar Achird Algenib Algieba Alnilam Aoede Autonoe Callirrhoe Charon Despina Enceladus Erinome Fenrir Gacrux Iapetus Kore Laomedeia Leda Orus Pulcherrima Puck Rasalgethi Sadachbia Sadaltager Schedar Sulafat Umbriel Vindemiatrix Zephyr Zubenelgenubi'.split(
        ' ',
      ),
      'Kore',
    ),
  },
  required: ['prompt'],
  output: sound,
}

/**
 * Endpoints with sound that opened after the installed client's types, or that those describe wrongly: their
 * fields as fal's own schemas of August 2026 gave them.
 */
export const audioEndpoints: Readonly<Record<string, NewerEndpoint>> = {
  'fal-ai/kokoro/brazilian-portuguese': kokoro(['pf_dora', 'pm_alex', 'pm_santa']),
  'fal-ai/kokoro/british-english': kokoro([
    'bf_alice',
    'bf_emma',
    'bf_isabella',
    'bf_lily',
    'bm_daniel',
    'bm_fable',
    'bm_george',
    'bm_lewis',
  ]),
  'fal-ai/kokoro/italian': kokoro(['if_sara', 'im_nicola']),
  'fal-ai/kokoro/japanese': kokoro([
    'jf_alpha',
    'jf_gongitsune',
    'jf_nezumi',
    'jf_tebukuro',
    'jm_kumo',
  ]),
  'fal-ai/kokoro/mandarin-chinese': kokoro([
    'zf_xiaobei',
    'zf_xiaoni',
    'zf_xiaoxiao',
    'zf_xiaoyi',
    'zm_yunjian',
    'zm_yunxi',
    'zm_yunxia',
    'zm_yunyang',
  ]),
  'fal-ai/kokoro/spanish': kokoro(['ef_dora', 'em_alex', 'em_santa']),
  'fal-ai/wizper': wizper,
  'fal-ai/gemini-3.1-flash-tts': gemini31,
  'fal-ai/cohere-transcribe': {
    input: {
      audio_url: text,
      language: choice('en fr de it es pt el nl pl zh ja ko vi ar'.split(' '), 'en'),
      max_new_tokens: number,
      punctuation: { type: 'boolean', default: true },
    },
    required: ['audio_url'],
    output: { text, timings: {} },
  },
  'nvidia/nemotron-asr-multilingual/asr': {
    input: {
      audio_url: text,
      language: choice(
        'auto en-US en-GB es-US es-ES de-DE fr-FR fr-CA it-IT ar-AR ja-JP ko-KR pt-BR pt-PT ru-RU hi-IN zh-CN vi-VN he-IL nl-NL cs-CZ da-DK pl-PL nn-NO nb-NO sv-SE th-TH tr-TR bg-BG el-GR et-EE fi-FI hr-HR hu-HU lt-LT lv-LV ro-RO sk-SK uk-UA mt-MT sl-SI'.split(
          ' ',
        ),
        'auto',
      ),
      acceleration: choice(['none', 'regular', 'high', 'full']),
    },
    required: ['audio_url'],
    output: { output: text, partial: { type: 'boolean' } },
  },
}
