import { withoutTextFields } from '../conversation/contract-fields.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Asked } from '../wish/asked.ts'
import { toolNames } from '../wish/tool-names.ts'
import type { ChatPrompt } from './chat-prompt.ts'
import type { PlainChatRequest } from './chat-request.ts'

/** What a chat says, in the words that all media share with the Responses API. */
export function toConversation(
  said: ChatPrompt,
  options: PlainChatRequest,
  body: Readonly<Record<string, unknown>>,
  deployment: string | undefined,
): Conversation {
  return {
    ...said,
    isOver: said.last === 'assistant' || said.last === 'tool',
    isForced: false,
    asked: toAsked(said, options),
    param: 'messages',
    fields: withoutTextFields(body),
    model: options.model ?? deployment,
  }
}

/** What tells whether words are wished for. */
export function toAsked(said: ChatPrompt, options: PlainChatRequest): Asked {
  const { response_format: format, tools } = options
  const shown = said.earlier === undefined ? 'none' : 'earlier'
  return {
    text: said.text,
    before: said.before,
    instructions: said.instructions,
    instructedLast: said.last === 'app',
    images: said.sources.length > 0 ? 'sent' : shown,
    maxTokens: options.max_completion_tokens ?? options.max_tokens ?? undefined,
    json:
      format?.type.startsWith('json') === true ? { schema: format.json_schema?.schema } : undefined,
    tools: toolNames(tools ?? []),
  }
}
