/** A place where fal can fetch files that a caller sent. */
export interface MediaStorage {
  /**
   * Keeps a file of known length.
   *
   * @returns its URL, which anybody who knows it may read
   * @throws ProblemError `upstream_failed` when it cannot be kept
   */
  store(bytes: readonly Uint8Array<ArrayBuffer>[], contentType: string): Promise<string>
  /**
   * Begins to keep a file that arrives in parts: nothing of it is held here.
   *
   * @throws ProblemError `upstream_failed`
   */
  begin(contentType: string): Promise<StoredParts>
}

/** A file on its way into the storage. */
export interface StoredParts {
  /** At least 5 MB a part, but for the last. */
  add(bytes: readonly Uint8Array<ArrayBuffer>[]): Promise<void>
  /** @returns the file's URL */
  finish(): Promise<string>
}
