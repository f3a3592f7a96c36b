import type { Wish } from './arena.ts'

/** Pictures of so many bytes, written into the answer. */
export function base64Wish(size: string, n: number): Wish {
  // One prompt and seed: fal draws the picture once, and only hands it out from then on.
  const more = { n, seed: 1, response_format: 'b64_json' }
  return { prompt: `a cat [[bytes:${size}]]`, more }
}

/** `4 × 16 MB as base64`. */
export function nameOfBase64(size: string, n: number): string {
  return `${n === 1 ? '' : `${n} × `}${size.replace('MB', ' MB')} as base64`
}
