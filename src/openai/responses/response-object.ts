import type {
  Response,
  ResponseError,
  ResponseOutputItem,
  ResponseOutputMessage,
  Tool,
} from 'openai/resources/responses/responses'

import type { AnyResult } from '../../job/any-result.ts'
import type { ImageFormat, Quality } from '../../job/image/image-job.ts'
import type { ImageResult } from '../../job/image/image-result.ts'
import { formatPixels } from '../../job/image/image-size.ts'
import type { JsonObject } from '../../lib/json.ts'
import { toReplyText, type Said } from '../conversation/reply-text.ts'
import { formatOf } from '../images/image-data.ts'
import type { ErrorWords, PlaceBase64 } from '../surface.ts'
import { withCost } from '../usage-cost.ts'
import { toImageId, toMessageId } from './response-ids.ts'

/** What stays the same in all states of a response. */
export interface ResponseFacts {
  readonly id: string
  readonly jobId: string
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly model: string
  readonly background: boolean
  /** The tool as it was asked for; empty: not known any more. */
  readonly tool: EchoedTool
  /** Whether the tool was listed: else the answer is its message alone, as it is of a text model. */
  readonly listed: boolean
  /** What was to be made, for the message; undefined: not known any more. */
  readonly said: Said | undefined
  /** As it came. */
  readonly toolChoice: string | JsonObject
  readonly instructions: string | null
  readonly metadata: Record<string, string>
  readonly previousResponseId: string | null
  readonly temperature: number | null
  readonly topP: number | null
  /** undefined: not said, or not known any more. */
  readonly safetyIdentifier?: string | undefined
  readonly serviceTier?: 'flex' | 'default' | undefined
}

/** The tool's settings that are told back. */
export interface EchoedTool {
  readonly quality?: Quality
  readonly background?: 'transparent' | 'opaque'
  readonly format?: ImageFormat
  readonly size?: string
  readonly action?: 'auto' | 'generate' | 'edit'
}

/** How a response stands. */
export type ResponseState =
  | { readonly status: 'queued' | 'in_progress' | 'cancelled' }
  | { readonly status: 'failed'; readonly error: ErrorWords }
  | {
      readonly status: 'completed'
      readonly output: readonly OutputItem[]
      readonly costUsd: number | undefined
    }

export type OutputItem = ImageItem | MessageItem

/** What a response says. */
export type MessageItem = ResponseOutputMessage & JsonObject

/** One image of a response. */
export type ImageItem = Omit<ResponseOutputItem.ImageGenerationCall, 'error' | 'svg_usage'> &
  JsonObject

/** Nobody counted tokens: 0, and nothing invented. */
const NO_USAGE = {
  input_tokens: 0,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 0,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 0,
}

/** The response object of `/v1/responses`, see OpenAI's API reference, "The response object". */
export function toResponse(facts: ResponseFacts, state: ResponseState): JsonObject {
  const response = {
    id: facts.id,
    object: 'response',
    created_at: facts.createdAt,
    status: state.status,
    background: facts.background,
    error: state.status === 'failed' ? toResponseError(state.error) : null,
    incomplete_details: null,
    instructions: facts.instructions,
    max_output_tokens: null,
    metadata: facts.metadata,
    model: facts.model,
    output: state.status === 'completed' ? [...state.output] : [],
    parallel_tool_calls: true,
    previous_response_id: facts.previousResponseId,
    temperature: facts.temperature,
    tools: facts.listed ? [toTool(facts.tool)] : [],
    top_p: facts.topP,
    access_programs: null,
    ...(facts.safetyIdentifier !== undefined && { safety_identifier: facts.safetyIdentifier }),
    ...(facts.serviceTier !== undefined && { service_tier: facts.serviceTier }),
    ...(state.status === 'completed' && { usage: withCost(NO_USAGE, state.costUsd) }),
    // `output_text` is made by the official client.
  } satisfies Omit<Response, 'output_text' | 'tool_choice'>
  return { ...response, tool_choice: facts.toolChoice }
}

function toTool({ quality, background, format, size, action }: EchoedTool) {
  return {
    type: 'image_generation' as const,
    ...(action !== undefined && { action }),
    ...(background !== undefined && { background }),
    ...(format !== undefined && { output_format: format }),
    ...(quality !== undefined && { quality }),
    ...(size !== undefined && { size }),
  } satisfies Tool.ImageGeneration
}

/** An image that is still being made. */
export function toPendingItem(jobId: string, index: number): ImageItem {
  return {
    type: 'image_generation_call',
    id: toImageId(jobId, index),
    status: 'in_progress',
    result: null,
  } satisfies ResponseOutputItem.ImageGenerationCall
}

/** The output of a response: its images, and in the end the message that every client can read. */
export function toOutput(
  result: AnyResult,
  facts: ResponseFacts,
  base64: PlaceBase64,
): readonly OutputItem[] {
  const message = toMessage(facts.id, toReplyText(result, facts.said))
  const isListed = facts.listed && result.medium === 'image'
  return isListed ? [...toItems(result, facts, base64), message] : [message]
}

/** @param text undefined: it is still to come */
export function toMessage(responseId: string, text?: string): MessageItem {
  return {
    type: 'message',
    id: toMessageId(responseId),
    role: 'assistant',
    status: text === undefined ? 'in_progress' : 'completed',
    content: text === undefined ? [] : [toTextPart(text)],
  } satisfies ResponseOutputMessage
}

export function toTextPart(text: string) {
  return { type: 'output_text' as const, text, annotations: [], logprobs: [] }
}

/** The images of a result, as the output of a response. */
function toItems(
  result: ImageResult,
  { jobId, tool }: Pick<ResponseFacts, 'jobId' | 'tool'>,
  base64: PlaceBase64,
): ImageItem[] {
  return result.images.map(({ pixels, contentType, url }, index) => {
    const format = formatOf(contentType, url)
    return {
      ...toPendingItem(jobId, index),
      status: 'completed',
      result: base64(index),
      ...(result.revisedPrompt !== undefined && { revised_prompt: result.revisedPrompt }),
      ...(result.edited !== undefined && { action: result.edited ? 'edit' : 'generate' }),
      background: tool.background ?? 'auto',
      ...(format !== undefined && { output_format: format }),
      quality: tool.quality ?? 'auto',
      ...(pixels !== undefined && { size: formatPixels(pixels) }),
    } satisfies ResponseOutputItem.ImageGenerationCall
  })
}

/** A failure in the few words that a response knows for it. */
function toResponseError({ code, message, param, type }: ErrorWords) {
  return { code: toCode(code), message, param, type } satisfies ResponseError
}

function toCode(code: string | null | undefined): ResponseError['code'] {
  if (code === 'content_policy_violation') return 'image_content_policy_violation'
  if (code === 'rate_limit_exceeded') return 'rate_limit_exceeded'
  return code === 'invalid_value' ? 'invalid_prompt' : 'server_error'
}
