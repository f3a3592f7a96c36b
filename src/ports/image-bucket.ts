/** A copy, as the bucket tells of it. */
export interface StoredImage {
  readonly size: number
  readonly httpMetadata?: { readonly contentType?: string }
}

/** Where copies of images are kept: a bucket of R2, or what does the same on a machine of one's own. */
export interface ImageBucket {
  head(name: string): Promise<StoredImage | null>
  get(
    name: string,
    options?: { readonly range: R2Range },
  ): Promise<(StoredImage & { readonly body: ReadableStream }) | null>
  /** Whole or not at all: a stream that breaks off leaves nothing. */
  put(
    name: string,
    value: ReadableStream | ArrayBuffer,
    options?: { readonly httpMetadata: { readonly contentType: string } },
  ): Promise<unknown>
}
