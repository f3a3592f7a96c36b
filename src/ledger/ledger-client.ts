import * as z from 'zod/mini'

import { mayBeTaken, ProblemError, problemOf } from '../job/problem.ts'
import { once } from '../lib/once.ts'
import { delay } from '../lib/time/delay.ts'
import type { Account } from '../ports/account.ts'
import type {
  FoundPart,
  IdempotencyKey,
  IdempotencyStore,
  RequestEnd,
  SubmitAnswer,
} from '../ports/idempotency-store.ts'
import type { Admission } from '../ports/rate-limit.ts'
import type { IdempotentSubmit } from './ledger-queue.ts'
import { OUTCOME_LOST } from './taken-parts.ts'

/** What the gateway asks of the ledger. */
export interface LedgerClient {
  /** Where the submits of one claim are made; `request` is a random name for the request. */
  idempotencyStoreOf(claim: IdempotencyKey, request: string): IdempotencyStore
  accountOf(callerName: string): Account
  /** Keeps the exact limits of callers. */
  readonly admission: Admission
  /** fal has told of a request of this scope. */
  found(scope: string, part: FoundPart): Promise<void>
}

/** A ledger object, as it is called from afar. */
interface LedgerStub extends Account {
  claim(request: IdempotentSubmit): Promise<SubmitAnswer>
  end(request: string, how: RequestEnd): Promise<void>
  found(part: FoundPart): Promise<boolean>
}

/** The binding `LEDGER`. */
export interface LedgerNamespace {
  getByName(name: string): LedgerStub
}

/** The binding, looked at as far as it can be. */
export const ledgerNamespace = once(() =>
  z.custom<LedgerNamespace>(
    (value) => typeof value === 'object' && value !== null && 'getByName' in value,
    'expected a Durable Object namespace',
  ),
)

/** Calls of an object that is being moved fail; its answer to the same request is the same. */
const ATTEMPTS = 3
const PAUSE_MS = 200

export function createLedgerClient(namespace: LedgerNamespace): LedgerClient {
  const objectOf = (scope: string): LedgerStub => namespace.getByName(`claim ${scope}`)
  const accountOf = (callerName: string): Account => namespace.getByName(`account ${callerName}`)
  return {
    idempotencyStoreOf({ scope, isStrict, ...claim }, request) {
      const object = objectOf(scope)
      return {
        isStrict,
        submit: (order) =>
          insist(() => object.claim({ ...claim, ...order, request })).catch(toUnavailable),
        end: (how) => insist(() => object.end(request, how)),
      }
    },
    accountOf,
    admission: {
      countRequest: ({ name, requestsPerMinute = Infinity }) =>
        accountOf(name).admit(requestsPerMinute),
    },
    async found(scope, part) {
      await insist(() => objectOf(scope).found(part))
    },
  }
}

/**
 * A call that never reached its object, so that nothing was done: the object has too much to do, or the day's
 * calls of the free plan are used up. An error of the object's own code is `remote`.
 *
 * https://developers.cloudflare.com/durable-objects/best-practices/error-handling/
 */
function isTurnedAway(error: unknown): boolean {
  if (!(error instanceof Error) || ('remote' in error && error.remote === true)) return false
  const overloaded = 'overloaded' in error && error.overloaded === true
  return overloaded || /^Exceeded allowed .+ in Durable Objects free tier/.test(error.message)
}

const TURNED_AWAY = {
  kind: 'upstream_failed',
  charged: 'no',
  reason: 'the ledger takes no calls',
} as const

function toUnavailable(error: unknown): SubmitAnswer {
  if (mayBeTaken(problemOf(error))) throw error
  return { kind: 'unavailable' }
}

/** @throws ProblemError `upstream_failed`: whether the call was carried out is not known, or it was not */
async function insist<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      // Only the first: what an earlier attempt may have done is not known.
      if (attempt === 1 && isTurnedAway(error)) {
        throw new ProblemError(TURNED_AWAY, { cause: error })
      }
      if (attempt >= ATTEMPTS) throw new ProblemError(OUTCOME_LOST, { cause: error })
      await delay(PAUSE_MS * attempt)
    }
  }
}
