/** What a request of a text surface is, as far as it tells whether a picture or words are wished for. */
export interface Asked {
  /** What the user said last, without the settings in it. */
  readonly text: string
  /** What the user said before, oldest first. */
  readonly before: readonly string[]
  /** What the app says: its system and developer messages, the first one first. */
  readonly instructions: readonly string[]
  /** Whether the app's words come last: then they are what is asked. */
  readonly instructedLast: boolean
  /** Pictures: sent with the text, shown or sent before it, or none. */
  readonly images: 'sent' | 'earlier' | 'none'
  /** Most tokens of the answer; undefined: no limit of the caller's. */
  readonly maxTokens: number | undefined
  /** The answer's form by the request's own field; undefined: plain text. */
  readonly json: { readonly schema: unknown } | undefined
  /** Names of the tools that are offered, where none of them makes pictures. */
  readonly tools: readonly string[]
}
