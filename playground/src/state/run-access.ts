import type { Gateway } from '../api/gateway.ts'
import type { Work } from './works/work.ts'

/** What changes of a work while it runs. */
export type WorkChange = Partial<Pick<Work, 'state' | 'jobId' | 'adjusted' | 'partials'>>

/** What a work is run with. */
export interface RunAccess {
  readonly gateway: Gateway
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly signal: AbortSignal
  readonly tell: (change: WorkChange) => void
}

/** US dollars; undefined: not known. */
export function costIn(headers: Headers | undefined): number | undefined {
  const told = headers?.get('x-cost-usd') ?? undefined
  return told === undefined ? undefined : Number(told)
}
