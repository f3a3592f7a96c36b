import type { Endpoint } from '../../endpoints/endpoints.ts'
import { readField } from '../../endpoints/validate-input.ts'
import { isJsonObject, type JsonObject } from '../../json.ts'
import type { SoundSpec, Speech, Tones } from '../../media/media-spec.ts'
import { isSpeaking } from './main-text.ts'
import { chooseSoundFormat } from './sound-format.ts'
import { chooseLanguage, chooseTimbre } from './voices.ts'

type Read = (field: string) => unknown

/** Endpoints that give back the sound they were sent, made better or said by somebody else. */
const REWORKING =
  /speech-to-speech|voice-changer|isolation|loudnorm|deepfilternet|lava-sr|nova-sr|compressor|impulse-response|merge-audios|separate|demucs/

const TONE_LENGTHS = [
  'duration',
  'duration_seconds',
  'seconds_total',
  'total_seconds',
  'music_duration',
  'extend_duration',
  'append_duration',
]
const USUAL_SECONDS = 10
/** Longer than any endpoint makes. */
const LONGEST = 600

function readSeconds(value: unknown): number | undefined {
  const [, text] = /^(\d+(?:\.\d+)?)s?$/.exec(typeof value === 'string' ? value : '') ?? []
  const seconds = typeof value === 'number' ? value : Number(text)
  return seconds > 0 ? Math.min(LONGEST, seconds) : undefined
}

function readSpeed(read: Read): number {
  const setting = read('voice_setting')
  const nested = isJsonObject(setting) ? setting['speed'] : undefined
  const speeds = [nested, ...['speed', 'voice_speed', 'speed_up_factor'].map(read)]
  return speeds.filter((value) => typeof value === 'number').find((value) => value > 0) ?? 1
}

/** What was sent along. */
export interface SoundSource {
  readonly text: string
  readonly seconds: number
  /** How it was made, when it was made here. */
  readonly content?: Speech | Tones
}

export interface SoundRequest {
  readonly endpoint: Endpoint
  readonly input: JsonObject
  readonly prompt: string
  readonly source: SoundSource | undefined
  /** The length of the video that gets a sound, in seconds. */
  readonly videoSeconds: number | undefined
}

function readAsked(read: Read): number | undefined {
  const milliseconds = read('music_length_ms')
  if (typeof milliseconds === 'number') return readSeconds(milliseconds / 1000)
  return TONE_LENGTHS.map((field) => readSeconds(read(field))).find((value) => value !== undefined)
}

/** How much longer the source shall become, in seconds. */
function readMore(read: Read, endpoint: Endpoint): number {
  const sides = ['extend_before_duration', 'extend_after_duration'].map(read).map(readSeconds)
  const more = sides.reduce<number>((sum, side) => sum + (side ?? 0), 0)
  if (more > 0 || !endpoint.id.includes('extend')) return more
  return readAsked(read) ?? USUAL_SECONDS
}

function readLength(read: Read, { source, videoSeconds, endpoint }: SoundRequest): number {
  const more = source ? readMore(read, endpoint) : 0
  if (source && more > 0) return Math.min(LONGEST, source.seconds + more)
  return readAsked(read) ?? source?.seconds ?? videoSeconds ?? USUAL_SECONDS
}

function rework(source: SoundSource, speech: Speech, endpoint: Endpoint): Speech | Tones {
  if (isSpeaking(endpoint.id)) return speech
  return source.content ?? { kind: 'tones', seconds: source.seconds }
}

/** The sound that the endpoint would make: speech of the text, a tune of the asked length, or the source anew. */
export function planSound(request: SoundRequest): Omit<SoundSpec, 'seed' | 'index'> {
  const { endpoint, input, prompt, source } = request
  const read: Read = (field) => readField(endpoint, input, field)
  const format = chooseSoundFormat(endpoint, input)
  const reworked = source && REWORKING.test(endpoint.id)
  const preset = read('text')
  const said = prompt === '' && typeof preset === 'string' ? preset : prompt
  const text = reworked ? source.text : said
  const speech: Speech = {
    kind: 'speech',
    language: chooseLanguage(endpoint, input, text),
    timbre: chooseTimbre(endpoint, input),
    speed: readSpeed(read),
  }
  const base = { kind: 'sound', text, ...format } as const
  if (reworked) return { ...base, content: rework(source, speech, endpoint) }
  if (isSpeaking(endpoint.id)) return { ...base, content: speech }
  return { ...base, content: { kind: 'tones', seconds: readLength(read, request) } }
}
