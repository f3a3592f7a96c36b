// Found from the middle: looked for from its beginning, a million of `![` would each be read to the end. An
// address ends where the next one may begin, for the same reason.
const ADDRESS = /\]\(((?:[a-z][a-z\d+.-]{0,20}:|\.{0,2}\/)(?:(?!\]\()[^\s)])+)\)/gi

/**
 * The addresses of the markdown images in a text, in order: `![…](https://…)`, `![…](data:image/…)`, and an
 * app's own, `![…](/api/files/…)`, which is a picture all the same, be it that nobody else can fetch it.
 */
export function markdownImages(text: string): readonly string[] {
  const urls: string[] = []
  let end = 0
  for (const { 0: whole, 1: url = '', index } of text.matchAll(ADDRESS)) {
    const label = text.slice(end, index)
    if (label.lastIndexOf('![') > label.lastIndexOf(']')) urls.push(url)
    end = index + whole.length
  }
  return urls
}
