import type {
  ChatCompletion,
  ChatCompletionAudio,
  ChatCompletionChunk,
} from 'openai/resources/chat/completions'
import type { CompletionUsage } from 'openai/resources/completions'

import type { ImageResult } from '../../job/image/image-result.ts'
import type { JsonObject } from '../../lib/json.ts'
import { withCost } from '../usage-cost.ts'

/** What all parts of one chat reply share. */
export interface ChatFacts {
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
  /** The name that the caller used. */
  readonly model: string
  /** How it was treated; undefined: nothing was said of it. */
  readonly tier?: 'flex' | 'default' | undefined
}

/** Nobody counted tokens: 0, and nothing invented. */
const NO_USAGE = {
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
} satisfies CompletionUsage

/** An image as OpenRouter and LiteLLM put it beside the text. */
interface ChatImage {
  readonly type: 'image_url'
  readonly index: number
  readonly image_url: { readonly url: string }
}

/** Images beside the text, for callers that asked by `modalities: ["image", …]`. */
export function toChatImages({ images }: ImageResult): readonly (ChatImage & JsonObject)[] {
  return images.map(({ url }, index) => ({ type: 'image_url', index, image_url: { url } }))
}

/** What an assistant's message may hold beside its text. */
export interface ChatMessageMore {
  readonly images?: readonly (ChatImage & JsonObject)[]
  readonly audio?: ChatCompletionAudio
}

/** The answer of `/v1/chat/completions`. */
export function toChatCompletion(
  { id, created, model, tier }: ChatFacts,
  content: string,
  more: ChatMessageMore & {
    readonly fingerprint?: string
    readonly costUsd?: number | undefined
  },
): JsonObject {
  const message = {
    role: 'assistant' as const,
    content,
    refusal: null,
    annotations: [],
    ...(more.images !== undefined && { images: more.images }),
    ...(more.audio !== undefined && { audio: { ...more.audio } }),
  }
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: withCost(NO_USAGE, more.costUsd),
    service_tier: tier ?? 'default',
    ...(more.fingerprint !== undefined && { system_fingerprint: more.fingerprint }),
  } satisfies ChatCompletion
}

/** A delta as we send it: OpenAI's, with the two additions that clients of images know. */
export type ChatDelta = ChatCompletionChunk.Choice.Delta & {
  readonly reasoning_content?: string
  readonly images?: readonly (ChatImage & JsonObject)[]
}

/** One chunk of a chat stream. */
export function toChatChunk(
  facts: ChatFacts,
  delta: ChatDelta,
  more: {
    readonly finish?: 'stop'
    readonly fingerprint?: string | undefined
    /** Whether the caller asked for usage: then every chunk but the last carries `usage: null`. */
    readonly usage?: boolean
  } = {},
): JsonObject {
  return {
    ...chunk(facts, more.fingerprint),
    choices: [
      { index: 0, delta: toJsonDelta(delta), logprobs: null, finish_reason: more.finish ?? null },
    ],
    ...(more.usage === true && { usage: null }),
  } satisfies ChatCompletionChunk
}

/** The chunk after the last, when `stream_options.include_usage` asked for it. */
export function toUsageChunk(
  facts: ChatFacts,
  fingerprint: string | undefined,
  costUsd?: number,
): JsonObject {
  return {
    ...chunk(facts, fingerprint),
    choices: [],
    usage: withCost(NO_USAGE, costUsd),
  } satisfies ChatCompletionChunk
}

function chunk({ id, created, model, tier }: ChatFacts, fingerprint: string | undefined) {
  return {
    id,
    object: 'chat.completion.chunk' as const,
    created,
    model,
    ...(tier !== undefined && { service_tier: tier }),
    ...(fingerprint !== undefined && { system_fingerprint: fingerprint }),
  }
}

function toJsonDelta(delta: ChatDelta): JsonObject & ChatCompletionChunk.Choice.Delta {
  const { role, content, refusal, reasoning_content, images, audio } = delta
  return {
    ...(role !== undefined && { role }),
    ...(content !== undefined && { content }),
    ...(refusal !== undefined && { refusal }),
    ...(reasoning_content !== undefined && { reasoning_content }),
    ...(images !== undefined && { images }),
    ...(audio !== undefined && { audio: { ...audio } }),
  }
}
