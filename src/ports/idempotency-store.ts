import type { JobPart } from '../job/job-result.ts'
import type { Problem } from '../job/problem.ts'

/** What a request says of its repeats. */
export interface IdempotencyKey {
  readonly caller: string
  /** Whose claim, and under which key: requests with the same scope may be one. */
  readonly scope: string
  /** The body's SHA-256. */
  readonly bodyHash: string
  /** Whether a job that is known in the scope serves this request, too; otherwise it is a new one. */
  readonly attach: boolean
  /** Whether rather nothing is submitted than without looking for an earlier job. */
  readonly isStrict: boolean
  /** How long a job is remembered after the last request for it, in seconds. */
  readonly keepSeconds: number
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
}

/** One fal request of a job, or why fal did not take it. */
type TakenPart = { readonly part: JobPart } | { readonly refused: Problem }

/** What fal has taken. */
export interface Taken {
  readonly endpoint: string
  readonly keyFingerprint: string
  /** At least one of them was taken. */
  readonly parts: readonly TakenPart[]
}

/** A fal key, by its fingerprint, and how long it should rest, in milliseconds. */
export interface RestedKey {
  readonly key: string
  readonly ms: number
}

/** What became of an order. */
export type SubmitAnswer =
  /** `receipt` names the job in its scope; `rested`: fal keys that were refused on the way. */
  | {
      readonly kind: 'taken'
      readonly taken: Taken
      readonly recordId: number
      readonly rested: readonly RestedKey[]
    }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The desk can write nothing down, or takes no call, as when the day's are used up; nothing was submitted. */
  | { readonly kind: 'unavailable' }

/** Where the submits of one claim are made. */
export interface IdempotencyStore {
  /** Whether rather nothing is submitted than without this desk. */
  readonly isStrict: boolean
  /** @throws ProblemError `upstream_failed` when nobody can tell whether the order was carried out */
  submit(order: SubmitOrder): Promise<SubmitAnswer>
  /** Whether there is a job already that would serve this request. */
  knows(): Promise<boolean>
  /** The caller has gone: what still waits is cancelled, unless a repeat of the request takes it over. */
  release(recordId: number): Promise<void>
}
