import type { InputRule, VideoEndpointSpec, WordRule } from '../video-spec.ts'

/** A curated video model. */
export interface VideoFamily {
  readonly names: readonly [string, ...string[]]
  readonly owner: string
  /**
   * In the order in which they are tried: ids of the generated table, which has their facts, or the facts of
   * endpoints that opened after it was made (fal's schemas of August 2026).
   */
  readonly endpoints: readonly (string | VideoEndpointSpec)[]
  /** What holds where the caller has no wish; a size only where no image says one. */
  readonly defaults?: { readonly seconds: number; readonly size: string }
  /** Names of models that serve when fal answers that an endpoint of this one is gone. */
  readonly successors?: readonly string[]
}

/** Keeps what is written where it is used as a value. */
export function defineFamily(family: VideoFamily): VideoFamily {
  return family
}

/** A field that must be there. */
export function needed(field: string): InputRule {
  return { field, required: true }
}

/** A field that takes one of a list of words. */
export function words(field: string, values: readonly string[], usual?: string): WordRule {
  return { field, values, ...(usual !== undefined && { default: usual }) }
}

/** `"3"` to `"15"`. */
export function texts(first: number, last: number): readonly string[] {
  return numbers(first, last).map(String)
}

/** 3 to 15. */
export function numbers(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
