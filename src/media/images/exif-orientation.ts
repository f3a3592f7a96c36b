const ORIENTATION_TAG = 0x0112
/** Entries of a directory: a camera writes some twenty. */
const MOST_ENTRIES = 200

/** The orientation in an APP1 segment of a JPEG, 1 to 8; undefined: it says none. */
export function jpegOrientation(view: DataView, at: number): number | undefined {
  return named(view, at, 'Exif') ? readOrientation(view, at + 6) : undefined
}

/** The same of a PNG: the chunk `eXIf`, where it stands before the pixels. */
export function pngOrientation(view: DataView): number | undefined {
  let at = 8
  while (at + 12 <= view.byteLength) {
    if (named(view, at + 4, 'eXIf')) return readOrientation(view, at + 8)
    if (named(view, at + 4, 'IDAT')) return undefined
    at += 12 + view.getUint32(at)
  }
  return undefined
}

/** The same of a WebP: the chunk `EXIF`, which stands behind the pixels, when they were given. */
export function webpOrientation(view: DataView): number | undefined {
  let at = 12
  while (at + 8 <= view.byteLength) {
    const length = view.getUint32(at + 4, true)
    if (named(view, at, 'EXIF')) {
      // Some programs put the name of the JPEG's segment in front.
      return readOrientation(view, at + 8 + (named(view, at + 8, 'Exif') ? 6 : 0))
    }
    at += 8 + length + (length % 2)
  }
  return undefined
}

/** Reads the first directory of a TIFF (TIFF 6.0 §2); its numbers may be of either order. */
function readOrientation(view: DataView, start: number): number | undefined {
  if (start + 8 > view.byteLength) return undefined
  const isLittle = view.getUint16(start) === 0x4949
  const directory = start + view.getUint32(start + 4, isLittle)
  if (directory + 2 > view.byteLength) return undefined
  const count = Math.min(view.getUint16(directory, isLittle), MOST_ENTRIES)
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > view.byteLength) return undefined
    if (view.getUint16(entry, isLittle) !== ORIENTATION_TAG) continue
    const orientation = view.getUint16(entry + 8, isLittle)
    return orientation >= 1 && orientation <= 8 ? orientation : undefined
  }
  return undefined
}

function named(view: DataView, at: number, name: string): boolean {
  return Array.from(name).every(
    (letter, index) =>
      at + index < view.byteLength && view.getUint8(at + index) === letter.codePointAt(0),
  )
}
