import type { AudioFormat } from '../../job/sound/speech-job.ts'
import { firstOf, furtherFields, wordsOf } from '../audio/infer-fields.ts'
import type { EndpointSchema, SchemaField } from '../schema/endpoint-schema.ts'
import {
  CUSTOMARY_VOICES,
  type FormatRule,
  type NumberRule,
  type SecondsRule,
  type SpeechModel,
  type SpeechSpec,
  type VoiceRule,
} from './speech-spec.ts'

const SOUND = /^(?:audios?|audio_url|audio_file|vocals)$/
const OTHER_MEDIA = /video|image|mesh|glb|text|transcript/

/** Makes of an endpoint's schema the facts that a curated model states; undefined: it makes no sound. */
export function inferSpeech(schema: EndpointSchema): SpeechSpec | undefined {
  const { output } = schema
  if (!output.some((name) => SOUND.test(name))) return undefined
  if (output.some((name) => OTHER_MEDIA.test(name) && !WITH_SOUND.has(name))) return undefined
  return toSpec(schema)
}

/** What is told beside sound: what was said in it. */
const WITH_SOUND = new Set(['text', 'timestamps', 'lyrics'])

/** By their frequency at fal; the first that an endpoint has is what is spoken or described. */
const TEXT_FIELDS = [
  'text',
  'gen_text',
  'transcript',
  'prompt',
  'script',
  'text_prompt',
  'tags',
  'lyrics',
  'preview_text',
]

const INSTRUCTION_FIELDS = [
  'style_instructions',
  'voice_instruction',
  'instructions',
  'emotion_prompt',
  'style_prompt',
  'prompt',
]

function toSpec(schema: EndpointSchema): SpeechSpec {
  // A transcript that may be left out is that of a recording to be imitated.
  const text = firstOf(schema, TEXT_FIELDS, (one) => one.type === 'string' && isMeant(one, schema))
  const instructions = firstOf(
    schema,
    INSTRUCTION_FIELDS.filter((name) => name !== text?.name),
    ({ type }) => type === 'string',
  )
  const voice = inferVoice(schema)
  const format = inferFormat(schema)
  const speed = inferSpeed(schema)
  const seconds = inferSeconds(schema)
  const taken = [text?.name, ...[voice, speed, seconds].map((rule) => plainField(rule))]
  return {
    id: schema.id,
    ...(text !== undefined && { text: toText(text) }),
    ...(voice !== undefined && { voice }),
    ...(speed !== undefined && { speed }),
    ...(instructions !== undefined && { instructions: instructions.name }),
    ...(seconds !== undefined && { seconds }),
    ...format,
    ...(hasHex(schema) && { input: { output_format: 'url' } }),
    ...furtherFields(schema, taken),
  }
}

function isMeant({ name, required }: SchemaField, schema: EndpointSchema): boolean {
  if (name === 'transcript') return required
  // `prompt` beside a required `lyrics` or `script` is how it sounds.
  const sung = firstOf(schema, ['script'], (one) => one.required)
  return name !== 'prompt' || sung === undefined
}

function plainField(rule: { field: string; inside?: string } | undefined): string | undefined {
  return rule?.inside === undefined ? rule?.field : undefined
}

function toText({ name, required, min, max }: SchemaField): NonNullable<SpeechSpec['text']> {
  return {
    field: name,
    ...(!required && { optional: true as const }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

/** MiniMax says voice and speed inside `voice_setting` (fal's type `VoiceSetting`). */
const NESTED = 'voice_setting'

function inferVoice(schema: EndpointSchema): VoiceRule | undefined {
  const field = firstOf(schema, ['voice', 'voice_id', 'speaker', 'target_voice'], isText)
  if (field === undefined) {
    return (
      firstOf(schema, [NESTED]) && { ...inside('voice_id'), names: [], open: true, customary: {} }
    )
  }
  const names = wordsOf(field)
  const usual = field.default
  return {
    field: field.name,
    names,
    ...(names.length === 0 && { open: true as const }),
    customary: spread(names),
    ...(field.required && { required: String(usual ?? names[0] ?? 'default') }),
  }
}

function isText({ type }: SchemaField): boolean {
  return type === 'string'
}

function inside(name: string): { readonly field: string; readonly inside: string } {
  return { field: NESTED, inside: name }
}

/** Nobody has listened: each customary voice gets one of its own where there are enough. */
function spread(names: readonly string[]): VoiceRule['customary'] {
  if (names.length === 0) return {}
  return Object.fromEntries(
    CUSTOMARY_VOICES.map((voice, index) => [voice, names[index % names.length]]),
  )
}

function inferSpeed(schema: EndpointSchema): NumberRule | undefined {
  const field = firstOf(schema, ['speed', 'voice_speed'], isNumber)
  if (field !== undefined) return { field: field.name, ...limitsOf(field) }
  // By its documentation from 0.5 to 2.
  return firstOf(schema, [NESTED]) && { ...inside('speed'), min: 0.5, max: 2 }
}

function isNumber({ type }: SchemaField): boolean {
  return type === 'number' || type === 'integer'
}

function limitsOf({ min, max }: SchemaField): Pick<NumberRule, 'min' | 'max'> {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

const LENGTHS = ['duration', 'duration_seconds', 'seconds_total', 'total_seconds']

/** Sent where an endpoint must be told a length: half a minute of music, as several have by themselves. */
const USUAL_SECONDS = 30

function inferSeconds(schema: EndpointSchema): SecondsRule | undefined {
  const field = firstOf(schema, LENGTHS, isNumber)
  if (field !== undefined) {
    return {
      field: field.name,
      ...limitsOf(field),
      ...(field.type === 'integer' && { whole: true as const }),
      ...(field.required && { required: USUAL_SECONDS }),
    }
  }
  const milliseconds = firstOf(schema, ['music_length_ms'], isNumber)
  if (milliseconds !== undefined) return { field: milliseconds.name, unit: 'ms' }
  const words = firstOf(schema, ['music_duration', 'duration'])
  const values = wordsOf(words).flatMap((word) => (/^\d+s$/.test(word) ? [parseInt(word, 10)] : []))
  return words === undefined || values.length === 0
    ? undefined
    : { field: words.name, unit: '95s', values }
}

/** An endpoint's words for a format, the best first. */
const FORMAT_WORDS: Readonly<Record<AudioFormat, readonly string[]>> = {
  mp3: ['mp3', 'mp3_44100_128'],
  opus: ['ogg_opus', 'opus', 'opus_48000_96'],
  aac: ['aac'],
  flac: ['flac'],
  wav: ['wav'],
  pcm: ['pcm_24000', 'pcm'],
}

type FormatFacts = Pick<SpeechSpec, 'format' | 'makes' | 'sampleRate'>

function inferFormat(schema: EndpointSchema): FormatFacts {
  const field = firstOf(schema, ['output_format', 'audio_format', 'upload_audio_format'], isText)
  const values = toFormats(wordsOf(field))
  if (field === undefined || Object.keys(values).length === 0) return {}
  const makes = Object.entries(values).find(([, word]) => word === field.default)?.[0]
  return {
    format: { field: field.name, values },
    ...(isFormat(makes) && { makes }),
  }
}

function toFormats(words: readonly string[]): FormatRule['values'] {
  const found: Partial<Record<AudioFormat, string>> = {}
  for (const [format, likely] of Object.entries(FORMAT_WORDS)) {
    const word = likely.find((one) => words.includes(one))
    if (word !== undefined && isFormat(format)) found[format] = word
  }
  return found
}

function isFormat(name: string | undefined): name is AudioFormat {
  return name !== undefined && Object.hasOwn(FORMAT_WORDS, name)
}

/** MiniMax writes sound into its answer as digits unless it is told to give an address. */
function hasHex(schema: EndpointSchema): boolean {
  return wordsOf(firstOf(schema, ['output_format'])).includes('hex')
}

/** The model that an endpoint is which no family names. */
export function toSpeechModel(spec: SpeechSpec): SpeechModel {
  return {
    medium: 'speech',
    names: [spec.id],
    owner: spec.id.split('/')[0] ?? 'fal-ai',
    sound: soundOf(spec),
    speak: spec,
  }
}

function soundOf({ id, voice }: SpeechSpec): SpeechModel['sound'] {
  if (/music|lyria|ace-step|diffrhythm|yue|song/.test(id)) return 'music'
  if (voice !== undefined || /tts|speech|voice|vibe|dia\b|chatterbox|zonos|csm|maya/.test(id)) {
    return 'speech'
  }
  return 'sounds'
}
