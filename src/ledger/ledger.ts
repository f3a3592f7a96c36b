import * as z from 'zod/mini'

import type { Account } from '../job/account.ts'
import type { Admission } from '../job/admission.ts'
import type { Claim, ClaimAnswer, ClaimDesk, Taken } from '../job/claim.ts'
import { ProblemError } from '../job/problem.ts'
import { delay } from '../lib/delay.ts'
import { OUTCOME_LOST, type ClaimRequest } from './claim-book.ts'

/** What the gateway asks of the ledger. */
export interface Ledger {
  /** Where the submits of one claim are made; `request` is a random name for the request. */
  deskOf(claim: Claim, request: string): ClaimDesk
  accountOf(caller: string): Account
  /** Keeps the exact limits of callers. */
  readonly admission: Admission
  /** fal has told of a request of this scope. */
  found(scope: string, request: string, taken: Taken): Promise<void>
}

/** A ledger object, as it is called from afar. */
interface LedgerStub extends Account {
  claim(request: ClaimRequest): Promise<ClaimAnswer>
  release(receipt: number): Promise<void>
  knows(): Promise<boolean>
  found(request: string, taken: Taken): Promise<boolean>
}

/** The binding `LEDGER`. */
export interface LedgerNamespace {
  getByName(name: string): LedgerStub
}

/** The binding, looked at as far as it can be. */
export const ledgerNamespace = z.custom<LedgerNamespace>(
  (value) => typeof value === 'object' && value !== null && 'getByName' in value,
  'expected a Durable Object namespace',
)

/** Calls of an object that is being moved fail; its answer to the same request is the same. */
const ATTEMPTS = 3
const PAUSE_MS = 200

export function createLedger(namespace: LedgerNamespace): Ledger {
  const objectOf = (scope: string): LedgerStub => namespace.getByName(`claim ${scope}`)
  const accountOf = (caller: string): Account => namespace.getByName(`account ${caller}`)
  return {
    deskOf({ scope, isStrict, ...claim }, request) {
      const object = objectOf(scope)
      return {
        isStrict,
        submit: (order) => insist(() => object.claim({ ...claim, ...order, request })),
        knows: () => insist(() => object.knows()),
        release: (receipt) => insist(() => object.release(receipt)),
      }
    },
    accountOf,
    admission: {
      async countRequest({ name, requestsPerMinute: limit = Infinity }) {
        const { passes, ...count } = await accountOf(name).admit(limit)
        return { ...count, limit, ok: passes }
      },
    },
    async found(scope, request, taken) {
      await insist(() => objectOf(scope).found(request, taken))
    },
  }
}

async function insist<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      if (attempt >= ATTEMPTS) throw new ProblemError(OUTCOME_LOST, { cause: error })
      await delay(PAUSE_MS * attempt)
    }
  }
}
