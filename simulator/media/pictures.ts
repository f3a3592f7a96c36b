import { createHash, randomBytes } from 'node:crypto'

import type { Faults } from '../queue/faults.ts'
import { drawPicture, type PictureSpec } from './draw-picture.ts'

export interface Picture {
  readonly spec: PictureSpec
  readonly faults: Faults
  /** The size of the file that was asked for, in bytes. */
  readonly bytes: number | undefined
}

export interface Pictures {
  /** Gives the picture a place on the CDN, below `/cdn/files/`; it is drawn when somebody asks. */
  publish(picture: Picture): string
  find(place: string): Picture | undefined
  draw(spec: PictureSpec): Promise<Buffer>
}

const MAX_PUBLISHED = 50_000
const MAX_DRAWN_BYTES = 256 * 1024 ** 2

const EXTENSIONS = { png: 'png', jpeg: 'jpg', webp: 'webp' } as const

/** fal's CDN sorts its files under animals. */
const ANIMALS = ['rabbit', 'kangaroo', 'panda', 'tiger', 'koala', 'monkey', 'zebra', 'penguin']

function choosePlace(spec: PictureSpec): string {
  const id = randomBytes(16).toString('base64url')
  const animal = ANIMALS[id.charCodeAt(0) % ANIMALS.length] ?? 'rabbit'
  return `${animal}/${id}.${EXTENSIONS[spec.format]}`
}

function keyOf({ source, ...rest }: PictureSpec): string {
  const under = source ? createHash('sha256').update(source).digest('hex') : ''
  return `${JSON.stringify(rest)}${under}`
}

export function createPictures(): Pictures {
  const published = new Map<string, Picture>()
  const drawn = new Map<string, Promise<Buffer>>()
  const sizes = new Map<string, number>()
  let held = 0

  const dropOldest = (): void => {
    for (const [key, size] of sizes) {
      if (held <= MAX_DRAWN_BYTES) return
      held -= size
      sizes.delete(key)
      drawn.delete(key)
    }
  }
  const keep = async (key: string, drawing: Promise<Buffer>): Promise<void> => {
    try {
      const { length } = await drawing
      sizes.set(key, length)
      held += length
      dropOldest()
    } catch {
      drawn.delete(key)
    }
  }
  return {
    publish(picture) {
      const place = choosePlace(picture.spec)
      published.set(place, picture)
      const [oldest] = published.keys()
      if (published.size > MAX_PUBLISHED && oldest !== undefined) published.delete(oldest)
      return place
    },
    find: (place) => published.get(place),
    draw(spec) {
      const key = keyOf(spec)
      const known = drawn.get(key)
      if (known) return known
      const drawing = drawPicture(spec)
      drawn.set(key, drawing)
      void keep(key, drawing)
      return drawing
    },
  }
}
