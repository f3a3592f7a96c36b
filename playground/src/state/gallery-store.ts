import { readKeptWorks } from './kept-work.ts'
import type { Work } from './work.ts'

/** Keeps the gallery in this browser. */
export interface GalleryStore {
  /** Newest first. */
  all(): Promise<readonly Work[]>
  keep(work: Work): Promise<void>
  remove(id: string): Promise<void>
}

const DATABASE = 'fal-openai-worker'
const SHELF = 'works'

/**
 * The gallery in IndexedDB. Where a browser has none (private windows of some), it is kept until the page
 * is closed.
 */
export async function openGalleryStore(factory: IDBFactory): Promise<GalleryStore> {
  try {
    return inDatabase(await open(factory))
  } catch {
    return { all: async () => [], keep: async () => undefined, remove: async () => undefined }
  }
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(SHELF, { keyPath: 'id' })
  })
  return settled(request)
}

function inDatabase(database: IDBDatabase): GalleryStore {
  const shelf = (mode: IDBTransactionMode): IDBObjectStore =>
    database.transaction(SHELF, mode).objectStore(SHELF)
  return {
    async all() {
      const found: IDBRequest<unknown[]> = shelf('readonly').getAll()
      return readKeptWorks(await settled(found)).toSorted(
        (one, other) => other.createdAt - one.createdAt,
      )
    },
    async keep(work) {
      await settled(shelf('readwrite').put({ ...work, partials: [] }))
    },
    async remove(id) {
      await settled(shelf('readwrite').delete(id))
    },
  }
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result)
    })
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('the gallery could not be read'))
    })
  })
}
