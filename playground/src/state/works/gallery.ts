import { toGatewayError, type Gateway } from '../../api/gateway.ts'
import type { RunAccess, WorkChange } from '../run-access.ts'
import { createStore, type Store } from '../store.ts'
import type { GalleryStore } from './gallery-store.ts'
import { followWork, runWork } from './run-work.ts'
import { isOutOfSight, isUnderWay, type Order, type Work } from './work.ts'

/** All works, newest first, and what can be done with them. */
export interface Gallery {
  readonly works: Store<readonly Work[]>
  /** Sends an order. */
  begin(order: Order): void
  /** Takes a job out of fal's queue. */
  stop(work: Work): void
  remove(work: Work): void
  /** Reads what is kept, and follows what was under way when the page was closed. */
  restore(): Promise<void>
}

export interface GalleryWorld {
  readonly gateway: Gateway
  readonly store: GalleryStore
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The page was closed before the gateway had said what became of it. */
const UNKNOWN_END = 'page_closed'

export function createGallery(world: GalleryWorld): Gallery {
  const works = createStore<readonly Work[]>([])
  const shelf = createShelf(world, works)
  const runner = createRunner(world, shelf)
  return {
    works,
    begin(order) {
      const work = toWork(order, world.now())
      works.change((all) => [work, ...all])
      void world.store.keep(work)
      void runner.run(work, runWork)
    },
    stop(work) {
      if (shelf.cancel(work.id)) return
      // A stream without a job behind it ends with its connection.
      runner.leave(work)
      shelf.change(work.id, { partials: [], state: { kind: 'stopped' } })
    },
    remove(work) {
      runner.leave(work)
      works.change((all) => all.filter(({ id }) => id !== work.id))
      void world.store.remove(work.id)
    },
    async restore() {
      const kept = await world.store.all()
      works.change((all) => [...all, ...kept])
      for (const work of kept.filter((one) => isUnderWay(one) || isOutOfSight(one))) {
        if (work.jobId !== undefined) void runner.run(work, followWork)
        else shelf.change(work.id, { state: { kind: 'failed', message: '', code: UNKNOWN_END } })
      }
    },
  }
}

/** The works as they change. */
interface Shelf {
  change(id: string, changes: WorkChange): void
  /** @returns false for a work that has no job which could be cancelled, and will have none */
  cancel(id: string): boolean
}

function createShelf({ gateway, store }: GalleryWorld, works: Store<readonly Work[]>): Shelf {
  /** Stopped before their job had an id. */
  const unwanted = new Set<string>()
  const find = (id: string): Work | undefined => works.get().find((work) => work.id === id)
  const cancelJob = (jobId: string, { medium }: Order): void => {
    const path = medium === 'video' ? `/videos/${jobId}` : `/jobs/${jobId}`
    // What has begun may still come to its end, and is paid for then: it goes on being followed.
    void gateway.request(path, { method: 'DELETE' }).catch(() => undefined)
  }
  return {
    change(id, changes) {
      const old = find(id)
      // Removed meanwhile.
      if (old === undefined) return
      const changed = { ...old, ...changes }
      works.change((all) => all.map((work) => (work.id === id ? changed : work)))
      if (old.state.kind === changed.state.kind && old.jobId === changed.jobId) return
      void store.keep(changed)
      if (changed.jobId !== undefined && unwanted.delete(id)) {
        cancelJob(changed.jobId, changed.order)
      }
    },
    cancel(id) {
      const work = find(id)
      if (work?.jobId !== undefined) cancelJob(work.jobId, work.order)
      else if (work?.state.kind === 'sending') unwanted.add(id)
      else return false
      return true
    },
  }
}

interface Runner {
  run(work: Work, how: (work: Work, access: RunAccess) => Promise<void>): Promise<void>
  /** Watches a work no longer; its job goes on. */
  leave(work: Work): void
}

function createRunner({ gateway, now }: GalleryWorld, shelf: Shelf): Runner {
  const running = new Map<string, AbortController>()
  return {
    async run(work, how) {
      const controller = new AbortController()
      const { signal } = controller
      running.set(work.id, controller)
      const tell = (changes: WorkChange): void => {
        if (!signal.aborted) shelf.change(work.id, changes)
      }
      try {
        await how(work, { gateway, now, signal, tell })
      } catch (error) {
        const { message, code } = toGatewayError(error)
        tell({ partials: [], state: { kind: 'failed', message, code } })
      } finally {
        running.delete(work.id)
      }
    },
    leave({ id }) {
      running.get(id)?.abort()
    },
  }
}

function toWork(order: Order, createdAt: number): Work {
  return {
    id: crypto.randomUUID(),
    createdAt,
    order,
    state: { kind: 'sending' },
    jobId: undefined,
    adjusted: '',
    partials: [],
  }
}
