import { readMediaKind } from '../media-kind.ts'

/** How the samples of a WAV file are laid out, and where they are. */
export interface WavLayout {
  readonly sampleRate: number
  readonly channels: number
  readonly bits: number
  /** 1: plain numbers. */
  readonly coding: number
  /** Where the samples begin. */
  readonly dataAt: number
  /** How many bytes of samples the header announces; undefined: it was written before that was known. */
  readonly dataBytes: number | undefined
}

/** What the first bytes of a recording say of it. */
export interface AudioHeader {
  readonly contentType: string
  /** The customary ending of such a file's name. */
  readonly ending: string
  /** undefined: it is none, or its samples begin beyond the bytes that were given. */
  readonly wav?: WavLayout
  /** Of a FLAC file; absent: the header does not say. */
  readonly seconds?: number
}

/** What is called a video may be a recording alone, as browsers make them. */
const KINDS: Readonly<Record<string, Kind>> = {
  'audio/wav': { contentType: 'audio/wav', ending: 'wav' },
  'audio/flac': { contentType: 'audio/flac', ending: 'flac' },
  'audio/ogg': { contentType: 'audio/ogg', ending: 'ogg' },
  'audio/mpeg': { contentType: 'audio/mpeg', ending: 'mp3' },
  'audio/aac': { contentType: 'audio/aac', ending: 'aac' },
  'audio/mp4': { contentType: 'audio/mp4', ending: 'm4a' },
  'video/mp4': { contentType: 'audio/mp4', ending: 'm4a' },
  'video/quicktime': { contentType: 'audio/mp4', ending: 'm4a' },
  'video/webm': { contentType: 'audio/webm', ending: 'webm' },
  'video/mpeg': { contentType: 'video/mpeg', ending: 'mpeg' },
}

type Kind = Pick<AudioHeader, 'contentType' | 'ending'>

/** Reads the kind of a recording from its first bytes, at least twelve; undefined: no kind we know. */
export function readAudioHeader(bytes: Uint8Array): AudioHeader | undefined {
  const kind = KINDS[readMediaKind(bytes) ?? '']
  if (kind?.ending === 'wav') return { ...kind, ...readWav(bytes) }
  return kind?.ending === 'flac' ? { ...kind, ...readFlac(bytes) } : kind
}

/**
 * How long a recording is, as its header says, but no longer than what there is of it: what is written as a stream
 * announces as much as the field can hold.
 *
 * @param bytes of the whole file
 * @returns undefined: the header does not say
 */
export function recordingSeconds({ wav, seconds }: AudioHeader, bytes: number): number | undefined {
  const rate = wav === undefined ? 0 : bytesPerSecond(wav)
  return wav === undefined || rate === 0 ? seconds : samplesIn(wav, bytes) / rate
}

/** How many bytes of samples a WAV file of so many bytes has; what may stand behind them is no sound. */
export function samplesIn({ dataAt, dataBytes = Infinity }: WavLayout, bytes: number): number {
  return Math.max(0, Math.min(dataBytes, bytes - dataAt))
}

/** Written where a length was not known yet, as in a stream: nothing, or about as much as 31 or 32 bits hold. */
const LEAST_UNKNOWN = 0x7f_ff_00_00

/** Walks the chunks up to the samples (Microsoft's and IBM's RIFF, 1991). */
function readWav(bytes: Uint8Array): Pick<AudioHeader, 'wav'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format: Pick<WavLayout, 'sampleRate' | 'channels' | 'bits' | 'coding'> | undefined
  let at = 12
  while (at + 8 <= bytes.byteLength) {
    const size = view.getUint32(at + 4, true)
    if (startsWith(bytes, at, 'data')) {
      if (format === undefined) return {}
      const dataBytes = size === 0 || size >= LEAST_UNKNOWN ? undefined : size
      return { wav: { ...format, dataAt: at + 8, dataBytes } }
    }
    if (startsWith(bytes, at, 'fmt ') && at + 24 <= bytes.byteLength) {
      format = {
        coding: view.getUint16(at + 8, true),
        channels: view.getUint16(at + 10, true),
        sampleRate: view.getUint32(at + 12, true),
        bits: view.getUint16(at + 22, true),
      }
    }
    // A chunk of an odd length is followed by a byte of nothing.
    at += 8 + size + (size % 2)
  }
  return {}
}

function bytesPerSecond({ sampleRate, channels, bits }: WavLayout): number {
  return (sampleRate * channels * bits) / 8
}

/** The first block says how many samples there are, 36 bits of them (RFC 9639 §8.2). */
function readFlac(bytes: Uint8Array): Pick<AudioHeader, 'seconds'> {
  if (bytes.byteLength < 26) return {}
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rate = view.getUint32(18) >>> 12
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22)
  return rate > 0 && samples > 0 ? { seconds: samples / rate } : {}
}

const WAV_HEADER_BYTES = 44

/**
 * The header of a WAV file with bare 16-bit samples.
 *
 * @param dataBytes undefined: not known, as in a stream
 */
export function writeWavHeader(
  { sampleRate, channels }: Pick<WavLayout, 'sampleRate' | 'channels'>,
  dataBytes: number | undefined,
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(WAV_HEADER_BYTES)
  const view = new DataView(header.buffer)
  const write = (at: number, text: string): void => {
    header.set(new TextEncoder().encode(text), at)
  }
  const length = dataBytes ?? 0xff_ff_ff_ff - WAV_HEADER_BYTES
  write(0, 'RIFF')
  view.setUint32(4, length + WAV_HEADER_BYTES - 8, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * channels * 2, true)
  view.setUint16(32, channels * 2, true)
  view.setUint16(34, 16, true)
  write(36, 'data')
  view.setUint32(40, length, true)
  return header
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return Array.from(text).every((letter, index) => bytes[at + index] === letter.codePointAt(0))
}
