import { createHash, randomBytes } from 'node:crypto'

import type { Faults } from '../queue/faults.ts'
import type { MediaSpec, SoundFormat } from './media-spec.ts'
import { padFile, type PaddedFile } from './padding.ts'
import { createRenderer } from './renderer.ts'
import { toFileBytes } from './video-file.ts'

/** A file that a model made, to be drawn or encoded when somebody asks for it. */
export interface MediaItem {
  readonly spec: MediaSpec
  readonly faults: Faults
  /** The size of the file that was asked for, in bytes (fault `bytes`). */
  readonly bytes: number | undefined
}

/** A file with its place, for as long as it is there and for whom it is there. */
export interface PublishedItem extends MediaItem {
  /** In ms since the epoch; never when absent. */
  readonly expires?: number
  readonly access?: 'allow' | 'hide' | 'forbid'
}

export interface MediaStore {
  /** Gives the file a place on the CDN, below `/cdn/files/`. */
  publish(item: PublishedItem): string
  find(place: string): PublishedItem | undefined
  readonly render: (spec: MediaSpec) => Promise<Buffer>
  /** The file as it is served. */
  read(item: MediaItem): Promise<PaddedFile>
}

const MAX_PUBLISHED = 50_000
const MAX_RENDERED_BYTES = 256 * 1024 ** 2

/** fal's CDN sorts its files under animals. */
const ANIMALS = ['rabbit', 'kangaroo', 'panda', 'tiger', 'koala', 'monkey', 'zebra', 'penguin']

const SOUND_TYPES: Readonly<Record<SoundFormat, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  pcm: 'audio/pcm',
}

export function contentTypeOf(spec: MediaSpec): string {
  switch (spec.kind) {
    case 'image':
      return `image/${spec.format}`
    case 'video':
      return 'video/mp4'
    case 'sound':
      return SOUND_TYPES[spec.format]
    case 'other':
      return spec.contentType
  }
}

function extensionOf(spec: MediaSpec): string {
  switch (spec.kind) {
    case 'image':
      return spec.format === 'jpeg' ? 'jpg' : spec.format
    case 'video':
      return 'mp4'
    case 'sound':
      return spec.format
    case 'other':
      return spec.extension
  }
}

function choosePlace(spec: MediaSpec): string {
  const id = randomBytes(16).toString('base64url')
  const animal = ANIMALS[id.charCodeAt(0) % ANIMALS.length] ?? 'rabbit'
  return `${animal}/${id}.${extensionOf(spec)}`
}

function keyOf(spec: MediaSpec): string {
  const source = 'source' in spec ? spec.source : undefined
  const under = source ? createHash('sha256').update(source).digest('hex') : ''
  return JSON.stringify({ ...spec, source: under })
}

/** The file's length when it can be told without making the file. */
export function knownLength({ spec, bytes }: Omit<MediaItem, 'faults'>): number | undefined {
  if (spec.kind === 'other') return spec.text.length
  return spec.kind === 'video' ? Math.max(toFileBytes(spec), bytes ?? 0) : undefined
}

/** The same for equal files, and to be had without making them. */
export function toEtag({ spec, bytes }: MediaItem): string {
  const text = `${keyOf(spec)}${bytes ?? ''}`
  return `"${createHash('md5').update(text).digest('hex')}"`
}

interface Cache {
  get(key: string, make: () => Promise<Buffer>): Promise<Buffer>
}

function createCache(): Cache {
  const made = new Map<string, Promise<Buffer>>()
  const sizes = new Map<string, number>()
  let held = 0
  const dropOldest = (): void => {
    for (const [key, size] of sizes) {
      if (held <= MAX_RENDERED_BYTES) return
      held -= size
      sizes.delete(key)
      made.delete(key)
    }
  }
  const keep = async (key: string, making: Promise<Buffer>): Promise<void> => {
    try {
      const { length } = await making
      sizes.set(key, length)
      held += length
      dropOldest()
    } catch {
      made.delete(key)
    }
  }
  return {
    get(key, make) {
      const known = made.get(key)
      if (known) return known
      const making = make()
      made.set(key, making)
      void keep(key, making)
      return making
    },
  }
}

export function createMediaStore(): MediaStore {
  const published = new Map<string, PublishedItem>()
  const cache = createCache()
  const renderer = createRenderer()
  const render: MediaStore['render'] = (spec) => cache.get(keyOf(spec), () => renderer.render(spec))
  return {
    publish(item) {
      const place = choosePlace(item.spec)
      published.set(place, item)
      const [oldest] = published.keys()
      if (published.size > MAX_PUBLISHED && oldest !== undefined) published.delete(oldest)
      return place
    },
    find(place) {
      const item = published.get(place)
      return Date.now() < (item?.expires ?? Number.POSITIVE_INFINITY) ? item : undefined
    },
    render,
    async read(item) {
      const bytes = knownLength(item) ?? item.bytes
      const made = await render(item.spec)
      return padFile(made, contentTypeOf(item.spec), bytes ?? made.length)
    },
  }
}
