/** An image, a video or a sound being read. */
export interface OpenedMedia {
  readonly body: ReadableStream<Uint8Array>
  /** Bytes that are to come; undefined: the host does not say. */
  readonly length: number | undefined
}

/**
 * Opens one by its URL, at some byte of it (0: the beginning).
 *
 * @throws ProblemError `upstream_failed` when it cannot be had, or not from there; the signal's reason when
 *   it aborts
 */
export type OpenMedia = (url: string, signal: AbortSignal, offset: number) => Promise<OpenedMedia>

/**
 * Asks for one by its URL as somebody asked us for it.
 *
 * @returns the host's answer, whatever its status
 * @throws ProblemError `upstream_failed` when there is none; the signal's reason when it aborts
 */
export type FetchMedia = (
  url: string,
  init: {
    readonly method?: 'GET' | 'HEAD'
    readonly headers?: Readonly<Record<string, string>>
  },
  signal: AbortSignal,
) => Promise<Response>
