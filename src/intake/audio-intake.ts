import { invalidRequest, ProblemError } from '../job/problem.ts'
import type { SourceAudio } from '../job/sound/transcript-job.ts'
import { readAudioHeader } from '../media/audio/audio-header.ts'
import type { ImageStorage, StoredParts } from '../ports/image-storage.ts'
import type { FormIntake } from './read-form.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The recording of a form. */
export interface TakenAudio {
  /** Where fal can fetch it; undefined: none was sent. */
  readonly audio: SourceAudio | undefined
  /** What was sent instead: an address, or the id of a file; undefined: a file or nothing. */
  readonly address: string | undefined
}

/** Cloudflare passes no more on; fal takes far larger recordings. */
export const MAX_AUDIO_BYTES = 100_000_000
/** The least that fal's storage takes as a part (fal API reference §6); so much of a recording is held at most. */
const PART_BYTES = 5 * 1024 * 1024
/** Enough for the header of any kind. */
const HEADER_BYTES = 4096

/** The recording that is arriving. */
interface Arriving {
  /** Filled one after the other, and used again for the next part: garbage of this size would pile up. */
  readonly blocks: Bytes[]
  held: number
  total: number
  ended: boolean
  contentType: string | undefined
  seconds: number | undefined
  stored: StoredParts | undefined
  /** Whether it is no file but says where one is. */
  isAddress: boolean
  url: string | undefined
}

/** A recording goes to fal's storage as it comes; its kind is told by its bytes, not by its name or type. */
export function createAudioIntake(storage: ImageStorage): FormIntake<'file', TakenAudio> {
  let arriving: Arriving | undefined
  const settle = async (): Promise<void> => {
    if (arriving !== undefined && arriving.url === undefined) await take(arriving, storage)
  }
  return {
    begin() {
      if (arriving !== undefined) throw invalidRequest('file', 'More than one file was sent.')
      const one = begin()
      arriving = one
      return (chunk) => {
        if (chunk === null) one.ended = true
        else add(one, chunk)
      }
    },
    settle,
    async finish() {
      await settle()
      const one = arriving ?? begin()
      const { url, seconds, isAddress } = one
      return {
        audio: url === undefined ? undefined : { url, seconds },
        address: isAddress ? new TextDecoder().decode(join(heldBy(one), Infinity)) : undefined,
      }
    },
  }
}

/** Whether a part is the recording; some clients send it without a file's name. */
export function isFilePart(name: string): boolean {
  return /^file(?:\[\])?$/.test(name)
}

function begin(): Arriving {
  return {
    blocks: [],
    held: 0,
    total: 0,
    ended: false,
    contentType: undefined,
    seconds: undefined,
    stored: undefined,
    isAddress: false,
    url: undefined,
  }
}

const BLOCK_BYTES = 256 * 1024

/** A copy: the parser's window moves on. */
function add(one: Arriving, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.byteLength;) {
    const [index, offset] = [Math.floor(one.held / BLOCK_BYTES), one.held % BLOCK_BYTES]
    const block = (one.blocks[index] ??= new Uint8Array(BLOCK_BYTES))
    const piece = chunk.subarray(at, at + BLOCK_BYTES - offset)
    block.set(piece, offset)
    at += piece.byteLength
    one.held += piece.byteLength
  }
  one.total += chunk.byteLength
}

/** What is held, in order. */
function heldBy({ blocks, held }: Arriving): readonly Bytes[] {
  const count = Math.ceil(held / BLOCK_BYTES)
  return blocks
    .slice(0, count)
    .map((block, index) => block.subarray(0, Math.min(BLOCK_BYTES, held - index * BLOCK_BYTES)))
}

async function take(one: Arriving, storage: ImageStorage): Promise<void> {
  if (one.total > MAX_AUDIO_BYTES) {
    throw new ProblemError({ kind: 'too_large', what: 'The file', limitBytes: MAX_AUDIO_BYTES })
  }
  look(one)
  const { contentType } = one
  if (contentType === undefined) return
  if (one.held >= PART_BYTES) {
    one.stored ??= await storage.begin(contentType)
    await one.stored.add(heldBy(one))
    one.held = 0
  }
  if (!one.ended) return
  if (one.stored === undefined) {
    one.url = await storage.store(heldBy(one), contentType)
  } else {
    if (one.held > 0) await one.stored.add(heldBy(one))
    one.url = await one.stored.finish()
  }
}

/** @throws ProblemError `invalid_request` when it is no recording */
function look(one: Arriving): void {
  if (one.contentType !== undefined || one.isAddress) return
  if (one.held < HEADER_BYTES && !one.ended) return
  if (one.total === 0) throw invalidRequest('file', 'The file is empty.')
  const head = join(heldBy(one), HEADER_BYTES)
  const header = readAudioHeader(head)
  one.isAddress = header === undefined && beginsAddress(head)
  if (one.isAddress) return
  if (header === undefined) throw notAudio()
  one.contentType = header.contentType
  one.seconds = header.seconds
}

function beginsAddress(head: Uint8Array): boolean {
  return /^(?:https?:\/\/|data:|file-)/i.test(new TextDecoder().decode(head.subarray(0, 10)))
}

/** As OpenAI lists them. */
export function notAudio(): ProblemError {
  return invalidRequest(
    'file',
    'The file is no recording that can be read, whatever its name says: send flac, mp3, mp4, mpeg, mpga, m4a, ogg, wav or webm.',
  )
}

function join(pieces: readonly Bytes[], most: number): Bytes {
  const length = Math.min(
    most,
    pieces.reduce((sum, { byteLength }) => sum + byteLength, 0),
  )
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    if (at >= length) break
    whole.set(piece.subarray(0, length - at), at)
    at += piece.byteLength
  }
  return whole
}
