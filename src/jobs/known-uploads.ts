import { createBoundedMap } from '../lib/bounded-map.ts'
import type { MediaStorage, StoredParts } from '../ports/media-storage.ts'

/** What has been uploaded a moment ago, by its bytes: the same file gets another address at each upload. */
export interface KnownUploads {
  /** The same storage; what is put into it is known afterwards. */
  watch(storage: MediaStorage): MediaStorage
  /** A name for the bytes at an address; undefined: they did not pass through here, or long ago. */
  readonly nameOf: (url: string) => string | undefined
}

/** As many as failures are remembered, and some more at work. */
const MOST = 400

export function createKnownUploads(): KnownUploads {
  const names = createBoundedMap<string>(MOST)
  const know = (url: string, name: string): string => {
    names.set(url, name)
    return url
  }
  return {
    watch: (storage) => ({
      ...storage,
      async store(bytes, contentType) {
        const [url, name] = await Promise.all([storage.store(bytes, contentType), digestOf(bytes)])
        return know(url, name)
      },
      async begin(contentType) {
        return watchParts(await storage.begin(contentType), know)
      },
    }),
    nameOf: (url) => names.get(url),
  }
}

function watchParts(parts: StoredParts, know: (url: string, name: string) => string): StoredParts {
  const digests: Promise<string>[] = []
  return {
    async add(bytes) {
      digests.push(digestOf(bytes))
      await parts.add(bytes)
    },
    async finish() {
      const [url, names] = await Promise.all([parts.finish(), Promise.all(digests)])
      return know(url, names.join(' '))
    },
  }
}

async function digestOf(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const digest = new crypto.DigestStream('SHA-256')
  const writer = digest.getWriter()
  for (const piece of pieces) await writer.write(piece)
  await writer.close()
  return `sha256:${new Uint8Array(await digest.digest).toHex()}`
}
