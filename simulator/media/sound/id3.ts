/** ID3v2 writes lengths with seven bits a byte. */
function toSyncsafe(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >> shift) & 0x7f))
}

function fromSyncsafe(bytes: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((sum, index) => sum * 128 + ((bytes[at + index] ?? 0) & 0x7f), 0)
}

const HEADER = 10
/** Encoding UTF-8, language, and an empty description. */
const COMMENT_HEAD = Buffer.from('\u0003eng\u0000', 'latin1')

/** An ID3v2.4 tag with one comment, to stand in front of an MP3. */
export function toId3(comment: string): Buffer {
  const body = Buffer.concat([COMMENT_HEAD, Buffer.from(comment)])
  const frame = Buffer.concat([
    Buffer.from('COMM', 'latin1'),
    toSyncsafe(body.length),
    Buffer.alloc(2),
    body,
  ])
  const head = Buffer.concat([
    Buffer.from('ID3\u0004\u0000\u0000', 'latin1'),
    toSyncsafe(frame.length),
  ])
  return Buffer.concat([head, frame])
}

/** How long the tag at that place is; 0 when there is none. */
export const id3Length = (bytes: Buffer, at = 0): number =>
  bytes.toString('latin1', at, at + 3) === 'ID3' ? HEADER + fromSyncsafe(bytes, at + 6) : 0

/** A tag of that many bytes in all, at least 10, that says nothing. */
export function toEmptyId3(total: number): Buffer {
  const tag = Buffer.alloc(total)
  tag.write('ID3\u0004', 'latin1')
  toSyncsafe(total - HEADER).copy(tag, 6)
  return tag
}

/** The first comment of an ID3v2.4 tag in UTF-8, such as ours. */
export function readId3(bytes: Buffer): string | undefined {
  const end = Math.min(id3Length(bytes), bytes.length)
  if (bytes[3] !== 4) return undefined
  let at = HEADER
  while (at + HEADER <= end) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = fromSyncsafe(bytes, at + 4)
    const body = bytes.subarray(at + HEADER, at + HEADER + length)
    if (name === 'COMM' && body[0] === 3) {
      const text = body.subarray(4)
      return text.toString('utf8', text.indexOf(0) + 1)
    }
    if (length === 0) break
    at += HEADER + length
  }
  return undefined
}
