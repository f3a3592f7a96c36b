import { UNREACHABLE } from '../api/gateway.ts'

export type ExtraValue = string | number | boolean

/** What is asked of a model. */
export interface Order {
  readonly model: string
  readonly prompt: string
  /** A ratio, or `WIDTHxHEIGHT`; empty: the model chooses. */
  readonly size: string
  /** `2K`; empty: the model chooses. */
  readonly resolution: string
  readonly count: number
  /** Empty: the model chooses. */
  readonly format: string
  /** Empty: any. */
  readonly seed: string
  readonly negativePrompt: string
  /** Fields that only some models take, by the names that the gateway has for them. */
  readonly extra: Readonly<Record<string, ExtraValue>>
  /** Pictures to work on; none: a new one is made. */
  readonly sources: readonly Blob[]
  /** Of the first source: transparent where it may change; undefined: everywhere. */
  readonly mask: Blob | undefined
  /** Whether unfinished pictures are shown on the way. */
  readonly live: boolean
}

export interface Picture {
  readonly blob: Blob
  /** Pixels; 0: not known. */
  readonly width: number
  readonly height: number
}

/** How an order stands. */
export type WorkState =
  /** On its way to the gateway. */
  | { readonly kind: 'sending' }
  /** ahead: how many jobs come first; undefined: not known. */
  | { readonly kind: 'queued'; readonly ahead: number | undefined }
  | { readonly kind: 'running' }
  | {
      readonly kind: 'done'
      readonly pictures: readonly Picture[]
      readonly seconds: number
      readonly seed: string | undefined
      /** US dollars; undefined: not known. */
      readonly cost: number | undefined
    }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | { readonly kind: 'stopped' }

/** An order and what has become of it. */
export interface Work {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly order: Order
  readonly state: WorkState
  /** Known as soon as fal has accepted. */
  readonly jobId: string | undefined
  /** What the gateway changed, in its own words; empty: nothing. */
  readonly adjusted: string
  /** Unfinished pictures, by their place; not kept. */
  readonly partials: readonly Blob[]
}

export function isUnderWay({ state }: Work): boolean {
  return state.kind === 'sending' || state.kind === 'queued' || state.kind === 'running'
}

/** Whether it failed only because nothing was heard of its job any more: that may be done by now. */
export function isOutOfSight({ state, jobId }: Work): boolean {
  return state.kind === 'failed' && state.code === UNREACHABLE && jobId !== undefined
}

export const FIRST_ORDER: Order = {
  model: '',
  prompt: '',
  size: '',
  resolution: '',
  count: 1,
  format: '',
  seed: '',
  negativePrompt: '',
  extra: {},
  sources: [],
  mask: undefined,
  live: false,
}
