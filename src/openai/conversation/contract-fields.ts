/**
 * Fields of OpenAI's chat and Responses contracts that only a text model could use. Clients send many of them
 * always, and models of other media have some by the same name: a `temperature` is of the words.
 */
const OF_TEXT_MODELS: ReadonlySet<string> = new Set([
  'messages',
  'input',
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'presence_penalty',
  'frequency_penalty',
  'stop',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'functions',
  'function_call',
  'response_format',
  'text',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'modalities',
  'prediction',
  'reasoning',
  'reasoning_effort',
  'include',
  'include_reasoning',
  'verbosity',
  'truncation',
  'background',
  'previous_response_id',
  'conversation',
  'prompt',
  'prompt_cache_key',
  'prompt_cache_retention',
  'web_search_options',
  'moderation',
  'metadata',
  'provider',
  'transforms',
  'service_tier',
  'store',
  'user',
  'safety_identifier',
])

/** What is left of a body; the SDKs spread `extra_body` over it, and some clients send it as it is. */
export function withoutTextFields(
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !OF_TEXT_MODELS.has(name)))
}
