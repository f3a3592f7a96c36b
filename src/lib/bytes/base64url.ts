/** Bytes as base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
}

/**
 * The bytes of a base64url text, or undefined when it is none. Only the one spelling that `toBase64Url`
 * writes counts: the platform also reads white space, padding, and spare bits in the last letter, so that
 * one signature would have many spellings.
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: 'base64url' })
    return toBase64Url(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
