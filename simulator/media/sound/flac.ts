import type { Pcm } from './wav.ts'

const BLOCK = 4096

function crc(bytes: Buffer, width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1)
  const mask = top * 2 - 1
  let value = 0
  for (const byte of bytes) {
    value ^= byte << (width - 8)
    for (let bit = 0; bit < 8; bit += 1) {
      value = (value & top) === 0 ? (value << 1) & mask : ((value << 1) ^ polynomial) & mask
    }
  }
  return value
}

/** A number as UTF-8 writes a character; frames are numbered so. Up to 65,535 frames, over an hour. */
const toCodedNumber = (number: number): Buffer =>
  number < 0xd800
    ? Buffer.from(String.fromCodePoint(number))
    : Buffer.from([0xe0 | (number >> 12), 0x80 | ((number >> 6) & 0x3f), 0x80 | (number & 0x3f)])

/** One channel of 16 bits, its samples as they are: FLAC's verbatim subframe. */
function toFrame(samples: Int16Array, sampleRate: number, number: number): Buffer {
  const sizes = Buffer.alloc(4)
  sizes.writeUInt16BE(samples.length - 1, 0)
  sizes.writeUInt16BE(sampleRate, 2)
  // Fixed block size; both sizes follow in 16 bits; mono; 16 bits a sample.
  const head = Buffer.concat([Buffer.from([0xff, 0xf8, 0x7d, 0x08]), toCodedNumber(number), sizes])
  const data = Buffer.alloc(samples.length * 2)
  for (const [index, sample] of samples.entries()) data.writeInt16BE(sample, index * 2)
  const frame = Buffer.concat([head, Buffer.from([crc(head, 8, 0x07), 0x02]), data])
  const check = Buffer.alloc(2)
  check.writeUInt16BE(crc(frame, 16, 0x80_05))
  return Buffer.concat([frame, check])
}

function toStreamInfo({ samples, sampleRate }: Pcm): Buffer {
  const info = Buffer.alloc(34)
  info.writeUInt16BE(BLOCK, 0)
  info.writeUInt16BE(BLOCK, 2)
  // 20 bits sample rate, 3 bits channels - 1, 5 bits sample size - 1, 36 bits sample count.
  const packed = (BigInt(sampleRate) << 44n) | (15n << 36n) | BigInt(samples.length)
  info.writeBigUInt64BE(packed, 10)
  return info
}

function toComment(comment: string): Buffer {
  const parts = ['pretend fal', `COMMENT=${comment}`].map((text) => Buffer.from(text))
  const [vendor = Buffer.alloc(0), field = Buffer.alloc(0)] = parts
  const block = Buffer.alloc(12 + vendor.length + field.length)
  block.writeUInt32LE(vendor.length, 0)
  vendor.copy(block, 4)
  block.writeUInt32LE(1, 4 + vendor.length)
  block.writeUInt32LE(field.length, 8 + vendor.length)
  field.copy(block, 12 + vendor.length)
  return block
}

const LAST = 0x80
const COMMENT_BLOCK = 4

function toBlock(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(type * 2 ** 24 + body.length)
  return Buffer.concat([head, body])
}

/** FLAC without compression (RFC 9639), with a comment. No package of ours writes it. */
export function writeFlac(pcm: Pcm, comment: string): Buffer {
  const frames: Buffer[] = []
  for (let start = 0; start < pcm.samples.length; start += BLOCK) {
    const samples = pcm.samples.subarray(start, start + BLOCK)
    frames.push(toFrame(samples, pcm.sampleRate, frames.length))
  }
  return Buffer.concat([
    Buffer.from('fLaC', 'latin1'),
    toBlock(0, toStreamInfo(pcm)),
    toBlock(LAST + COMMENT_BLOCK, toComment(comment)),
    ...frames,
  ])
}
