import type { Endpoint } from '../../endpoints/endpoints.ts'
import { readField } from '../../endpoints/validate-input.ts'
import { isJsonObject, type JsonObject } from '../../json.ts'
import type { Bitrate, SoundFormat, SoundSpec } from '../../media/media-spec.ts'

/** These answer with WAV when nothing is asked; the others with MP3. */
const WAV =
  /kokoro|chatterbox|dia-tts|csm-|f5-tts|stable-audio|cassetteai|zonos|ace-step|yue|diffrhythm|lyria|vibevoice|index-tts|maya|tada|orpheus|mmaudio|thinksound|personaplex|sam-audio|lux-tts|sonauto/i

/** What is asked, and what is made of it: the codecs that nothing here can write are answered in MP3. */
const FORMATS: Readonly<Record<string, SoundFormat>> = {
  mp3: 'mp3',
  wav: 'wav',
  flac: 'flac',
  ogg: 'ogg',
  ogg_opus: 'ogg',
  opus: 'ogg',
  pcm: 'pcm',
  raw: 'pcm',
}

const FIELDS = ['output_format', 'audio_setting', 'audio_format', 'upload_audio_format']
const NAMES = ['format', 'codec', 'container']

function* listAsked(endpoint: Endpoint, input: JsonObject): Generator<string> {
  for (const field of FIELDS) {
    const value = readField(endpoint, input, field)
    if (typeof value === 'string') yield value
    for (const name of isJsonObject(value) ? NAMES : []) {
      const inner = isJsonObject(value) ? value[name] : undefined
      if (typeof inner === 'string') yield inner
    }
  }
}

/** `mp3_44100_128`, `wav`, `ogg_opus`; `url` and `hex` are no formats. */
function readFormat(text: string): SoundFormat | undefined {
  return FORMATS[text] ?? FORMATS[text.split('_')[0] ?? '']
}

/** espeak-ng's own rate. */
const USUAL_RATE = 22_050
const MP3_RATES = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

function readNumber(value: unknown): number | undefined {
  const [, digits, kilo] =
    /^(\d+)\s*(k?)/i.exec(
      typeof value === 'string' || typeof value === 'number' ? `${value}` : '',
    ) ?? []
  if (digits === undefined) return undefined
  return Number(digits) * (kilo ? 1000 : 1)
}

const nearest = (rates: readonly number[], wanted: number): number =>
  rates.toSorted((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted))[0] ?? wanted

function readRate(endpoint: Endpoint, input: JsonObject, asked: readonly string[]): number {
  const written = asked.map((text) => /_(\d{4,5})\b/.exec(text)?.[1]).find(Boolean)
  const places = [input['audio_setting'], input['output_format']].filter(isJsonObject)
  const nested = places.map((place) => readNumber(place['sample_rate']))
  const plain = ['sample_rate', 'sample_rate_hertz'].map((field) =>
    readNumber(readField(endpoint, input, field)),
  )
  const rate = [readNumber(written), ...nested, ...plain].find((value) => value !== undefined)
  return nearest(MP3_RATES, rate ?? USUAL_RATE)
}

const BITRATES: readonly Bitrate[] = [32, 64, 96, 128, 192, 256]
const USUAL_BITRATE = 64

/** MPEG-2 (below 32 kHz) has at most 160 kbit/s, MPEG-2.5 (below 16 kHz) at most 64. */
function readBitrate(asked: readonly string[], sampleRate: number): Bitrate {
  const written = asked.map((text) => /_(\d{2,3})$/.exec(text)?.[1]).find(Boolean)
  const most = sampleRate >= 32_000 ? 320 : sampleRate >= 16_000 ? 160 : 64
  const wanted = Math.min(most, Number(written ?? USUAL_BITRATE))
  return BITRATES.findLast((bitrate) => bitrate <= wanted) ?? 32
}

/** The format that the endpoint answers in. */
export function chooseSoundFormat(
  endpoint: Endpoint,
  input: JsonObject,
): Pick<SoundSpec, 'format' | 'sampleRate' | 'bitrate'> {
  const asked = [...listAsked(endpoint, input)]
  const usual = WAV.test(endpoint.id) ? 'wav' : 'mp3'
  const format = asked.map(readFormat).find(Boolean) ?? usual
  const sampleRate = readRate(endpoint, input, asked)
  return { format, sampleRate, bitrate: readBitrate(asked, sampleRate) }
}
