import { invalidRequest, ProblemError } from '../job/problem.ts'
import type { MediaReference } from '../job/reference.ts'
import { readAudioHeader, recordingSeconds, type AudioHeader } from '../media/audio/audio-header.ts'
import type { MediaStorage } from '../ports/media-storage.ts'
import type { FormIntake } from './read-form.ts'
import { addTo, arrivingFile, sendOn, type ArrivingFile } from './stored-file.ts'

/** The recording of a form. */
export interface TakenAudio {
  /** Where fal can fetch it; undefined: none was sent. */
  readonly audio: MediaReference | undefined
  /** What was sent instead: an address, or the id of a file; undefined: a file or nothing. */
  readonly address: string | undefined
}

/** Cloudflare passes no more on; fal takes far larger recordings. */
export const MAX_AUDIO_BYTES = 100_000_000
/** Enough for the header of any kind. */
const HEADER_BYTES = 4096

/** The recording that is arriving. */
interface Arriving extends ArrivingFile {
  header: AudioHeader | undefined
  /** Whether it is no file but says where one is. */
  isAddress: boolean
  url: string | undefined
}

/** A recording goes to fal's storage as it comes; its kind is told by its bytes, not by its name or type. */
export function createAudioIntake(storage: MediaStorage): FormIntake<'file', TakenAudio> {
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
        addTo(one, chunk)
      }
    },
    settle,
    async finish() {
      await settle()
      const one = arriving ?? begin()
      const { url, header, total, isAddress } = one
      const seconds = header && recordingSeconds(header, total)
      return {
        audio: url === undefined ? undefined : { kind: 'url', url, seconds, param: 'file' },
        address: isAddress ? new TextDecoder().decode(one.bytes.head(one.total)) : undefined,
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
    ...arrivingFile(),
    header: undefined,
    isAddress: false,
    url: undefined,
  }
}

async function take(one: Arriving, storage: MediaStorage): Promise<void> {
  if (one.total > MAX_AUDIO_BYTES) {
    throw new ProblemError({ kind: 'too_large', what: 'The file', limitBytes: MAX_AUDIO_BYTES })
  }
  look(one)
  if (one.header !== undefined) one.url = await sendOn(one, one.header.contentType, storage)
}

/** @throws ProblemError `invalid_request` when it is no recording */
function look(one: Arriving): void {
  if (one.header !== undefined || one.isAddress) return
  if (one.total < HEADER_BYTES && !one.ended) return
  if (one.total === 0) throw invalidRequest('file', 'The file is empty.')
  const head = one.bytes.head(HEADER_BYTES)
  one.header = readAudioHeader(head)
  one.isAddress = one.header === undefined && beginsAddress(head)
  if (one.header === undefined && !one.isAddress) throw notAudio()
}

function beginsAddress(head: Uint8Array): boolean {
  return /^(?:https?:\/\/|data:|file-)/i.test(new TextDecoder().decode(head.subarray(0, 10)))
}

/** As OpenAI lists them. */
export function notAudio(param = 'file'): ProblemError {
  return invalidRequest(
    param,
    'The file is no recording that can be read, whatever its name says: send flac, mp3, mp4, mpeg, mpga, m4a, ogg, wav or webm.',
  )
}
