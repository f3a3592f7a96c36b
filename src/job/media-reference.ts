/** A recording or a video as a caller named it: an address of the web, a `data:` URI, or the id of a file kept here. */
export interface MediaReference {
  readonly text: string
  /** Where it stands in the request. */
  readonly param: string
}
