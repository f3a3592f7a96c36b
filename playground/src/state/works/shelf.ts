/** Values that this browser keeps, each under its `id`. */
export interface Shelf {
  all(): Promise<readonly unknown[]>
  keep(value: { readonly id: string }): Promise<void>
  remove(id: string): Promise<void>
  clear(): Promise<void>
}

/**
 * A database of its own in IndexedDB, opened when it is first asked. Where a browser has none (private windows
 * of some), nothing is kept.
 */
export function createShelf(factory: IDBFactory, database: string, name: string): Shelf {
  let opened: Promise<IDBDatabase> | undefined
  const use = async (mode: IDBTransactionMode): Promise<IDBObjectStore | undefined> => {
    opened ??= open(factory, database, name)
    const found = await opened.catch(() => undefined)
    return found?.transaction(name, mode).objectStore(name)
  }
  return {
    async all() {
      const store = await use('readonly')
      const found: IDBRequest<unknown[]> | undefined = store?.getAll()
      return found === undefined ? [] : settled(found)
    },
    async keep(value) {
      const store = await use('readwrite')
      if (store !== undefined) await settled(store.put(value))
    },
    async remove(id) {
      const store = await use('readwrite')
      if (store !== undefined) await settled(store.delete(id))
    },
    async clear() {
      const store = await use('readwrite')
      if (store !== undefined) await settled(store.clear())
    },
  }
}

/** Always its first version: a page that is open elsewhere would hold a change of the version up. */
async function open(factory: IDBFactory, database: string, name: string): Promise<IDBDatabase> {
  const request = factory.open(database, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(name, { keyPath: 'id' })
  })
  return settled(request)
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result)
    })
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('the database could not be read'))
    })
  })
}
