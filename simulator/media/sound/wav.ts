/** Sound as numbers: one channel, 16 bits. */
export interface Pcm {
  readonly samples: Int16Array
  readonly sampleRate: number
}

interface Chunk {
  readonly name: string
  readonly body: Buffer
}

/** RIFF's chunks; a length that a stream left open (0 or -1) ends at the end of the file. */
export function listChunks(riff: Buffer, start = 12): readonly Chunk[] {
  const chunks: Chunk[] = []
  let at = start
  while (at + 8 <= riff.length) {
    const name = riff.toString('latin1', at, at + 4)
    const length = riff.readUInt32LE(at + 4)
    chunks.push({ name, body: riff.subarray(at + 8, at + 8 + length) })
    at += 8 + length + (length % 2)
  }
  return chunks
}

/** Reads what espeak-ng writes: 16 bits, one channel. */
export function readWav(wav: Buffer): Pcm {
  const chunks = listChunks(wav)
  const format = chunks.find(({ name }) => name === 'fmt ')?.body
  const data = chunks.find(({ name }) => name === 'data')?.body ?? Buffer.alloc(0)
  const samples = new Int16Array(Math.floor(data.length / 2))
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = data.readInt16LE(index * 2)
  }
  return { samples, sampleRate: format?.readUInt32LE(4) ?? 22_050 }
}

export function toBytes({ samples }: Pcm): Buffer {
  const bytes = Buffer.alloc(samples.length * 2)
  for (const [index, sample] of samples.entries()) bytes.writeInt16LE(sample, index * 2)
  return bytes
}

function toChunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

function toFormat(sampleRate: number): Buffer {
  const format = Buffer.alloc(16)
  format.writeUInt16LE(1, 0)
  format.writeUInt16LE(1, 2)
  format.writeUInt32LE(sampleRate, 4)
  format.writeUInt32LE(sampleRate * 2, 8)
  format.writeUInt16LE(2, 12)
  format.writeUInt16LE(16, 14)
  return format
}

/** A WAV file with a comment (chunk LIST, INFO, ICMT). */
export function writeWav(pcm: Pcm, comment: string): Buffer {
  const text = toChunk('ICMT', Buffer.from(`${comment}\u0000`))
  const body = Buffer.concat([
    Buffer.from('WAVE', 'latin1'),
    toChunk('fmt ', toFormat(pcm.sampleRate)),
    toChunk('LIST', Buffer.concat([Buffer.from('INFO', 'latin1'), text])),
    toChunk('data', toBytes(pcm)),
  ])
  return toChunk('RIFF', body)
}
