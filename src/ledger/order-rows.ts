import * as z from 'zod/mini'

import type { Problem } from '../job/problem.ts'
import { isJsonObject, parseJson } from '../lib/json.ts'
import { once } from '../lib/once.ts'
import type { RequestEnd, Taken } from '../ports/idempotency-store.ts'
import { takeOverEarlier } from './layout.ts'
import { ORDER_LAYOUT } from './order-layout.ts'
import type { EqualOrder, OrderTry } from './order-of-repeat.ts'

/** `refused`: nothing was submitted; `cancelled`: all of it was taken out of fal's queue. */
type OrderState = 'refused' | 'cancelled'

/** A submit of a scope, as it is kept. Times are in milliseconds unless their names say otherwise. */
export interface OrderRow extends EqualOrder {
  readonly id: number
  /** A random name of the request that submitted it. */
  readonly request: string
  readonly caller: string
  /** Empty for the first submit of a job. */
  readonly step: string
  readonly bodyHash: string
  readonly state: OrderState | undefined
  /** undefined: it is being submitted, or its outcome was lost. */
  readonly taken: Taken | undefined
  /** What was set aside for it; undefined: nothing. */
  readonly reservation: number | undefined
  /** When fal first told of it before its submit was answered; undefined: it did not. */
  readonly foundAt: number | undefined
  readonly createdSeconds: number
  readonly expiresAt: number
}

const orderRow = once(() =>
  z.object({
    id: z.number(),
    request: z.string(),
    caller: z.string(),
    step: z.string(),
    body_hash: z.string(),
    state: z.nullable(z.enum(['refused', 'cancelled'])),
    taken: z.nullable(z.string()),
    hold: z.nullable(z.number()),
    found_at: z.nullable(z.number()),
    created_seconds: z.number(),
    last_try: z.number(),
    expires_at: z.number(),
  }),
)

const tryRow = once(() =>
  z.object({
    request: z.string(),
    job: z.number(),
    came_at: z.number(),
    due_at: z.number(),
    ended: z.nullable(z.enum(['answered', 'left', 'kept'])),
    ended_at: z.nullable(z.number()),
  }),
)

const taken = once(() =>
  z.object({
    endpoint: z.string(),
    keyFingerprint: z.string(),
    parts: z.array(
      z.union([
        z.object({ part: z.object({ requestId: z.string(), path: z.string() }) }),
        z.object({ refused: z.custom<Problem>(hasKind) }),
      ]),
    ),
  }),
)

/** No more is asked of a problem: it was written as one. */
function hasKind(value: unknown): boolean {
  return isJsonObject(value) && typeof value['kind'] === 'string'
}

/** What an order is begun with. */
type NewOrder = Pick<
  OrderRow,
  'request' | 'caller' | 'step' | 'bodyHash' | 'lastTry' | 'createdSeconds' | 'expiresAt'
>

/** What becomes known of an order. */
type OrderUpdate = Partial<
  Pick<OrderRow, 'taken' | 'state' | 'reservation' | 'foundAt' | 'expiresAt' | 'lastTry'>
>

/** The orders of one scope and the requests for them, on storage whose statements run at once. */
export interface OrderRows {
  /** The oldest first. */
  all(): readonly OrderRow[]
  add(order: NewOrder): number
  update(id: number, changes: OrderUpdate): void
  remove(id: number): void
  join(id: number, one: Pick<OrderTry, 'request' | 'cameAt' | 'dueAt'>): void
  /**
   * Only the first end of a request counts.
   *
   * @returns whether the request has an order
   */
  end(request: string, how: RequestEnd, at: number): boolean
  /** What was left is kept from now on. */
  keep(id: number): void
}

type Run = (statement: string, ...values: (string | number | null)[]) => unknown[]

/** Runs statements on tables that are there, with what an earlier release wrote in them. */
function createRun(storage: DurableObjectStorage): Run {
  const { sql } = storage
  let isTakenOver = false
  return (statement, ...values) => {
    if (!isTakenOver) takeOverEarlier(storage, ORDER_LAYOUT)
    isTakenOver = true
    // Each time, because an object that has forgotten everything may be asked again.
    for (const table of ORDER_LAYOUT.tables) sql.exec(table)
    return sql.exec(statement, ...values).toArray()
  }
}

export function createOrderRows(storage: DurableObjectStorage): OrderRows {
  const run = createRun(storage)
  return {
    all() {
      const tries = run('SELECT * FROM tries ORDER BY came_at, rowid').map((row) =>
        tryRow().parse(row),
      )
      const byOrder = Map.groupBy(tries, ({ job }) => job)
      return run('SELECT * FROM orders ORDER BY id').map((row) => {
        const read = orderRow().parse(row)
        return toOrder(read, (byOrder.get(read.id) ?? []).map(toTry))
      })
    },
    add(order) {
      const { request, caller, step, bodyHash, createdSeconds, lastTry, expiresAt } = order
      const [row] = run(
        `INSERT INTO orders (request, caller, step, body_hash, created_seconds, last_try, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *`,
        request,
        caller,
        step,
        bodyHash,
        createdSeconds,
        lastTry,
        expiresAt,
      )
      return orderRow().parse(row).id
    },
    update(id, changes) {
      for (const [name, column] of COLUMNS) {
        if (!(name in changes)) continue
        const value = changes[name]
        run(
          `UPDATE orders SET ${column} = ? WHERE id = ?`,
          typeof value === 'object' ? JSON.stringify(value) : (value ?? null),
          id,
        )
      }
    },
    remove(id) {
      run('DELETE FROM orders WHERE id = ?', id)
      run('DELETE FROM tries WHERE job = ?', id)
    },
    join(id, { request, cameAt, dueAt }) {
      run(JOIN, request, id, cameAt, dueAt)
    },
    end(request, how, at) {
      return run(END_TRY, how, at, request).length > 0
    },
    keep(id) {
      run("UPDATE tries SET ended = 'kept' WHERE job = ? AND ended = 'left'", id)
    },
  }
}

const JOIN = 'INSERT OR IGNORE INTO tries (request, job, came_at, due_at) VALUES (?, ?, ?, ?)'
const END_TRY =
  'UPDATE tries SET ended = ?, ended_at = ? WHERE request = ? AND ended IS NULL RETURNING job'

const COLUMNS = [
  ['taken', 'taken'],
  ['state', 'state'],
  ['reservation', 'hold'],
  ['foundAt', 'found_at'],
  ['expiresAt', 'expires_at'],
  ['lastTry', 'last_try'],
] as const

function toOrder(row: z.infer<ReturnType<typeof orderRow>>, tries: readonly OrderTry[]): OrderRow {
  const read = taken().safeParse(row.taken === null ? undefined : parseJson(row.taken))
  return {
    id: row.id,
    request: row.request,
    caller: row.caller,
    step: row.step,
    bodyHash: row.body_hash,
    state: row.state ?? undefined,
    refused: row.state === 'refused',
    taken: read.success ? read.data : undefined,
    reservation: row.hold ?? undefined,
    foundAt: row.found_at ?? undefined,
    createdSeconds: row.created_seconds,
    lastTry: row.last_try,
    expiresAt: row.expires_at,
    tries,
  }
}

function toTry(row: z.infer<ReturnType<typeof tryRow>>): OrderTry {
  return {
    request: row.request,
    cameAt: row.came_at,
    dueAt: row.due_at,
    end: row.ended ?? undefined,
    endedAt: row.ended_at ?? 0,
  }
}
