import type { GeneratedAudio } from '../../job/sound/speech-job.ts'
import {
  isLinkable,
  resultLinkEnd,
  type LinkClaims,
  type LinkFacts,
  type MediaLinks,
} from '../media-links.ts'
import { endingAmong, SOUND_ENDINGS } from '../media-type.ts'

/**
 * An address of our own for sound that fal keeps: signed, expiring, and with the ending of its kind, by which
 * chat apps and people tell it.
 */
export async function linkAudio(
  audio: GeneratedAudio,
  { publicUrl, nowSeconds }: LinkFacts,
  links: MediaLinks,
): Promise<string> {
  if (!isLinkable(audio.url)) return audio.url
  return `${publicUrl}/images/${await links.sign(toAudioClaims(audio, nowSeconds))}`
}

/** What such an address stands for. */
export function toAudioClaims(
  { url, contentType }: GeneratedAudio,
  nowSeconds: number,
): LinkClaims {
  const told = ENDINGS[contentType?.split(';')[0] ?? '']
  const ending = told ?? endingAmong(url, SOUND_ENDINGS) ?? 'mp3'
  return { source: url, ending, expiresAt: resultLinkEnd(nowSeconds) }
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
