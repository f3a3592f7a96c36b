import type { SoundSpec } from '../media-spec.ts'
import { id3Length, readId3 } from './id3.ts'
import { listChunks } from './wav.ts'

export interface SoundFacts {
  /** Absent when the format is known but cannot be measured here. */
  readonly seconds?: number
  /** What a sound of ours says of itself. */
  readonly text?: string
}

function withText(seconds: number | undefined, text: string | undefined): SoundFacts {
  return { ...(seconds !== undefined && { seconds }), ...(text !== undefined && { text }) }
}

function readWav(bytes: Buffer): SoundFacts {
  const chunks = listChunks(bytes)
  const format = chunks.find(({ name }) => name === 'fmt ')?.body
  const data = chunks.find(({ name }) => name === 'data')?.body
  const list = chunks.find(
    ({ name, body }) => name === 'LIST' && body.toString('latin1', 0, 4) === 'INFO',
  )
  const comment = list && listChunks(list.body, 4).find(({ name }) => name === 'ICMT')?.body
  const rate = format && format.length >= 16 ? format.readUInt32LE(8) : 0
  const seconds = data && rate > 0 ? data.length / rate : undefined
  // Ends with a zero byte.
  return withText(seconds, comment?.toString('utf8').split('\u0000')[0])
}

const MPEG1_BITRATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const MPEG2_BITRATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const SAMPLE_RATES = [44_100, 48_000, 32_000]

interface Mp3Frame {
  readonly bytes: number
  readonly seconds: number
}

/** The version's bits: 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5; 1 is none. */
const RATE_DIVISORS: Readonly<Record<number, number>> = { 3: 1, 2: 2, 0: 4 }

/** The header of an MPEG audio frame, layer III. */
function readFrame(bytes: Buffer, at: number): Mp3Frame | undefined {
  if (at + 4 > bytes.length) return undefined
  const first = bytes.readUInt8(at)
  const second = bytes.readUInt8(at + 1)
  const third = bytes.readUInt8(at + 2)
  const version = (second >> 3) & 3
  const divisor = RATE_DIVISORS[version]
  if (first !== 0xff || (second & 0xe6) !== 0xe2 || divisor === undefined) return undefined
  const bitrate = (version === 3 ? MPEG1_BITRATES : MPEG2_BITRATES)[third >> 4] ?? 0
  const rate = (SAMPLE_RATES[(third >> 2) & 3] ?? 0) / divisor
  if (bitrate === 0 || rate === 0) return undefined
  const samples = version === 3 ? 1152 : 576
  const padding = (third >> 1) & 1
  return { bytes: Math.floor((samples * bitrate * 125) / rate) + padding, seconds: samples / rate }
}

function readMp3(bytes: Buffer): SoundFacts | undefined {
  let at = 0
  for (let tag = id3Length(bytes); tag > 0; tag = id3Length(bytes, at)) at += tag
  let seconds = 0
  for (let frame = readFrame(bytes, at); frame; frame = readFrame(bytes, at)) {
    seconds += frame.seconds
    at += frame.bytes
  }
  return seconds === 0 ? undefined : withText(seconds, readId3(bytes))
}

/** The only field that we write, and so the last one. */
const FLAC_FIELD = 'COMMENT='

function readFlac(bytes: Buffer): SoundFacts {
  if (bytes.length < 42) return {}
  const packed = bytes.readBigUInt64BE(18)
  const rate = Number(packed >> 44n)
  const samples = Number(packed & 0xf_ff_ff_ff_ffn)
  const block = readFlacComment(bytes)
  const start = block.indexOf(FLAC_FIELD)
  const comment = start < 0 ? undefined : block.slice(start + FLAC_FIELD.length)
  return withText(rate > 0 ? samples / rate : undefined, comment)
}

function readFlacComment(bytes: Buffer): string {
  let at = 4
  while (at + 4 <= bytes.length) {
    const type = bytes[at] ?? 0
    const length = bytes.readUIntBE(at + 1, 3)
    if ((type & 0x7f) === 4) return bytes.toString('utf8', at + 4, at + 4 + length)
    if ((type & 0x80) !== 0) break
    at += 4 + length
  }
  return ''
}

/** The length is the place of the last page, counted in samples. */
function readOgg(bytes: Buffer): SoundFacts {
  const head = bytes.indexOf('\u0001vorbis', 0, 'latin1')
  const last = bytes.lastIndexOf('OggS', undefined, 'latin1')
  if (head < 0 || last < 0 || last + 14 > bytes.length || head + 16 > bytes.length) return {}
  const rate = bytes.readUInt32LE(head + 12)
  return rate > 0 ? { seconds: Number(bytes.readBigUInt64LE(last + 6)) / rate } : {}
}

/** WebM and Matroska, and every kind of MP4 (also `.m4a`): taken for sounds, not measured. */
const isContainer = (bytes: Buffer): boolean =>
  bytes.toString('hex', 0, 4) === '1a45dfa3' || bytes.toString('latin1', 4, 8) === 'ftyp'

/** What a sound file is, by its bytes; `undefined` when it is none that fal's models read. */
export function readSoundFacts(bytes: Buffer): SoundFacts | undefined {
  const start = bytes.toString('latin1', 0, 4)
  if (start === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WAVE') return readWav(bytes)
  if (start === 'fLaC') return readFlac(bytes)
  if (start === 'OggS') return readOgg(bytes)
  return isContainer(bytes) ? {} : readMp3(bytes)
}

/** How long a sound of ours is, in seconds. */
export function measureSound(spec: SoundSpec, bytes: Buffer): number {
  // Raw samples do not say how fast they are.
  const raw = spec.format === 'pcm' ? bytes.length / 2 / spec.sampleRate : undefined
  const seconds = raw ?? readSoundFacts(bytes)?.seconds ?? 0
  return Math.round(seconds * 1000) / 1000
}
