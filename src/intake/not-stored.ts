import type { MediaStorage } from '../ports/media-storage.ts'

/**
 * A storage that keeps nothing, for requests that are only quoted: what would be kept gets an address that
 * says so. The name can belong to nobody (RFC 2606).
 */
export const NOT_STORED: MediaStorage = {
  store: (_, contentType) => Promise.resolve(toPlaceholder(contentType)),
  begin: (contentType) =>
    Promise.resolve({
      add: () => Promise.resolve(),
      finish: () => Promise.resolve(toPlaceholder(contentType)),
    }),
}

/** `https://not-uploaded.invalid/image.png` */
function toPlaceholder(contentType: string): string {
  const [, kind = 'file', ending = 'bin'] = /^(\w+)\/([\w-]+)/.exec(contentType) ?? []
  return `https://not-uploaded.invalid/${kind}.${ending}`
}
