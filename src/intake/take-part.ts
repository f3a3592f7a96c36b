import { decodeField, type PartInfo } from 'multipasta'

import { ProblemError } from '../job/problem.ts'
import { joinBytes } from '../lib/bytes/join-bytes.ts'
import { readImageHeader } from '../media/images/image-header.ts'
import { readMediaKind } from '../media/media-kind.ts'
import { readFormPart, type FormPart } from './form-part.ts'

/** Takes a part's bytes, and `null` at its end. */
type Take = (chunk: Uint8Array | null) => void

/** What becomes of a part, once its first bytes have told what it is. */
export interface PartUses {
  /** Whether a file is expected under this name. */
  readonly isExpected: (name: string) => boolean
  /** Whether what has this name is a file, whatever its bytes. */
  readonly isFile: (name: string) => boolean
  /** Its bytes follow. */
  readonly onFile: (part: FormPart) => Take
  readonly onText: (name: string, text: string) => void
  /** @returns what is thrown for a file that nobody expects */
  readonly unexpected: (name: string) => ProblemError
}

/** Enough to tell images, videos and sounds: WebP names itself in the twelfth byte. */
const HEAD_BYTES = 12
/** A text may be an image as a data URI, as in JSON. */
const MAX_TEXT_BYTES = 32_000_000

/**
 * Takes one part of a form. It is a file by its bytes, with or without a file name; what has a name and is none of
 * them is a file only where one is expected. An empty file field, as of a web form in which nothing was
 * chosen, is none.
 */
export function takePart(info: PartInfo, uses: PartUses): Take {
  const part = readFormPart(info)
  let head: Uint8Array[] = []
  let size = 0
  let onward: Take | 'text' | undefined
  const decide = (): Take | 'text' => {
    if (!isFilePart(part, info, head, uses)) return 'text'
    const file = uses.onFile(part)
    for (const piece of head) file(piece)
    head = []
    return file
  }
  return (chunk) => {
    if (chunk !== null && typeof onward !== 'function') {
      // A copy, because the parser's window moves on.
      head.push(new Uint8Array(chunk))
      size += chunk.byteLength
      if (size > MAX_TEXT_BYTES) throw tooLong(part.name)
      if (size >= HEAD_BYTES) onward ??= decide()
      return
    }
    onward ??= decide()
    if (onward !== 'text') onward(chunk)
    else if (size > 0 || part.filename === undefined) uses.onText(part.name, toText(info, head))
  }
}

function isFilePart(
  { name, filename }: FormPart,
  { contentType }: PartInfo,
  head: readonly Uint8Array[],
  { isExpected, isFile, unexpected }: PartUses,
): boolean {
  if (isFile(name)) return true
  const first = join(head)
  const isImage = readImageHeader(first) !== undefined
  if (!isExpected(name)) {
    if (isImage) throw unexpected(name)
    return false
  }
  if (first.byteLength === 0) return filename !== undefined && filename !== ''
  const isMedia = isImage || readMediaKind(first) !== undefined
  return isMedia || filename !== undefined || /^image\//i.test(contentType)
}

/** One piece is not copied. */
function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces
  return first !== undefined && pieces.length === 1 ? first : joinBytes(pieces)
}

function toText(info: PartInfo, pieces: readonly Uint8Array[]): string {
  return decodeField(info, join(pieces))
}

function tooLong(name: string): ProblemError {
  const what = `The part '${name.slice(0, 50)}' of the form`
  return new ProblemError({ kind: 'too_large', what, limitBytes: MAX_TEXT_BYTES })
}
