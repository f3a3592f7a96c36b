/** OpenAI's limit, and the gateway's. */
export const MOST_SOURCES = 16

/** The pictures among files that were dropped, pasted or chosen. */
export function imagesIn(files: Iterable<File>): readonly File[] {
  return [...files].filter(({ type }) => /^image\/(?:png|jpeg|webp|gif|avif|bmp)$/.test(type))
}
