import { createHash } from 'node:crypto'

import sharp from 'sharp'

import type { ImageSpec, Size } from './media-spec.ts'

/** What both an image and a video's frames are painted from. */
type Painted = Omit<ImageSpec, 'kind' | 'format'>

const FONTS =
  "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Zen Hei', 'Noto Sans', 'DejaVu Sans', sans-serif"

/** Drawn at this edge at most and then enlarged: an SVG of 16 megapixels takes a second. */
const DRAWN_EDGE = 1024

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** XML 1.0 forbids most control characters even when escaped, and lone surrogates. */
function toXmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/[&<>"']/g, (mark) => ESCAPES[mark] ?? '')
}

/** Chinese, Japanese and Korean letters and emoji are twice as wide as Latin ones. */
const widthOf = (character: string): number => ((character.codePointAt(0) ?? 0) >= 0x2e_80 ? 2 : 1)

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const piece of text.match(/[\u2E80-\u{10FFFF}]|[^\s\u2E80-\u{10FFFF}]+|\s+/gu) ?? []) {
    const size = Array.from(piece, widthOf).reduce((sum, wide) => sum + wide, 0)
    if (width + size > columns && line !== '') {
      lines.push(line.trim())
      line = ''
      width = 0
    }
    line += piece
    width += size
  }
  return [...lines, line.trim()].filter((part) => part !== '').slice(0, 8)
}

interface Dice {
  (sides: number): number
}

function rollFrom(spec: Painted): Dice {
  const text = `${spec.prompt}\u0000${spec.seed}\u0000${spec.index}`
  const bytes = createHash('sha512').update(text).digest()
  let next = 0
  return (sides) => {
    next = (next + 2) % (bytes.length - 1)
    return bytes.readUInt16BE(next) % sides
  }
}

function drawShapes(roll: Dice, width: number, height: number, hue: number): string {
  const shapes = Array.from({ length: 7 }, (_, index) => {
    const color = `hsl(${(hue + 30 + roll(150)) % 360} 80% ${45 + roll(35)}%)`
    const x = roll(width)
    const y = roll(height)
    const size = Math.round(Math.min(width, height) * (0.08 + roll(30) / 100))
    const style = `fill="${color}" fill-opacity="${0.35 + roll(40) / 100}"`
    return index % 2 === 0
      ? `<circle cx="${x}" cy="${y}" r="${size}" ${style}/>`
      : `<rect x="${x - size}" y="${y - size}" width="${size * 2}" height="${size * 2}" rx="${roll(size)}" transform="rotate(${roll(90)} ${x} ${y})" ${style}/>`
  })
  return shapes.join('')
}

function drawPrompt(prompt: string, width: number, height: number): string {
  const size = Math.max(8, Math.round(Math.min(width, height) / 18))
  const lines = wrap(prompt.slice(0, 600), Math.max(4, Math.floor((width * 0.9) / (size * 0.6))))
  const top = height - lines.length * size * 1.3 - size * 0.6
  const texts = lines.map(
    (line, index) =>
      `<text x="${width * 0.05}" y="${top + (index + 1) * size * 1.3}">${toXmlText(line)}</text>`,
  )
  const style = `font-family="${FONTS}" font-size="${size}" fill="white" stroke="black" stroke-opacity="0.6" stroke-width="${size / 6}" stroke-linejoin="round" paint-order="stroke"`
  return `<g ${style}>${texts.join('')}</g>`
}

function toSvg(spec: Painted, { width, height }: Size): string {
  const roll = rollFrom(spec)
  const hue = roll(360)
  const other = (hue + 40 + roll(180)) % 360
  const gradient = `<linearGradient id="g" gradientTransform="rotate(${roll(90)} .5 .5)"><stop offset="0" stop-color="hsl(${hue} 70% 35%)"/><stop offset="1" stop-color="hsl(${other} 75% 60%)"/></linearGradient>`
  const ground = `<rect width="${width}" height="${height}" fill="url(#g)" fill-opacity="${spec.source ? 0.25 : 1}"/>`
  const body = [
    ...(spec.transparent ? [] : [ground]),
    drawShapes(roll, width, height, hue),
    drawPrompt(spec.prompt, width, height),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${gradient}</defs>${body.join('')}</svg>`
}

function toDrawnSize({ width, height }: Size): Size {
  const scale = Math.min(1, DRAWN_EDGE / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

async function paint(spec: Painted, size: Size): Promise<Buffer> {
  if (spec.black) {
    const create = { ...size, channels: 3, background: 'black' } as const
    return sharp({ create }).png().toBuffer()
  }
  const drawing = Buffer.from(toSvg(spec, size))
  if (!spec.source) return sharp(drawing).png({ compressionLevel: 1 }).toBuffer()
  const under = sharp(spec.source, { limitInputPixels: 2 ** 28 }).rotate()
  const resized = under.resize(size.width, size.height, { fit: 'cover' })
  return resized
    .composite([{ input: drawing }])
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** The image as RGBA rows at a size of its own, for what is drawn upon it. */
export async function paintRgba(spec: Painted, size: Size): Promise<Buffer> {
  const painted = sharp(await paint(spec, size)).flatten()
  return painted.ensureAlpha().raw().toBuffer()
}

/** Draws a real image: colours and shapes come from prompt, seed and index, the prompt is written on it. */
export async function drawImage(spec: ImageSpec): Promise<Buffer> {
  const { width, height, progress = 1 } = spec
  let image = sharp(await paint(spec, toDrawnSize(spec)))
  if (progress < 1) image = image.blur(2 + (1 - progress) * 40)
  image = image.resize(width, height, { fit: 'fill', kernel: 'linear' })
  if (spec.format === 'png') return image.png({ compressionLevel: 6 }).toBuffer()
  if (spec.format === 'webp') return image.webp({ quality: 80, effort: 1 }).toBuffer()
  return image.flatten().jpeg({ quality: 85 }).toBuffer()
}
