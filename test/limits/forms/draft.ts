/** Files by the words that stand for them. */
export type Files = Readonly<Record<string, Bytes>>

export type Bytes = Buffer

/** One part, before it is written. */
export interface Part {
  /** Its head, a line each. */
  readonly head: readonly string[]
  readonly body: Bytes
}

/** A form before it is written. */
export interface Draft {
  parts: readonly Part[]
  boundary: string
  lineEnd: string
  before: string
  after: string
  /** What is done to the bytes, in order. */
  wraps: readonly ((body: Bytes) => Bytes)[]
  headers: Readonly<Record<string, string>>
  /** Whether it is no whole form any more. */
  isBroken: boolean
}

/** @param value a text, or the bytes of a file */
export function toPart(name: string, value: string | Bytes): Part {
  const filename = typeof value === 'string' ? '' : '; filename="a.bin"'
  return {
    head: [`Content-Disposition: form-data; name="${name}"${filename}`],
    body: typeof value === 'string' ? Buffer.from(value) : value,
  }
}

export function write({ parts, boundary, lineEnd, before, after, wraps }: Draft): Bytes {
  const pieces = parts.flatMap(({ head, body }) => [
    Buffer.from(
      `--${boundary}${lineEnd}${head.map((line) => `${line}${lineEnd}`).join('')}${lineEnd}`,
    ),
    body,
    Buffer.from(lineEnd),
  ])
  const whole = Buffer.concat([
    Buffer.from(before),
    ...pieces,
    Buffer.from(`--${boundary}--${lineEnd}${after}`),
  ])
  return wraps.reduce<Bytes>((body, wrap) => wrap(body), whole)
}
