// Found from the middle: looked for from its beginning, a million of `![` would each be read to the end. An
// address ends where the next one may begin, for the same reason.
const ADDRESS =
  /\]\(((?:[a-z][a-z\d+.-]{0,20}:|\.{0,2}\/)(?:(?!\]\()[^\s)])+)(?:[ \t]{1,3}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?\)/gi

/** A markdown image, and where it stands. */
export interface MarkdownImage {
  readonly url: string
  readonly start: number
  /** The first place behind it. */
  readonly end: number
}

/**
 * The markdown images in a text, in order: `![…](https://…)`, `![…](data:image/…)`, and an app's own,
 * `![…](/api/files/…)`, which is a picture all the same, be it that nobody else can fetch it.
 */
export function findMarkdownImages(text: string): readonly MarkdownImage[] {
  const images: MarkdownImage[] = []
  let done = 0
  for (const { 0: whole, 1: url = '', index } of text.matchAll(ADDRESS)) {
    const label = text.slice(done, index)
    const opener = label.lastIndexOf('![')
    const end = index + whole.length
    if (opener > label.lastIndexOf(']')) images.push({ url, start: done + opener, end })
    done = end
  }
  return images
}

/** Their addresses. */
export function markdownImages(text: string): readonly string[] {
  return findMarkdownImages(text).map(({ url }) => url)
}
