import * as z from 'zod'

import type { ImageJob } from '../job/image-job.ts'
import { parseImageSize } from '../job/image-size.ts'
import { invalidRequest } from '../job/problem.ts'
import type { RunningJob } from '../job/running-job.ts'
import { TICK, withTicks } from '../lib/with-ticks.ts'
import { toChatChunk, toChatCompletion, toChatImages, toUsageChunk } from './chat-completion.ts'
import type { ChatDelta, ChatFacts } from './chat-completion.ts'
import { chatMessage, readLastUserText } from './chat-prompt.ts'
import { NOTHING_TO_DRAW, toReplyText, waitingWords } from './chat-text.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from './image-options.ts'
import { readPromptDirectives, type PromptDirectives } from './prompt-directives.ts'
import { readWith } from './read-with.ts'
import type { Call, RequestFacts, ServerEvent, ServerEvents, Surface } from './surface.ts'

// Chat clients send many fields that mean nothing here (temperature, tools, …): those are not looked at.
// `quality`, `style` and their like are not chat's words, so a strange value is no reason to refuse.
const request = z.object({
  ...imageOptions,
  quality: imageOptions.quality.catch(undefined),
  style: imageOptions.style.catch(undefined),
  background: imageOptions.background.catch(undefined),
  moderation: imageOptions.moderation.catch(undefined),
  messages: z.array(chatMessage).min(1, 'expected at least one message'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  modalities: z.array(z.string()).nullish(),
})

type ChatRequest = z.infer<typeof request>

/** `POST /v1/chat/completions`, see OpenAI's API reference, "Create chat completion". */
export const chatCompletions: Surface = {
  read(body, facts) {
    const options = readWith(request, body)
    const directives = readPromptDirectives(readLastUserText(options.messages))
    if (directives.prompt === '') return nothingToDraw(options, facts)
    if (Array.from(directives.prompt).length > MAX_PROMPT_CHARACTERS) {
      throw invalidRequest(
        'messages',
        `The last message is too long: at most ${MAX_PROMPT_CHARACTERS} characters.`,
      )
    }
    const job = withDirectives(readImageOptions(options, body), directives, facts)
    return toCall(job, options, facts)
  },
}

/** What the prompt says wins over what the client's settings say. */
function withDirectives(
  options: Omit<ImageJob, 'prompt'>,
  directives: PromptDirectives,
  { deployment }: RequestFacts,
): ImageJob {
  return {
    ...options,
    model: options.model ?? deployment,
    prompt: directives.prompt,
    size: directives.size === undefined ? options.size : parseImageSize(directives.size),
    count: directives.count ?? options.count,
    seed: directives.seed ?? options.seed,
    negativePrompt: directives.negativePrompt ?? options.negativePrompt,
  }
}

function toCall(
  job: ImageJob,
  options: ChatRequest,
  { requestId, nowSeconds }: RequestFacts,
): Call {
  const id = toChatId(requestId)
  const beside = options.modalities?.includes('image') === true
  const created = nowSeconds
  return {
    kind: 'job',
    job,
    streaming: options.stream === true,
    pictures: 'url',
    emptyList: 'choices',
    toJson: (result) =>
      toChatCompletion({ id, created, model: result.model }, toReplyText(result, job.prompt), {
        fingerprint: result.endpoint,
        ...(beside ? { images: toChatImages(result) } : {}),
      }),
    toEvents: (running) =>
      toChunks(running, {
        facts: { id, created, model: job.model ?? '' },
        prompt: job.prompt,
        beside,
        usage: options.stream_options?.include_usage === true,
      }),
  }
}

function toChatId(requestId: string): string {
  return `chatcmpl-${requestId.replace(/^req_/, '')}`
}

interface ChunkOptions {
  readonly facts: ChatFacts
  readonly prompt: string
  /** Whether pictures are wanted beside the text too. */
  readonly beside: boolean
  readonly usage: boolean
}

/** How often the time so far is told, in milliseconds. */
const ELAPSED_MS = 10_000

async function* toChunks(running: RunningJob, options: ChunkOptions): ServerEvents {
  const { prompt, beside, usage } = options
  const words = waitingWords(prompt)
  const { id, created } = options.facts
  let { model } = options.facts
  let fingerprint: string | undefined
  let silent = 0
  const send = (delta: ChatDelta, finish?: 'stop'): ServerEvent => ({
    data: toChatChunk({ id, created, model }, delta, {
      fingerprint,
      usage,
      ...(finish && { finish }),
    }),
  })
  const events = withTicks(running, ELAPSED_MS)
  for (;;) {
    const next = await events.next()
    if (next.done === true) {
      const result = next.value
      yield send({ content: toReplyText(result, prompt) })
      if (beside) yield send({ images: toChatImages(result) })
      break
    }
    const event = next.value
    if (event === TICK) {
      silent += ELAPSED_MS / 1000
      yield send({ reasoning_content: words.elapsed(silent) })
    } else if (event.type === 'accepted') {
      model = event.model
      fingerprint = event.endpoint
      yield send({ role: 'assistant', content: '', refusal: null })
      yield send({ content: words.making })
    } else {
      const progress = words.toProgress(event)
      if (progress !== undefined) yield send({ reasoning_content: progress })
    }
  }
  yield send({}, 'stop')
  if (usage) yield { data: toUsageChunk({ id, created, model }, fingerprint) }
  yield { data: '[DONE]' }
}

/** A message of nothing but settings: a helpful word, and nothing is submitted. */
function nothingToDraw(
  options: ChatRequest,
  { requestId, nowSeconds, deployment, defaultModel }: RequestFacts,
): Call {
  const facts = {
    id: toChatId(requestId),
    created: nowSeconds,
    model: options.model ?? deployment ?? defaultModel,
  }
  const usage = options.stream_options?.include_usage === true
  return {
    kind: 'answer',
    streaming: options.stream === true,
    toJson: () => toChatCompletion(facts, NOTHING_TO_DRAW, {}),
    toEvents: async function* words() {
      yield {
        data: toChatChunk(facts, { role: 'assistant', content: '', refusal: null }, { usage }),
      }
      yield { data: toChatChunk(facts, { content: NOTHING_TO_DRAW }, { usage }) }
      yield { data: toChatChunk(facts, {}, { usage, finish: 'stop' }) }
      if (usage) yield { data: toUsageChunk(facts, undefined) }
      yield { data: '[DONE]' }
    },
  }
}
