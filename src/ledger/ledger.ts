import * as z from 'zod/mini'

import type { Claim, ClaimAnswer, ClaimDesk } from '../job/claim.ts'
import { ProblemError } from '../job/problem.ts'
import { delay } from '../lib/delay.ts'
import { OUTCOME_LOST, type ClaimRequest } from './claim-book.ts'

/** What the gateway asks of the ledger. */
export interface Ledger {
  /** Where the submits of one claim are made. */
  deskOf(claim: Claim): ClaimDesk
}

/** A ledger object, as it is called from afar. */
interface LedgerStub {
  claim(request: ClaimRequest): Promise<ClaimAnswer>
  release(receipt: number): Promise<void>
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
  return {
    deskOf({ scope, ...claim }) {
      const object = namespace.getByName(`claim ${scope}`)
      const request = crypto.randomUUID()
      return {
        submit: (order) => insist(() => object.claim({ ...claim, ...order, request })),
        release: (receipt) => insist(() => object.release(receipt)),
      }
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
