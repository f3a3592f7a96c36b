import type { ImageReference } from '../../job/image/image-reference.ts'
import type { MediaReference } from '../../job/reference.ts'
import type { AskedWork, BaseCall } from '../surface.ts'
import type { Asked } from '../wish/asked.ts'
import type { Said } from './reply-text.ts'

/** What the last thing that the user said asks for, in chat as in the Responses API. */
export interface Conversation {
  /** As it was written. */
  readonly written: string
  /** Without the images that are named in it. */
  readonly text: string
  /** Images in the same message, in order; else those in the result of a tool behind it. */
  readonly sources: readonly ImageReference[]
  /** How many of them are parts of the message, not words in its text. */
  readonly imageParts: number
  /** The last image before, whoever sent or showed it; undefined: none. */
  readonly earlier: ImageReference | undefined
  /** Sounds of what the user said since the last answer, in order. */
  readonly recordings: readonly MediaReference[]
  /** Videos of the same, in order. */
  readonly videos: readonly MediaReference[]
  /** Whether it has been done: our own output or a tool's has the last word. */
  readonly isOver: boolean
  /** What the assistant said last; empty: nothing. */
  readonly answer: string
  /** Whether something is to be made, whatever the words may order besides. */
  readonly isForced: boolean
  /** What tells whether words are wished for. */
  readonly asked: Asked
  /** The field that holds it. */
  readonly param: 'messages' | 'input'
  /** Everything else that was sent but what only a text model could use. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The name that the caller used; undefined: none. */
  readonly model: string | undefined
}

/** What a conversation comes to: something to be made, or words. */
export type Wish =
  | (AskedWork & {
      readonly kind: 'work'
      readonly said: Said
      readonly form: 'url' | 'both'
      readonly fields?: BaseCall<never>['fields']
    })
  | { readonly kind: 'words'; readonly words: string }
