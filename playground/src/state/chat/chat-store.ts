import * as z from 'zod/mini'

import { createShelf } from '../works/shelf.ts'
import type { Turn } from './turn.ts'

/** Keeps the conversation in this browser. */
export interface ChatStore {
  /** As they were said. */
  all(): Promise<readonly Turn[]>
  keep(turn: Turn): Promise<void>
  clear(): Promise<void>
}

const text = z.union([z.string(), z.undefined()])

const turn = z.object({
  id: z.string(),
  saidAt: z.number(),
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  pictures: z.array(z.instanceof(Blob)),
  progress: z.string(),
  failure: z.union([z.object({ message: z.string(), code: text }), z.undefined()]),
  jobId: text,
  ended: z.boolean(),
})

/** The conversation in IndexedDB; what is not understood any more is left out. */
export function createChatStore(factory: IDBFactory): ChatStore {
  const shelf = createShelf(factory, 'fal-openai-worker-chat', 'turns')
  return {
    async all() {
      const kept = await shelf.all()
      const read = kept.flatMap((one) => turn.safeParse(one).data ?? [])
      return read.toSorted((one, other) => one.saidAt - other.saidAt)
    },
    keep: (one) => shelf.keep(one),
    clear: () => shelf.clear(),
  }
}
