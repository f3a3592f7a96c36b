/** What every job says, whatever is to be made. */
export interface BaseJob {
  /** The name the caller used; undefined: the medium's default model. */
  readonly model: string | undefined
  /** How many are wanted; 1 where a medium knows no count. */
  readonly count: number
}

/** What is asked of an endpoint, as far as it is paid by it; undefined: not known before it is made. */
export interface Quantity {
  /** Images, videos or sounds. */
  readonly count: number
  /** Of each. */
  readonly pixels?: number | undefined
  /** Of each, of what is made or of what is read. */
  readonly seconds?: number | undefined
  /** Of each at most, where the length is the endpoint's choice: what a budget must reckon with. */
  readonly atMostSeconds?: number | undefined
  /** Of the text that is spoken. */
  readonly characters?: number | undefined
}

/** What a medium wants to know again when a job is looked up by its id: a few short facts, for they travel in it. */
export type JobMemo = Readonly<Record<string, string | number>>
