/** A file of the page, as the build found it. */
export interface PageFile {
  /** Below the folder of the page. */
  readonly file: string
  /** By its content. */
  readonly etag: string
  /** Its type, and what the page's `_headers` says for its path. */
  readonly headers: Readonly<Record<string, string>>
}
