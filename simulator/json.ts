export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `undefined` when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** As JSON.stringify, but a bigint is written with all its digits: fal's seeds exceed 2^53. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? `\u0000${inner}` : inner,
  )
  return text.replaceAll(/"\\u0000(-?\d+)"/g, '$1')
}
