import type { ImageReference } from '../../job/image/image-reference.ts'
import { toReference } from '../../job/reference.ts'
import { takeMarkdownImages } from './markdown-images.ts'

/** A text without the images that are named in it. */
export interface TextImages {
  readonly text: string
  /** In order; empty: none is named. */
  readonly images: readonly ImageReference[]
}

/**
 * Takes out of a user's text what names an image: markdown anywhere, and the bare address of an image file at
 * either end. Within a text an address may be something to paint. Linear.
 */
export function takeTextImages(text: string): TextImages {
  const marked = takeMarkdownImages(text)
  const bare = takeEnds(marked.text)
  const urls = [...marked.urls, ...bare.urls]
  if (urls.length === 0) return { text, images: [] }
  return { text: bare.text.trim(), images: urls.map(toReference) }
}

/** An address is no longer. */
const MOST_CHARACTERS = 2000

const IMAGE_FILE = /\.(?:png|jpe?g|webp|gif|avif)$/i

/** More addresses at the ends of a text than images in a request are none of ours. */
const MOST_IMAGES = 16

function takeEnds(text: string): { readonly text: string; readonly urls: readonly string[] } {
  const before: string[] = []
  const behind: string[] = []
  let rest = text.trim()
  while (before.length + behind.length < MOST_IMAGES) {
    const first = /^\S+/.exec(rest.slice(0, MOST_CHARACTERS))?.[0] ?? ''
    const last = rest.slice(-MOST_CHARACTERS).split(/\s/).at(-1) ?? ''
    if (isImageFile(first)) {
      before.push(first)
      rest = rest.slice(first.length).trim()
    } else if (isImageFile(last)) {
      behind.unshift(last)
      rest = rest.slice(0, -last.length).trim()
    } else {
      break
    }
  }
  return { text: rest, urls: [...before, ...behind] }
}

function isImageFile(word: string): boolean {
  if (!/^https?:\/\//i.test(word) || !URL.canParse(word)) return false
  return IMAGE_FILE.test(new URL(word).pathname)
}
