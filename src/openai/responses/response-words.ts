import type { ImageReference } from '../../job/image/image-reference.ts'
import type { PromptDirectives } from '../prompt/prompt-directives.ts'
import { OF_IMAGES } from '../wish/answer/words-only.ts'
import type { Asked } from '../wish/asked.ts'
import { answerWithoutImage } from '../wish/words-or-image.ts'
import type { ResponsePrompt } from './response-input.ts'
import type { ResponseRequest } from './response-schema.ts'

/** What of a request besides its text tells whether an image is wished for. */
export interface AskedResponse {
  readonly options: ResponseRequest
  readonly earlier: ImageReference | undefined
  /** Names of the tools that are listed, where none of them makes images. */
  readonly tools: readonly string[]
}

/** @returns what is said instead of drawing; undefined: an image is wished for */
export function answerInWords(
  said: ResponsePrompt,
  { prompt, draw }: PromptDirectives,
  asked: AskedResponse,
): string | undefined {
  if (said.isOver) return said.answer || OF_IMAGES.nothingMore
  const isForced = draw === true || isToolForced(asked.options)
  return isForced || prompt === '' ? undefined : answerWithoutImage(toAsked(said, asked))
}

/** Whether a picture is ordered by the request's own field. */
export function isToolForced({ tool_choice: choice }: ResponseRequest): boolean {
  const type = typeof choice === 'object' ? choice?.type : choice
  return type === 'required' || type === 'image_generation'
}

/** What tells whether words are wished for. */
export function toAsked(said: ResponsePrompt, { options, earlier, tools }: AskedResponse): Asked {
  const { instructions, max_output_tokens: maxTokens, text } = options
  const format = text?.format ?? undefined
  const isJson = format?.type.startsWith('json') === true
  const shown = earlier === undefined ? 'none' : 'earlier'
  return {
    text: said.text,
    before: said.before,
    instructions: [instructions ?? '', ...said.instructions].filter((one) => one !== ''),
    instructedLast: said.instructedLast,
    images: said.sources.length > 0 ? 'sent' : shown,
    maxTokens: maxTokens ?? undefined,
    json: isJson ? { schema: format?.['schema'] } : undefined,
    tools,
  }
}
