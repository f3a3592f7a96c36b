import { isJsonObject } from '../json.ts'
import type { SoundSpec, VideoSpec } from './media-spec.ts'

/** What is made in the thread for encoding. */
export type HeavySpec = VideoSpec | SoundSpec

export interface RenderOrder {
  readonly id: number
  readonly spec: HeavySpec
}

/** `bytes`, or why there are none. */
export interface RenderAnswer {
  readonly id: number
  readonly bytes?: Uint8Array
  readonly error?: string
}

const hasId = (message: unknown): boolean =>
  isJsonObject(message) && typeof message['id'] === 'number'

// Both ends are ours and messages are copied as they are: the id is enough to tell them from anything else.
export const isRenderOrder = (message: unknown): message is RenderOrder => hasId(message)
export const isRenderAnswer = (message: unknown): message is RenderAnswer => hasId(message)
