/** SHA-256 of a text's UTF-8 bytes: 32 bytes. */
export async function sha256(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

/** The first eight hexadecimal digits of a text's SHA-256: names a secret without showing it. */
export async function fingerprint(text: string): Promise<string> {
  return (await sha256(text)).toHex().slice(0, 8)
}
