import { createHash } from 'node:crypto'

import type { Endpoint } from '../../endpoints/endpoints.ts'
import { readField } from '../../endpoints/validate-input.ts'
import { isJsonObject, type JsonObject } from '../../json.ts'

interface Language {
  /** ISO 639-1. */
  readonly code: string
  /** ISO 639-3, which ElevenLabs tells. */
  readonly long: string
  /** espeak-ng's voice. */
  readonly voice: string
  /** In an endpoint's id or among its words for languages. */
  readonly names: RegExp
  /** Letters that only it uses among those that are told apart here. */
  readonly script?: RegExp
}

const ENGLISH: Language = { code: 'en', long: 'eng', voice: 'en-us', names: /english/i }

/** Japanese stands before Chinese: its texts have both kinds of letters. */
const LANGUAGES: readonly Language[] = [
  { code: 'ja', long: 'jpn', voice: 'ja', names: /japanese/i, script: /[\u3040-\u30ff]/ },
  { code: 'zh', long: 'zho', voice: 'cmn', names: /chinese|mandarin/i, script: /\p{Script=Han}/u },
  { code: 'ko', long: 'kor', voice: 'ko', names: /korean/i, script: /\p{Script=Hangul}/u },
  { code: 'ru', long: 'rus', voice: 'ru', names: /russian/i, script: /\p{Script=Cyrillic}/u },
  { code: 'ar', long: 'ara', voice: 'ar', names: /arabic/i, script: /\p{Script=Arabic}/u },
  { code: 'hi', long: 'hin', voice: 'hi', names: /hindi/i, script: /\p{Script=Devanagari}/u },
  { code: 'fr', long: 'fra', voice: 'fr-fr', names: /french/i },
  { code: 'de', long: 'deu', voice: 'de', names: /german/i },
  { code: 'es', long: 'spa', voice: 'es', names: /spanish/i },
  { code: 'it', long: 'ita', voice: 'it', names: /italian/i },
  { code: 'pt', long: 'por', voice: 'pt-br', names: /portuguese/i },
  ENGLISH,
]

const FIELDS = ['language', 'language_code', 'language_boost', 'custom_audio_language']

function find(name: string): Language | undefined {
  const [short = ''] = name.toLowerCase().split(/[-_]/)
  const byCode = LANGUAGES.find(({ code, long }) => short === code || short === long)
  return byCode ?? LANGUAGES.find(({ names }) => names.test(name))
}

/** By the letters; everything in Latin letters is taken for English. */
const hear = (text: string): Language =>
  LANGUAGES.find(({ script }) => script?.test(text)) ?? ENGLISH

/** The language that was asked for, or that the text is in. */
export function findLanguage(endpoint: Endpoint, input: JsonObject, text: string): Language {
  const asked = FIELDS.map((field) => input[field]).find((value) => typeof value === 'string')
  const named = typeof asked === 'string' ? find(asked) : undefined
  if (named) return named
  const heard = hear(text)
  return heard === ENGLISH ? (find(endpoint.id) ?? ENGLISH) : heard
}

export const chooseLanguage = (endpoint: Endpoint, input: JsonObject, text: string): string =>
  findLanguage(endpoint, input, text).voice

const TIMBRES = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'f1', 'f2', 'f3', 'f4']

function readVoice(endpoint: Endpoint, input: JsonObject): string {
  const setting = input['voice_setting']
  const nested = isJsonObject(setting) ? setting['voice_id'] : undefined
  const plain = ['voice', 'voice_id', 'speaker', 'speakers', 'target_voice']
  const voices = [nested, ...plain.map((field) => readField(endpoint, input, field))]
  return JSON.stringify(voices.find((voice) => voice !== undefined) ?? '')
}

/** Another timbre for another voice, always the same for the same one. */
export function chooseTimbre(endpoint: Endpoint, input: JsonObject): string {
  const [byte = 0] = createHash('sha256').update(readVoice(endpoint, input)).digest()
  return TIMBRES[byte % TIMBRES.length] ?? 'm1'
}
