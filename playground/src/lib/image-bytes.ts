/** Base64 as a picture; its kind is told by its first bytes. */
export function toBlob(base64: string): Blob {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return new Blob([bytes], { type: typeOf(base64) })
}

function typeOf(base64: string): string {
  const known = [
    ['iVBORw0KGgo', 'image/png'],
    ['/9j/', 'image/jpeg'],
    ['UklGR', 'image/webp'],
    ['R0lGOD', 'image/gif'],
  ] as const
  // The Worker's other formats are text.
  return known.find(([start]) => base64.startsWith(start))?.[1] ?? 'image/svg+xml'
}

/** Where files do not end as their kind is called. */
const ENDINGS: Readonly<Record<string, string>> = { jpeg: 'jpg', quicktime: 'mov' }

/** A file name's ending. */
export function endingOf(type: string): string {
  const kind = type.replace(/^(?:image|video)\//, '').replace('+xml', '')
  return ENDINGS[kind] ?? kind
}

/** The size in pixels; undefined: the browser cannot read it. */
export async function pixelsOf(
  blob: Blob,
): Promise<{ readonly width: number; readonly height: number } | undefined> {
  try {
    const bitmap = await createImageBitmap(blob)
    const { width, height } = bitmap
    bitmap.close()
    return { width, height }
  } catch {
    return undefined
  }
}
