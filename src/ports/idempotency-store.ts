import type { JobPart } from '../job/job-result.ts'
import type { Preferences } from '../job/preferences.ts'
import type { Problem } from '../job/problem.ts'

/** What a request says of its repeats. */
export interface IdempotencyKey {
  readonly caller: string
  /** Whose request, and under which key: requests with the same scope may be one order. */
  readonly scope: string
  /** The body's SHA-256. */
  readonly bodyHash: string
  /** Whether a job that is known in the scope serves this request, too; otherwise it is a new one. */
  readonly attach: boolean
  /**
   * How many tries its client made before this one, as it counts them; undefined: it has a key, and all
   * requests with that are one order.
   */
  readonly tries: number | undefined
  /** How long its client waits for an answer, in seconds. */
  readonly patienceSeconds: number
  /** Whether rather nothing is submitted than without looking for an earlier job. */
  readonly isStrict: boolean
  /** How long a job is remembered after the last request for it, in seconds. */
  readonly keepSeconds: number
}

/** Money of a caller's, to be set aside when something is submitted. */
export interface ReservationOrder {
  readonly usd: number
  /** The caller's for a day. */
  readonly budgetUsd: number
}

/** One submit to be made once, however often it is asked for. */
export interface SubmitOrder {
  readonly endpoint: string
  readonly inputs: readonly unknown[]
  /** Which submit of the job: empty for the first, otherwise what names a later step. */
  readonly step: string
  /** The fal keys to try, by their fingerprints, in order. */
  readonly keys: readonly string[]
  /** Where fal tells that a request has ended; undefined: nowhere. */
  readonly webhook: string | undefined
  /** absent: as fal treats any. */
  readonly preferences?: Preferences | undefined
  /** Set aside before anything is submitted; undefined: nothing. */
  readonly reservation: ReservationOrder | undefined
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** One fal request of a job, or why fal did not take it. */
export type TakenPart = { readonly part: JobPart } | { readonly refused: Problem }

/** What fal has taken. */
export interface Taken {
  readonly endpoint: string
  readonly keyFingerprint: string
  /** At least one of them was taken. */
  readonly parts: readonly TakenPart[]
}

/** A request of a job, by what fal told of its end. */
export interface FoundPart {
  /** A random name of the request that submitted it. */
  readonly request: string
  readonly endpoint: string
  readonly keyFingerprint: string
  /** How many fal requests the job has. */
  readonly parts: number
  /** Which of them it is; undefined: fal does not say. */
  readonly index: number | undefined
  readonly part: JobPart
  /** Whether something was made. */
  readonly ok: boolean
}

/** A fal key, by its fingerprint, and how long it should rest, in milliseconds. */
export interface RestedKey {
  readonly key: string
  readonly ms: number
}

/** What became of an order. */
export type SubmitAnswer =
  | {
      readonly kind: 'taken'
      readonly taken: Taken
      /** When it was ordered first, in seconds since 1970: the same job has the same id. */
      readonly createdAt: number
      /** What was set aside for it; undefined: nothing. */
      readonly reservation: number | undefined
      /** fal keys that were refused on the way. */
      readonly rested: readonly RestedKey[]
    }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The store can write nothing down, or takes no call, as when the day's are used up; nothing was submitted. */
  | { readonly kind: 'unavailable' }

/**
 * How a request has ended for its caller: `answered`: with what was made, or with a failure that is final; `left`:
 * its caller has gone, and what still waits may be cancelled; `kept`: without either, and the job goes on.
 */
export type RequestEnd = 'answered' | 'left' | 'kept'

/** Where the submits of one request are made. */
export interface IdempotencyStore {
  /** Whether rather nothing is submitted than without this store. */
  readonly isStrict: boolean
  /** @throws ProblemError `upstream_failed` when nobody can tell whether the order was carried out */
  submit(order: SubmitOrder): Promise<SubmitAnswer>
  /** What still waits of what the caller has left is cancelled, unless a repeat of the request takes it over. */
  end(how: RequestEnd): Promise<void>
}
