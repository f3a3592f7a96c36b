import { defineTranscripts } from '../transcript-spec.ts'

export const cohereTranscribe = defineTranscripts({
  medium: 'transcript',
  names: ['cohere-transcribe'],
  owner: 'cohere',
  transcribe: {
    id: 'fal-ai/cohere-transcribe',
    audio: 'audio_url',
    language: {
      field: 'language',
      values: ['en', 'fr', 'de', 'it', 'es', 'pt', 'el', 'nl', 'pl', 'zh', 'ja', 'ko', 'vi', 'ar'],
    },
    times: 'none',
    fields: ['max_new_tokens', 'punctuation'],
  },
})

export const nemotronAsr = defineTranscripts({
  medium: 'transcript',
  names: ['nemotron-asr', 'nemotron-asr-multilingual'],
  owner: 'nvidia',
  transcribe: {
    id: 'nvidia/nemotron-asr-multilingual/asr',
    audio: 'audio_url',
    language: {
      field: 'language',
      values: [
        'auto',
        'en-US',
        'en-GB',
        'es-US',
        'es-ES',
        'de-DE',
        'fr-FR',
        'fr-CA',
        'it-IT',
        'ar-AR',
        'ja-JP',
        'ko-KR',
        'pt-BR',
        'pt-PT',
        'ru-RU',
        'hi-IN',
        'zh-CN',
        'vi-VN',
        'he-IL',
        'nl-NL',
        'cs-CZ',
        'da-DK',
        'pl-PL',
        'nn-NO',
        'nb-NO',
        'sv-SE',
        'th-TH',
        'tr-TR',
        'bg-BG',
        'el-GR',
        'et-EE',
        'fi-FI',
        'hr-HR',
        'hu-HU',
        'lt-LT',
        'lv-LV',
        'ro-RO',
        'sk-SK',
        'uk-UA',
        'mt-MT',
        'sl-SI',
      ],
      default: 'auto',
    },
    times: 'none',
    fields: ['acceleration'],
  },
})

const plain = { audio: 'audio_url', times: 'none', fields: ['use_pnc'] } as const

export const speechToText = defineTranscripts({
  medium: 'transcript',
  names: ['speech-to-text'],
  owner: 'nvidia',
  transcribe: { ...plain, id: 'fal-ai/speech-to-text' },
})

export const speechToTextTurbo = defineTranscripts({
  medium: 'transcript',
  names: ['speech-to-text-turbo'],
  owner: 'nvidia',
  transcribe: { ...plain, id: 'fal-ai/speech-to-text/turbo' },
})
