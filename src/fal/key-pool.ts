import type { Problem } from '../job/problem.ts'
import { fingerprint } from '../lib/bytes/sha256.ts'
import { once } from '../lib/once.ts'

/** One of the owner's fal keys. */
export interface FalKey {
  readonly value: string
  /** Names the key in job ids and logs. */
  readonly fingerprint: string
}

/** The owner's fal keys, used in turn; one that failed rests for a while. */
export interface KeyPool {
  /**
   * The keys to try for one job, in order: those at work, beginning with the next in turn. When all rest,
   * all of them, because a refused request costs nothing and the owner may have mended the key.
   */
  take(): Promise<readonly FalKey[]>
  /** The same keys for what is no job: nobody's turn is taken by it. */
  peek(): Promise<readonly FalKey[]>
  rest(key: FalKey, ms: number): void
  /** The key that submitted a job; undefined: it is no longer in the pool. */
  find(keyFingerprint: string): Promise<FalKey | undefined>
}

/** A key that answers 401 or 403 rests for so long: such trouble is mended by people. */
export const REJECTED_KEY_REST_MS = 10 * 60_000

/** Lets a key rest that was refused. */
export function restKey(pool: KeyPool, key: FalKey, problem: Problem): void {
  const limited = problem.kind === 'rate_limited'
  pool.rest(key, limited ? (problem.retryAfterSeconds ?? 1) * 1000 : REJECTED_KEY_REST_MS)
}

/**
 * Lives as long as the isolate and holds one number a key; another isolate learns for itself.
 *
 * @param now milliseconds, for the rest times
 */
export function createKeyPool(values: readonly string[], now: () => number): KeyPool {
  const restUntil = new Map<string, number>()
  let turn = 0
  const all = once(() =>
    Promise.all(
      values.map(async (value): Promise<FalKey> => ({
        value,
        fingerprint: await fingerprint(value),
      })),
    ),
  )
  const inTurn = (keys: readonly FalKey[]): readonly FalKey[] => {
    const keysInTurn = [...keys.slice(turn), ...keys.slice(0, turn)]
    const atWork = keysInTurn.filter(({ value }) => (restUntil.get(value) ?? 0) <= now())
    return atWork.length > 0 ? atWork : keysInTurn
  }
  return {
    async take() {
      const keys = inTurn(await all())
      turn = (turn + 1) % values.length
      return keys
    },
    async peek() {
      return inTurn(await all())
    },
    rest(key, ms) {
      restUntil.set(key.value, now() + ms)
    },
    async find(keyFingerprint) {
      return (await all()).find((key) => key.fingerprint === keyFingerprint)
    },
  }
}
