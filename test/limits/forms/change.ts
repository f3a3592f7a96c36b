import type { Bytes, Draft, Part } from './draft.ts'

/** What decides, the same for the same seed. */
export interface Dice {
  readonly upTo: (most: number) => number
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item
}

/** What may be done to a form, with a name to tell it by. */
export type Change = readonly [name: string, work: (draft: Draft, dice: Dice) => void]

export const onePart = (
  draft: Draft,
  { upTo }: Dice,
  work: (part: Part) => Part | readonly Part[],
): void => {
  const at = upTo(draft.parts.length)
  draft.parts = draft.parts.flatMap((part, index) => (index === at ? work(part) : part))
}

export const withLine = (part: Part, line: string): Part => ({
  ...part,
  head: [...part.head, line],
})

export const wrap = (draft: Draft, work: (body: Bytes) => Bytes): void => {
  draft.wraps = [...draft.wraps, work]
}

export const add = (draft: Draft, ...parts: readonly Part[]): void => {
  draft.parts = [...draft.parts, ...parts]
}

export const encoded = (draft: Draft, coding: string, work: (body: Bytes) => Bytes): void => {
  draft.headers = { ...draft.headers, 'content-encoding': coding }
  wrap(draft, work)
}

export const typed = (draft: Draft, type: string): void => {
  draft.headers = { ...draft.headers, 'content-type': type }
}
