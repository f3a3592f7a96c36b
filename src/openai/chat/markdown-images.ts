// Found from the middle: looked for from its beginning, a million of `![` would each be read to the end. An
// address ends where the next one may begin, for the same reason.
const ADDRESS = /\]\(((?:https?:\/\/|data:image\/)(?:(?!\]\()[^\s)])+)\)/gi

/** The addresses of the markdown images in a text, in order: `![…](https://…)` or `![…](data:image/…)`. */
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
