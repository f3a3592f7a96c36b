import * as z from 'zod/mini'

import type { AskedImageJob } from '../../job/image/image-job.ts'
import type { ImageResult } from '../../job/image/image-result.ts'
import { addUpSizes } from '../../job/image/image-size.ts'
import { invalidRequest } from '../../job/problem.ts'
import type { RunningJob } from '../../job/running-job.ts'
import { HEARTBEAT, withHeartbeat } from '../../lib/time/with-heartbeat.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from '../images/image-options.ts'
import {
  readPromptDirectives,
  sizesOf,
  type PromptDirectives,
} from '../prompt/prompt-directives.ts'
import { readWith } from '../read-with.ts'
import type { Call, RequestFacts, ServerEvent, ServerEvents, Surface } from '../surface.ts'
import { toServiceTier, treatmentRequest } from '../treatment.ts'
import { NOTHING_MORE, NOTHING_TO_DRAW } from '../wish/answer/words-only.ts'
import type { Asked } from '../wish/asked.ts'
import { toolNames } from '../wish/tool-names.ts'
import { answerWithoutImage } from '../wish/words-or-image.ts'
import { toChatChunk, toChatCompletion, toChatImages, toUsageChunk } from './chat-completion.ts'
import type { ChatDelta, ChatFacts } from './chat-completion.ts'
import { chatMessage, joinsImages, readChatPrompt, wantsNewImage } from './chat-prompt.ts'
import type { ChatPrompt } from './chat-prompt.ts'
import { toReplyText, waitingWords } from './chat-text.ts'

// Chat clients send many fields that mean nothing here (temperature, tools, …): those are not looked at.
// `quality`, `style` and their like are not chat's words, so a strange value is no reason to refuse.
export const chatRequest = z.object({
  ...imageOptions,
  quality: z.catch(imageOptions.quality, undefined),
  style: z.catch(imageOptions.style, undefined),
  background: z.catch(imageOptions.background, undefined),
  moderation: z.catch(imageOptions.moderation, undefined),
  messages: z.array(chatMessage).check(z.minLength(1, 'expected at least one message')),
  stream: z.nullish(z.boolean()),
  stream_options: z.nullish(z.object({ include_usage: z.nullish(z.boolean()) })),
  modalities: z.nullish(z.array(z.string())),
  service_tier: treatmentRequest.shape.service_tier,
  // These tell whether a picture is wished for at all.
  max_tokens: z.catch(z.nullish(z.number()), undefined),
  max_completion_tokens: z.catch(z.nullish(z.number()), undefined),
  response_format: z.catch(
    z.nullish(
      z.looseObject({
        type: z.string(),
        json_schema: z.nullish(z.looseObject({ schema: z.unknown() })),
      }),
    ),
    undefined,
  ),
  tools: z.catch(z.nullish(z.array(z.unknown())), undefined),
})

type ChatRequest = z.infer<typeof chatRequest>

/** `POST /v1/chat/completions`, see OpenAI's API reference, "Create chat completion". */
export const chatCompletions: Surface = {
  read(body, facts) {
    const options = readWith(chatRequest, body)
    const said = readChatPrompt(options.messages)
    const directives = readPromptDirectives(said.text)
    const words = answerInWords(said, directives, options)
    if (words !== undefined) return toAnswer(words, options, facts)
    if (Array.from(directives.prompt).length > MAX_PROMPT_CHARACTERS) {
      throw invalidRequest(
        'messages',
        `The last message is too long: at most ${MAX_PROMPT_CHARACTERS} characters.`,
      )
    }
    const job = withDirectives(readImageOptions(options, body), directives, facts)
    return toCall({ ...job, ...chooseSources(said, directives) }, options, facts)
  },
}

/** @returns what is said instead of drawing; undefined: a picture is wished for */
function answerInWords(
  said: ChatPrompt,
  { prompt, draw }: PromptDirectives,
  options: ChatRequest,
): string | undefined {
  if (said.last === 'assistant' || said.last === 'tool') return said.answer || NOTHING_MORE
  if (prompt === '' && said.sources.length === 0) return NOTHING_TO_DRAW
  if (draw === true || prompt === '') return undefined
  return answerWithoutImage(toAsked(said, options))
}

function toAsked(said: ChatPrompt, options: ChatRequest): Asked {
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

/**
 * Images in the message itself are what is worked on, together with the last image of the conversation where
 * the text brings them into it. Without one it is that last image, unless the text begins by asking for a new one; `--new` and `--edit` leave no doubt.
 */
function chooseSources(
  { text, sources, earlier }: ChatPrompt,
  { mode }: PromptDirectives,
): Pick<AskedImageJob, 'sources' | 'earlier'> {
  if (sources.length > 0) {
    const joins = mode !== 'new' && (mode === 'edit' || joinsImages(text))
    return { sources, earlier: joins ? earlier : undefined }
  }
  if (mode === 'edit') {
    if (earlier !== undefined) return { sources: [earlier], earlier: undefined }
    throw invalidRequest('messages', '--edit needs a picture: none has been shown or sent before.')
  }
  const wanted = mode === 'new' || wantsNewImage(text) ? undefined : earlier
  return { sources: [], earlier: wanted }
}

/** What the prompt says wins over what the client's settings say. */
function withDirectives(
  options: Omit<AskedImageJob, 'prompt' | 'sources' | 'earlier' | 'mask'>,
  directives: PromptDirectives,
  { deployment }: RequestFacts,
): AskedImageJob {
  return {
    ...options,
    model: options.model ?? deployment,
    prompt: directives.prompt,
    sources: [],
    earlier: undefined,
    mask: undefined,
    size: addUpSizes([...sizesOf(directives), options.size]),
    count: directives.count ?? options.count,
    seed: directives.seed ?? options.seed,
    negativePrompt: directives.negativePrompt ?? options.negativePrompt,
  }
}

function toCall(
  job: AskedImageJob,
  options: ChatRequest,
  { requestId, nowSeconds }: RequestFacts,
): Call {
  const id = toChatId(requestId)
  const beside = options.modalities?.includes('image') === true
  const created = nowSeconds
  const tier = toServiceTier(options.service_tier)
  return {
    kind: 'job',
    job,
    streaming: options.stream === true,
    images: 'url',
    emptyList: 'choices',
    toJson: (result) =>
      toChatCompletion({ id, created, tier, model: result.model }, toReplyText(result, job), {
        fingerprint: result.endpoint,
        costUsd: result.costUsd,
        ...(beside ? { images: toChatImages(result) } : {}),
      }),
    toEvents: (running) =>
      toChunks(running, {
        facts: { id, created, tier, model: job.model ?? '' },
        job,
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
  readonly job: AskedImageJob
  /** Whether images are wanted beside the text too. */
  readonly beside: boolean
  readonly usage: boolean
}

/** How often the time so far is told, in milliseconds. */
const ELAPSED_MS = 10_000

async function* toChunks(running: RunningJob<ImageResult>, options: ChunkOptions): ServerEvents {
  const { job, beside, usage } = options
  const words = waitingWords(job.prompt)
  const { id, created, tier } = options.facts
  let { model } = options.facts
  let fingerprint: string | undefined
  let silent = 0
  const send = (delta: ChatDelta, finish?: 'stop'): ServerEvent => ({
    data: toChatChunk({ id, created, tier, model }, delta, {
      fingerprint,
      usage,
      ...(finish && { finish }),
    }),
  })
  const events = withHeartbeat(running, ELAPSED_MS)
  for (;;) {
    const next = await events.next()
    if (next.done === true) {
      const result = next.value
      const { costUsd } = result
      yield [
        send({ content: toReplyText(result, job) }),
        ...(beside ? [send({ images: toChatImages(result) })] : []),
        send({}, 'stop'),
        ...(usage
          ? [{ data: toUsageChunk({ id, created, tier, model }, fingerprint, costUsd) }]
          : []),
        DONE,
      ]
      return
    }
    const event = next.value
    if (event === HEARTBEAT) {
      silent += ELAPSED_MS / 1000
      yield [send({ reasoning_content: words.elapsed(silent) })]
    } else if (event.type === 'accepted') {
      model = event.model
      fingerprint = event.endpoint
      yield [
        send({ role: 'assistant', content: '', refusal: null }),
        send({ content: words.making }),
      ]
    } else {
      const progress = words.toProgress(event)
      if (progress !== undefined) yield [send({ reasoning_content: progress })]
    }
  }
}

const DONE: ServerEvent = { data: '[DONE]' }

/** Words instead of an image; nothing is submitted. */
function toAnswer(
  words: string,
  options: ChatRequest,
  { requestId, nowSeconds, deployment, defaultModel }: RequestFacts,
): Call {
  const facts = {
    id: toChatId(requestId),
    created: nowSeconds,
    model: options.model ?? deployment ?? defaultModel,
    tier: toServiceTier(options.service_tier),
  }
  const usage = options.stream_options?.include_usage === true
  return {
    kind: 'answer',
    model: facts.model,
    streaming: options.stream === true,
    toJson: () => toChatCompletion(facts, words, {}),
    toEvents: async function* chunks() {
      yield [
        { data: toChatChunk(facts, { role: 'assistant', content: '', refusal: null }, { usage }) },
        { data: toChatChunk(facts, { content: words }, { usage }) },
        { data: toChatChunk(facts, {}, { usage, finish: 'stop' }) },
        ...(usage ? [{ data: toUsageChunk(facts, undefined) }] : []),
        DONE,
      ]
    },
  }
}
