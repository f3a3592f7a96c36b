/** The first letters of a file, where they stand, and what it is then. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^....ftypqt/s, 'video/quicktime'],
  [/^....ftypM4[AB]/s, 'audio/mp4'],
  [/^....ftyp/s, 'video/mp4'],
  // EBML begins with a control character.
  [/^.E\u00df\u00a3/s, 'video/webm'],
  [/^RIFF....AVI /s, 'video/x-msvideo'],
  [/^RIFF....WAVE/s, 'audio/wav'],
  [/^OggS/, 'audio/ogg'],
  [/^fLaC/, 'audio/flac'],
  // An MPEG frame begins with eleven ones.
  [/^(?:ID3|\u00ff[\u00e0-\u00ff])/, 'audio/mpeg'],
]

/** Where the longest of them ends. */
const LETTERS = 12

/** The kind of a video or a sound by its first bytes; undefined: none that models read. */
export function readMediaKind(bytes: Uint8Array): string | undefined {
  const text = String.fromCodePoint(...bytes.subarray(0, LETTERS))
  return KINDS.find(([letters]) => letters.test(text))?.[1]
}
