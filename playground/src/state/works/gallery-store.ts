import { readKeptWorks } from './kept-work.ts'
import { createShelf } from './shelf.ts'
import type { Work } from './work.ts'

/** Keeps the gallery in this browser. */
export interface GalleryStore {
  /** Newest first. */
  all(): Promise<readonly Work[]>
  keep(work: Work): Promise<void>
  remove(id: string): Promise<void>
}

/** The gallery in IndexedDB. */
export function createGalleryStore(factory: IDBFactory): GalleryStore {
  const shelf = createShelf(factory, 'fal-openai-worker', 'works')
  return {
    async all() {
      const kept = readKeptWorks(await shelf.all())
      return kept.toSorted((one, other) => other.createdAt - one.createdAt)
    },
    keep(work) {
      const kept: Work = { ...work, partials: [] }
      // Where there is no room for it, it is asked for again at the next visit.
      return shelf.keep(kept).catch(() => undefined)
    },
    remove: (id) => shelf.remove(id),
  }
}
