import type { AnyResult, MediumName } from '../../job/any-result.ts'
import type { RunningJob } from '../../job/running-job.ts'
import type { Conversation, Wish } from '../conversation/conversation.ts'
import { toReplyText } from '../conversation/reply-text.ts'
import { readSpeechWish } from '../conversation/speech-wish.ts'
import { readTranscriptWish } from '../conversation/transcript-wish.ts'
import { readVideoWish } from '../conversation/video-wish.ts'
import { readWith } from '../read-with.ts'
import type { Call, PlaceBase64, RequestFacts, Surface } from '../surface.ts'
import { toServiceTier } from '../treatment.ts'
import { readBeside } from './beside.ts'
import { DONE, toChunks } from './chat-chunks.ts'
import { toChatChunk, toChatCompletion, toUsageChunk } from './chat-completion.ts'
import { readImageWish } from './chat-image-wish.ts'
import { readChatPrompt } from './chat-prompt.ts'
import { chatRequest, plainChatRequest, type PlainChatRequest } from './chat-request.ts'
import { toConversation } from './to-conversation.ts'

/** `POST /v1/chat/completions`, see OpenAI's API reference, "Create chat completion". */
export const chatCompletions: Surface = {
  modelOf: ({ model }) => (typeof model === 'string' ? model : undefined),
  read(body, facts) {
    const { wish, options } = READERS[facts.medium](body, facts)
    if (wish.kind === 'words') return toAnswer(wish.words, options, facts)
    return toCall(wish, options, facts)
  },
}

interface ReadChat {
  readonly wish: Wish
  readonly options: PlainChatRequest
}

type ReadMedium = (body: Readonly<Record<string, unknown>>, facts: RequestFacts) => ReadChat

/** What a chat comes to, by what its model makes. */
const READERS: Readonly<Record<MediumName, ReadMedium>> = {
  image(body, facts) {
    const options = readWith(chatRequest(), body)
    const wish = readImageWish(readChatPrompt(options.messages), options, body, facts)
    return { wish, options }
  },
  video: readAs(readVideoWish),
  speech: readAs((said, { modalities }) =>
    readSpeechWish(said, modalities?.includes('audio') === true),
  ),
  transcript: readAs(readTranscriptWish),
}

function readAs(read: (said: Conversation, options: PlainChatRequest) => Wish): ReadMedium {
  return (body, { deployment }) => {
    const options = readWith(plainChatRequest(), body)
    const said = readChatPrompt(options.messages)
    return { wish: read(toConversation(said, options, body, deployment), options), options }
  }
}

function toCall(
  { said, ...work }: Extract<Wish, { kind: 'work' }>,
  options: PlainChatRequest,
  { requestId, nowSeconds }: RequestFacts,
): Call {
  const id = toChatId(requestId)
  const created = nowSeconds
  const tier = toServiceTier(options.service_tier)
  const beside = readBeside(options.modalities ?? [], { requestId, nowSeconds, said })
  return {
    ...work,
    kind: 'job',
    streaming: options.stream === true,
    emptyList: 'choices',
    toJson: (result: AnyResult, base64: PlaceBase64) =>
      toChatCompletion({ id, created, tier, model: result.model }, toReplyText(result, said), {
        fingerprint: result.endpoint,
        costUsd: result.costUsd,
        ...beside.message(result, base64),
      }),
    toEvents: (running: RunningJob<AnyResult>, base64: PlaceBase64) =>
      toChunks(running, {
        facts: { id, created, tier, model: work.job.model ?? '' },
        medium: work.medium,
        said,
        deltas: (result) => beside.deltas(result, base64),
        usage: options.stream_options?.include_usage === true,
      }),
  }
}

function toChatId(requestId: string): string {
  return `chatcmpl-${requestId.replace(/^req_/, '')}`
}

/** Words alone; nothing is submitted. */
function toAnswer(
  words: string,
  options: PlainChatRequest,
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
