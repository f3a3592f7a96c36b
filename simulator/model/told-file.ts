/** A file of the answer, as far as it is made. */
export interface ToldFile {
  readonly url: string
  /** Of a sound. */
  readonly seconds?: number
  /** Of a file that is there already, in bytes. */
  readonly length?: number
}
