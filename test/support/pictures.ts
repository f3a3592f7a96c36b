import { randomFillSync } from 'node:crypto'

import sharp from 'sharp'

/** A real picture of one colour. */
export async function aPicture(
  width = 64,
  height = 48,
  format: 'png' | 'jpeg' | 'webp' = 'png',
): Promise<Buffer> {
  const background = { r: 200, g: 80, b: 40 }
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()
}

/** A mask in OpenAI's custom: opaque, with a transparent square in the middle. */
export async function aMask(width = 64, height = 48): Promise<Buffer> {
  const raw = Buffer.alloc(width * height * 4, 255)
  for (let y = height / 4; y < (height * 3) / 4; y += 1) {
    raw.fill(0, (y * width + width / 4) * 4, (y * width + (width * 3) / 4) * 4)
  }
  return sharp(raw, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
}

/** A PNG of exactly so many bytes: noise, which does not compress, in a chunk that decoders skip. */
export async function aPictureOf(bytes: number): Promise<Buffer> {
  const picture = await aPicture()
  const end = picture.length - 12
  const padding = Buffer.alloc(bytes - picture.length)
  randomFillSync(padding, 8, Math.min(65_536, padding.length - 12))
  padding.writeUInt32BE(padding.length - 12, 0)
  padding.write('paDd', 4, 'latin1')
  return Buffer.concat([picture.subarray(0, end), padding, picture.subarray(end)])
}
