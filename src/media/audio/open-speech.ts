import type { AudioFormat, GeneratedAudio } from '../../job/sound/speech-job.ts'
import { joinBytes } from '../../lib/bytes/join-bytes.ts'
import type { OpenMedia } from '../../ports/opened-media.ts'
import { fromDataUri } from '../data-uri.ts'
import {
  readAudioHeader,
  samplesIn,
  writeWavHeader,
  type AudioHeader,
  type WavLayout,
} from './audio-header.ts'

/** Sound on its way to a caller. */
export interface OpenedSpeech {
  readonly body: ReadableStream<Uint8Array>
  /** Bytes that are to come; undefined: not known. */
  readonly length: number | undefined
  /** What it really is. */
  readonly contentType: string
  /** What could not be done as the caller wished, in ASCII. */
  readonly adjusted: readonly string[]
  /** Fulfilled when all of it has been read; rejected when nobody reads any more, or it broke off. */
  readonly ended: Promise<void>
}

/**
 * Opens what fal made, in the format that was wished where that takes no more than another header: bare
 * samples and WAV are made of each other, and nothing is encoded anew.
 *
 * @throws ProblemError `upstream_failed` when it cannot be had; the signal's reason when it aborts
 */
export async function openSpeech(
  audio: GeneratedAudio,
  wish: AudioFormat,
  open: OpenMedia,
  signal: AbortSignal,
): Promise<OpenedSpeech> {
  const { body, length } = await openSource(audio.url, open, signal)
  const reader = body.getReader()
  const head = await readHead(reader)
  const header = readAudioHeader(head)
  reader.releaseLock()
  const rest = { head, body, length }
  if (header?.wav !== undefined && wish === 'pcm' && isPlain(header.wav)) {
    return withoutHeader(rest, header.wav)
  }
  if (header === undefined && wish === 'wav' && saysPcm(audio)) return withHeader(rest)
  const { format, contentType } = kindOf(audio, header)
  const adjusted = format === wish ? [] : [`response_format=${wish}->${format}`]
  return { ...join(rest), length, contentType, adjusted }
}

interface Source {
  readonly body: ReadableStream<Uint8Array>
  readonly length: number | undefined
}

/** Sound whose first bytes have been looked at. */
interface Begun extends Source {
  readonly head: Uint8Array
}

async function openSource(url: string, open: OpenMedia, signal: AbortSignal): Promise<Source> {
  const data = fromDataUri(url)
  if (data === undefined) return open(url, signal, 0)
  const { bytes } = data
  const body: ReadableStream<Uint8Array> | null = new Response(bytes).body
  return body === null ? open(url, signal, 0) : { body, length: bytes.byteLength }
}

/** Enough for every header but that of a WAV with much said of it in front. */
const HEAD_BYTES = 4096
/** By these every kind is told. */
const LEAST_BYTES = 12

async function readHead(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array()
  while (head.byteLength < HEAD_BYTES && !isTold(head)) {
    const { value, done } = await reader.read()
    if (done) break
    head = joinBytes([head, value])
  }
  return head
}

/** Whether more of it would tell no more: a caller who listens waits for the first bytes. */
function isTold(head: Uint8Array): boolean {
  if (head.byteLength < LEAST_BYTES) return false
  const header = readAudioHeader(head)
  return header?.ending !== 'wav' || header.wav !== undefined
}

/** By custom bare samples are 24,000 a second, of 16 bits, one channel. */
const PCM = { sampleRate: 24_000, channels: 1 } as const

function isPlain({ coding, bits }: WavLayout): boolean {
  return coding === 1 && bits === 16
}

function withoutHeader(begun: Begun, wav: WavLayout): OpenedSpeech {
  const { dataAt, dataBytes, sampleRate, channels } = wav
  const left = begun.length === undefined ? undefined : begun.length - dataAt
  const length = begun.length === undefined ? dataBytes : samplesIn(wav, begun.length)
  const isUsual = sampleRate === PCM.sampleRate && channels === PCM.channels
  const rest = { ...begun, head: begun.head.subarray(dataAt), length }
  return {
    // What may stand behind the samples is no sound.
    ...(length === undefined || length === left ? join(rest) : cut(rest, length)),
    length,
    contentType: isUsual ? 'audio/pcm' : `audio/pcm;rate=${sampleRate};channels=${channels}`,
    adjusted: isUsual ? [] : [`pcm=24000/1->${sampleRate}/${channels}`],
  }
}

function withHeader({ head, body, length }: Begun): OpenedSpeech {
  const header = writeWavHeader(PCM, length)
  const longer = length === undefined ? undefined : length + header.byteLength
  return {
    ...join({ head: joinBytes([header, head]), body, length: longer }),
    length: longer,
    contentType: 'audio/wav',
    adjusted: [],
  }
}

type Joined = Pick<OpenedSpeech, 'body' | 'ended'>

/** Handed on by the runtime: but for the first, no piece of it passes through JavaScript. */
function join({ head, body, length }: Begun): Joined {
  const { readable, writable } =
    length === undefined ? new IdentityTransformStream() : new FixedLengthStream(length)
  const write = async (): Promise<void> => {
    try {
      const writer = writable.getWriter()
      await writer.write(head)
      writer.releaseLock()
      await body.pipeTo(writable)
    } catch (error) {
      await Promise.allSettled([body.cancel(error), writable.abort(error)])
      throw error
    }
  }
  const ended = write()
  // Whoever reads learns of it as well: the body breaks off.
  ended.catch(() => undefined)
  return { body: readable, ended }
}

function cut({ head, body }: Begun, length: number): Joined {
  let left = length
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (left > 0) controller.enqueue(chunk.subarray(0, left))
      left -= Math.min(left, chunk.byteLength)
    },
  })
  const { body: whole, ended } = join({ head, body, length: undefined })
  return { body: whole.pipeThrough(limit), ended }
}

interface Kind {
  readonly format: string
  readonly contentType: string
}

const FORMATS: Readonly<Record<string, AudioFormat>> = {
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'audio/ogg': 'opus',
}

/** By its bytes; bare samples have none that tell, so there fal's word is believed. */
function kindOf(audio: GeneratedAudio, header: AudioHeader | undefined): Kind {
  if (header !== undefined) {
    const { contentType, ending } = header
    return { format: FORMATS[contentType] ?? ending, contentType }
  }
  if (saysPcm(audio)) return { format: 'pcm', contentType: 'audio/pcm' }
  return { format: 'unknown', contentType: 'application/octet-stream' }
}

function saysPcm({ url, contentType = '' }: GeneratedAudio): boolean {
  return /pcm|audio\/l16/i.test(contentType) || /\.(?:pcm|raw)(?:\?|$)/i.test(url)
}
