import { isJsonObject, parseJson } from '../../lib/json.ts'

/** A request's way through the queue. `COMPLETED` says that it is over, not that it went well. */
export interface FalStatus {
  readonly status: 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED'
  /** How many are ahead; undefined: fal does not say. */
  readonly position: number | undefined
}

const STATUSES = ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] as const

/**
 * Reads a status body or the data of a status event; undefined: it is neither. By hand, because every event of
 * every stream is read here.
 */
export function readFalStatus(text: string): FalStatus | undefined {
  const body = parseJson(text)
  if (!isJsonObject(body)) return undefined
  const status = STATUSES.find((one) => one === body['status'])
  const position = body['queue_position'] ?? undefined
  const isKnown = position === undefined || isCount(position)
  return status !== undefined && isKnown ? { status, position } : undefined
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
