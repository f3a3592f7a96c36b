/** The first letters of a file, where they stand, and what it is then. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^....ftypqt/s, 'video/quicktime'],
  [/^....ftypM4[AB]/s, 'audio/mp4'],
  [/^....ftyp/s, 'video/mp4'],
  // EBML begins with a control character.
  [/^.E\u00df\u00a3/s, 'video/webm'],
  [/^RIFF....AVI /s, 'video/x-msvideo'],
  [/^R(?:IFF|F64)....WAVE/s, 'audio/wav'],
  [/^OggS/, 'audio/ogg'],
  [/^fLaC/, 'audio/flac'],
  [/^ID3/, 'audio/mpeg'],
]

/** Where the longest of them ends. */
const LETTERS = 12

/** The kind of a video or a sound by its first bytes; undefined: none that models read. */
export function readMediaKind(bytes: Uint8Array): string | undefined {
  const text = String.fromCodePoint(...bytes.subarray(0, LETTERS))
  return KINDS.find(([letters]) => letters.test(text))?.[1] ?? readMpeg(bytes)
}

/** A program stream is what `.mpeg` and `.mpga` are when they are no bare layers. */
function readMpeg(bytes: Uint8Array): string | undefined {
  const isProgram = PROGRAM_STREAM.every((byte, index) => bytes[index] === byte)
  return isProgram ? 'video/mpeg' : readFrame(bytes)
}

/** ISO/IEC 13818-1, 2.5.3.4. */
const PROGRAM_STREAM = [0, 0, 1, 0xba]

/** A bare frame: eleven ones, then a version and a layer; the layer 0 is AAC's (ISO/IEC 13818-7, ADTS). */
function readFrame([first = 0, second = 0, third = 0]: Uint8Array): string | undefined {
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined
  if ((second & 0xf6) === 0xf0) return 'audio/aac'
  const [version, layer, bitrate] = [(second >> 3) & 3, (second >> 1) & 3, third >> 4]
  // The first layer is nobody's any more: its bits are the mark of UTF-16.
  if (layer === 3) return undefined
  // Values that the standard keeps free (ISO/IEC 11172-3, 2.4.2.3).
  const isFree = version === 1 || layer === 0 || bitrate === 15 || ((third >> 2) & 3) === 3
  return isFree ? undefined : 'audio/mpeg'
}
