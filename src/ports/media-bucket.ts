/** A copy, as the bucket tells of it. */
export interface StoredCopy {
  readonly size: number
  readonly httpMetadata?: { readonly contentType?: string }
}

/** Where copies of what was made are kept: a bucket of R2, or what does the same on a machine of one's own. */
export interface MediaBucket {
  head(name: string): Promise<StoredCopy | null>
  get(
    name: string,
    options?: { readonly range: R2Range },
  ): Promise<(StoredCopy & { readonly body: ReadableStream }) | null>
  /** Whole or not at all: a stream that breaks off leaves nothing. */
  put(
    name: string,
    value: ReadableStream | ArrayBuffer,
    options?: { readonly httpMetadata: { readonly contentType: string } },
  ): Promise<unknown>
}
