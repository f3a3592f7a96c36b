import { defineTranscripts, type TranscriptSpec } from '../transcript-spec.ts'

/** Whisper's own languages. */
const LANGUAGES =
  'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh'.split(
    ' ',
  )

/** Serves OpenAI's names too, see `openai-names.ts`. */
export const wizperV3 = {
  id: 'fal-ai/wizper',
  audio: 'audio_url',
  language: {
    field: 'language',
    values: LANGUAGES,
    // "If `None` is passed, the language will be automatically detected"; its default is English.
    default: null,
  },
  translate: { field: 'task', value: 'translate' },
  times: 'segments',
  // Merged chunks are up to 29 s long, too long for a subtitle.
  forTimes: { merge_chunks: false },
  fields: ['chunk_level', 'max_segment_len', 'merge_chunks', 'version'],
} as const satisfies TranscriptSpec

export const wizper = defineTranscripts({
  medium: 'transcript',
  names: ['wizper', 'whisper-large-v3', 'whisper'],
  owner: 'openai',
  transcribe: wizperV3,
})
