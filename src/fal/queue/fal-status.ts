import * as z from 'zod/mini'

import { parseJson } from '../../lib/json.ts'

/** A request's way through the queue. `COMPLETED` says that it is over, not that it went well. */
export interface FalStatus {
  readonly status: 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED'
  /** How many are ahead; undefined: fal does not say. */
  readonly position: number | undefined
}

const schema = z.object({
  status: z.enum(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']),
  queue_position: z.nullish(z.int().check(z.minimum(0))),
})

/** Reads a status body or the data of a status event; undefined: it is neither. */
export function readFalStatus(text: string): FalStatus | undefined {
  const parsed = schema.safeParse(parseJson(text))
  return parsed.success
    ? { status: parsed.data.status, position: parsed.data.queue_position ?? undefined }
    : undefined
}
