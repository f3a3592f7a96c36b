/** Any value that JSON can carry. */
type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** The value of a JSON text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  const read = readJson(text)
  return 'value' in read ? read.value : undefined
}

/** The value of a JSON text, or why it is not JSON, in the parser's words, which may quote from it. */
export function readJson(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    const value: unknown = JSON.parse(text)
    return { value }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'unreadable' }
  }
}

/** Whether a value is what JSON calls an object: something with fields, and no list. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
