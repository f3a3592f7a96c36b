import { parseJson } from '../json.ts'
import { once } from '../once.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'

/** Values that travel through others' hands and come back as they were. */
export interface TokenSigner {
  /** @param value anything that JSON can carry */
  sign(value: unknown): Promise<string>
  /** The value; undefined: the token is forged, damaged, or of another signer. */
  read(token: string): Promise<unknown>
}

/** More than the largest token that is made, and little enough to be harmless. */
const MAX_LETTERS = 8192

/**
 * Signs with HMAC-SHA-256 under a key derived from the secret (HKDF, RFC 5869).
 *
 * @param use what the tokens are for: one secret, a key of its own for every use
 */
export function createTokenSigner(secret: string, use: string): TokenSigner {
  const encoder = new TextEncoder()
  const key = once(() => deriveKey(secret, use))
  return {
    async sign(value) {
      const body = toBase64Url(encoder.encode(JSON.stringify(value)))
      const signature = await crypto.subtle.sign('HMAC', await key(), encoder.encode(body))
      return `${body}.${toBase64Url(new Uint8Array(signature))}`
    },
    async read(token) {
      if (token.length > MAX_LETTERS) return undefined
      const [text = '', mark = '', ...more] = token.split('.')
      const body = fromBase64Url(text)
      const signature = fromBase64Url(mark)
      if (body === undefined || signature === undefined || more.length > 0) return undefined
      const valid = crypto.subtle.verify('HMAC', await key(), signature, encoder.encode(text))
      return (await valid) ? parseJson(new TextDecoder().decode(body)) : undefined
    },
  }
}

async function deriveKey(secret: string, use: string): Promise<CryptoKey> {
  const encoder = new TextEncoder()
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(use) },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  )
}
