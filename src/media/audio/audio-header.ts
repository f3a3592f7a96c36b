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
  /** undefined: the header does not say. */
  readonly seconds?: number
}

/** Reads the kind of a recording from its first bytes, at least twelve; undefined: no kind we know. */
export function readAudioHeader(bytes: Uint8Array): AudioHeader | undefined {
  const is = (at: number, text: string): boolean => startsWith(bytes, at, text)
  if ((is(0, 'RIFF') || is(0, 'RF64')) && is(8, 'WAVE')) return readWav(bytes)
  if (is(0, 'fLaC')) return readFlac(bytes)
  if (is(0, 'OggS')) return { contentType: 'audio/ogg', ending: 'ogg' }
  if (is(4, 'ftyp')) return { contentType: 'audio/mp4', ending: 'm4a' }
  if (is(0, '\u001aE\u00df\u00a3')) return { contentType: 'audio/webm', ending: 'webm' }
  if (is(0, 'ID3')) return { contentType: 'audio/mpeg', ending: 'mp3' }
  // A program stream, which is what `.mpeg` and `.mpga` are when they are no bare layers.
  if (is(0, '\u0000\u0000\u0001\u00ba')) return { contentType: 'video/mpeg', ending: 'mpeg' }
  return readFrame(bytes)
}

/** A bare frame: eleven ones, then a version and a layer; the layer 0 is AAC's (ISO/IEC 13818-7, ADTS). */
function readFrame(bytes: Uint8Array): AudioHeader | undefined {
  const [first = 0, second = 0, third = 0] = bytes
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined
  if ((second & 0xf6) === 0xf0) return { contentType: 'audio/aac', ending: 'aac' }
  const [version, layer, bitrate] = [(second >> 3) & 3, (second >> 1) & 3, third >> 4]
  // The first layer is nobody's any more: its bits are the mark of UTF-16.
  if (layer === 3) return undefined
  // Values that the standard keeps free (ISO/IEC 11172-3, 2.4.2.3).
  const isFree = version === 1 || layer === 0 || bitrate === 15 || ((third >> 2) & 3) === 3
  return isFree ? undefined : { contentType: 'audio/mpeg', ending: 'mp3' }
}

const WAV = { contentType: 'audio/wav', ending: 'wav' } as const
/** Written where a length was not known yet, as in a stream. */
const NO_LENGTH = new Set([0, 0xff_ff_ff_ff])

/** Walks the chunks up to the samples (Microsoft's and IBM's RIFF, 1991). */
function readWav(bytes: Uint8Array): AudioHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format: Pick<WavLayout, 'sampleRate' | 'channels' | 'bits' | 'coding'> | undefined
  let at = 12
  while (at + 8 <= bytes.byteLength) {
    const size = view.getUint32(at + 4, true)
    if (startsWith(bytes, at, 'data')) {
      if (format === undefined) return WAV
      const dataBytes = NO_LENGTH.has(size) ? undefined : size
      const wav = { ...format, dataAt: at + 8, dataBytes }
      const seconds = dataBytes === undefined ? undefined : dataBytes / bytesPerSecond(wav)
      const isKnown = seconds !== undefined && Number.isFinite(seconds)
      return { ...WAV, wav, ...(isKnown && { seconds }) }
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
  return WAV
}

function bytesPerSecond({ sampleRate, channels, bits }: WavLayout): number {
  return (sampleRate * channels * bits) / 8
}

/** The first block says how many samples there are, 36 bits of them (RFC 9639 §8.2). */
function readFlac(bytes: Uint8Array): AudioHeader {
  const flac = { contentType: 'audio/flac', ending: 'flac' }
  if (bytes.byteLength < 26) return flac
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rate = view.getUint32(18) >>> 12
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22)
  return rate > 0 && samples > 0 ? { ...flac, seconds: samples / rate } : flac
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
