/** One finished job, as numbers and words in fixed places. */
export interface DataPoint {
  readonly indexes: string[]
  readonly blobs: string[]
  readonly doubles: number[]
}

/** Where finished jobs are counted: a data set of Analytics Engine. */
export interface UsageSink {
  writeDataPoint(point: DataPoint): void
}
