// Found from the middle: looked for from its beginning, a million of `![` would each be read to the end. An
// address ends where the next one may begin, for the same reason.
const ADDRESS =
  /\]\(((?:[a-z][a-z\d+.-]{0,20}:|\.{0,2}\/)(?:(?!\]\()[^\s)])+)(?:[ \t]{1,3}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?\)/gi

/** What stands for an image while what surrounds it is looked at: Unicode's own sign for it. */
const PLACE = '\uFFFC'
const IMAGE_TAG = /<img\b[^<>]*>/gi
const SOURCE = /\ssrc\s*=\s*["']?((?:https?:|data:)[^\s"'<>]+)/i
const REFERENCE = /!\[([^\][\n]*)\](?!\()(?:\[([^\][\n]*)\])?/g
const DEFINITION = /^ {0,3}\[([^\][\n]+)\]:[ \t]*<?([^\s<>]+)[^\n]*/gm
const LINK_AROUND =
  /\[\s*\uFFFC\s*\](?:\((?:(?!\]\()[^)\n])*\)|\[([^\][\n]*)\])|<a\b[^<>]*>\s*\uFFFC\s*<\/a>/gi

/** A text without its images, and their addresses in order. */
interface MarkdownImages {
  readonly text: string
  readonly urls: readonly string[]
}

/**
 * Takes the markdown images out of a text: `![…](https://…)`, `![…](data:image/…)`, and an app's own,
 * `![…](/api/files/…)`, which is a picture all the same, be it that nobody else can fetch it; `![…][1]` with the
 * address further down, and `<img src="…">`. A link around an image goes with it.
 */
export function takeMarkdownImages(text: string): MarkdownImages {
  if (!/!\[|<img/i.test(text)) return { text, urls: [] }
  const found = [...text.matchAll(DEFINITION)]
  const defined = new Map(found.map(([, label, url]) => [toKey(label), url]))
  const used = new Set<string>()
  const inline = text
    .replaceAll(IMAGE_TAG, (tag) => toInline(SOURCE.exec(tag)?.[1], tag))
    .replaceAll(REFERENCE, (whole, alt: string, label: string | undefined) => {
      const key = toKey(label || alt)
      used.add(key)
      return toInline(defined.get(key), whole)
    })
  const { marked, urls } = markImages(inline)
  if (urls.length === 0) return { text, urls }
  const rest = marked
    .replaceAll(LINK_AROUND, (_, label: string | undefined) => {
      used.add(toKey(label))
      return ''
    })
    .replaceAll(DEFINITION, (line, label: string) => (used.has(toKey(label)) ? '' : line))
  return { text: rest.replaceAll(PLACE, ''), urls }
}

/** Labels are alike in either case. */
function toKey(label = ''): string {
  return label.toLowerCase()
}

function toInline(url: string | undefined, otherwise: string): string {
  return url === undefined ? otherwise : `![](${url})`
}

function markImages(text: string): { readonly marked: string; readonly urls: readonly string[] } {
  const urls: string[] = []
  let marked = ''
  let done = 0
  for (const { 0: whole, 1: url = '', index } of text.matchAll(ADDRESS)) {
    const label = text.slice(done, index)
    const opener = label.lastIndexOf('![')
    const isImage = opener > label.lastIndexOf(']')
    marked += isImage ? label.slice(0, opener) + PLACE : label + whole
    if (isImage) urls.push(url)
    done = index + whole.length
  }
  return { marked: marked + text.slice(done), urls }
}

/** Their addresses. */
export function markdownImages(text: string): readonly string[] {
  return takeMarkdownImages(text).urls
}
