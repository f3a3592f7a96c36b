/** The type of an image, a video or a sound as it is told, else by its file's ending, or one that no browser shows. */
export function toMediaType(type: string | null, ending: string): string {
  if (type !== null && /^(?:image|video|audio)\/[\w.+-]+(?:;|$)/i.test(type)) return type
  if (ending === '') return 'application/octet-stream'
  if (/^(?:mp4|webm)$/.test(ending)) return `video/${ending}`
  if (ending === 'mov') return 'video/quicktime'
  if (SOUND_ENDINGS.includes(ending)) return SOUNDS[ending] ?? `audio/${ending}`
  return `image/${ending === 'svg' ? 'svg+xml' : ending}`
}

/** Types of sound that are not called as the files end. */
const SOUNDS: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  opus: 'audio/ogg',
}

/** How files of sound end. */
export const SOUND_ENDINGS: readonly string[] = ['mp3', 'wav', 'flac', 'ogg', 'opus', 'm4a', 'aac']

/** What a file's address ends with, in small letters; empty: nothing of that kind. */
export function endingOf(url: string): string {
  return /\.([a-z\d]{2,5})(?:$|[?#])/i.exec(url)?.[1]?.toLowerCase() ?? ''
}

/** The same, when it is one of these. */
export function endingAmong(url: string, endings: readonly string[]): string | undefined {
  const ending = endingOf(url)
  return endings.includes(ending) ? ending : undefined
}
