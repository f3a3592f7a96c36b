import type { GeneratedAudio } from '../../job/sound/speech-job.ts'
import { linkEnd, type LinkClaims, type MediaLinks } from '../media-links.ts'
import { endingOf, isSoundEnding } from '../media-type.ts'

/** So long results can be looked up too (`JOB_ID_SECONDS`). */
const LINK_DAYS = 30

/** Our own address as callers know it, and the time in seconds since 1970. */
interface LinkFacts {
  readonly publicUrl: string
  readonly nowSeconds: number
}

/**
 * An address of our own for sound that fal keeps: signed, expiring, and with the ending of its kind, by which
 * chat apps and people tell it.
 */
export async function linkAudio(
  audio: GeneratedAudio,
  { publicUrl, nowSeconds }: LinkFacts,
  links: MediaLinks,
): Promise<string> {
  if (!isLinkable(audio)) return audio.url
  return `${publicUrl}/images/${await links.sign(toAudioClaims(audio, nowSeconds))}`
}

/** An address that is too long for a link of ours stays as it is, and so does a sound written out in one. */
const MAX_SOURCE_LETTERS = 4096

function isLinkable({ url }: GeneratedAudio): boolean {
  return /^https?:/i.test(url) && url.length <= MAX_SOURCE_LETTERS
}

/** What such an address stands for. */
export function toAudioClaims(
  { url, contentType }: GeneratedAudio,
  nowSeconds: number,
): LinkClaims {
  const ending = ENDINGS[contentType?.split(';')[0] ?? ''] ?? endingIn(url)
  return { source: url, ending, expiresAt: linkEnd(nowSeconds, LINK_DAYS) }
}

const ENDINGS: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/aac': 'aac',
  'audio/opus': 'opus',
  'audio/x-flac': 'flac',
}

function endingIn(url: string): string {
  const ending = endingOf(url)
  return isSoundEnding(ending) ? ending : 'mp3'
}
