/** An image written out in a URL. */
export interface DataUri {
  readonly contentType: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export function toDataUri(bytes: Uint8Array, contentType: string): string {
  return `data:${contentType};base64,${bytes.toBase64()}`
}

/** The bytes of a base64 `data:` URI; undefined: it is none, or its base64 is broken. */
export function fromDataUri(url: string): DataUri | undefined {
  const match = /^data:([^;,]{0,100})(?:;[\w-]+=[^;,]{0,100})*;base64,/i.exec(url)
  if (match === null) return undefined
  try {
    return {
      contentType: match[1] ?? '',
      bytes: Uint8Array.fromBase64(url.slice(match[0].length)),
    }
  } catch {
    return undefined
  }
}
