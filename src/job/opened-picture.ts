/** A picture being read. */
export interface OpenedPicture {
  readonly body: ReadableStream<Uint8Array>
  /** Bytes; undefined: the host does not say. */
  readonly length: number | undefined
}

/**
 * Opens a picture by its URL.
 *
 * @throws ProblemError `upstream_failed` when it cannot be had; the signal's reason when it aborts
 */
export type OpenPicture = (url: string, signal: AbortSignal) => Promise<OpenedPicture>
