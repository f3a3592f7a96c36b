/** One message of the conversation. */
export interface Turn {
  readonly id: string
  /** Milliseconds since 1970; an answer comes half of one after its question. */
  readonly saidAt: number
  readonly role: 'user' | 'assistant'
  /** As it was sent or came: markdown, with the pictures' addresses, from which the next turn goes on. */
  readonly content: string
  readonly pictures: readonly Blob[]
  /** What the gateway said of the way there. */
  readonly progress: string
  readonly failure: { readonly message: string; readonly code: string | undefined } | undefined
  /** By which the answer is found again; undefined: it is not known yet, or there is none. */
  readonly jobId: string | undefined
  /** Whether nothing more will come. */
  readonly ended: boolean
}

/** A question, and the answer that is waited for. */
export function toTurns(text: string, now: number): readonly [Turn, Turn] {
  const empty = { pictures: [], progress: '', failure: undefined, jobId: undefined }
  return [
    { ...empty, id: newId(), saidAt: now, role: 'user', content: text, ended: true },
    { ...empty, id: newId(), saidAt: now + 0.5, role: 'assistant', content: '', ended: false },
  ]
}

function newId(): string {
  return crypto.randomUUID()
}

/** What is read of a turn: its words, without the pictures, which are shown. */
export function wordsOf({ content }: Turn): string {
  return content.replaceAll(IMAGE, '').trim()
}

/** Whether the words of a turn lead to a picture, so that the next turn can change it. */
export function leadsToImage(content: string): boolean {
  return content.search(IMAGE) >= 0
}

/** A picture in markdown. */
const IMAGE = /!\[[^\]]*\]\([^)]*\)/g
