import type { AnyResult, MediumName } from '../../job/any-result.ts'
import type { RunningJob } from '../../job/running-job.ts'
import { HEARTBEAT, withHeartbeat } from '../../lib/time/with-heartbeat.ts'
import { toReplyText, type Said } from '../conversation/reply-text.ts'
import { waitingWords } from '../conversation/waiting-words.ts'
import type { ServerEvent, ServerEvents } from '../surface.ts'
import { toChatChunk, toUsageChunk, type ChatDelta, type ChatFacts } from './chat-completion.ts'

interface ChunkOptions {
  readonly facts: ChatFacts
  readonly medium: MediumName
  readonly said: Said
  /** What stands beside the text. */
  readonly deltas: (result: AnyResult) => readonly ChatDelta[]
  readonly usage: boolean
}

/** How often the time so far is told, in milliseconds. */
const ELAPSED_MS = 10_000

/** Retells a job in chunks: its progress folded away, what was made in one delta. */
export async function* toChunks(
  running: RunningJob<AnyResult>,
  options: ChunkOptions,
): ServerEvents {
  const { medium, said, usage } = options
  const words = waitingWords(said.prompt, medium)
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
        send({ content: toReplyText(result, said) }),
        ...options.deltas(result).map((delta) => send(delta)),
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
        // What is written down is the whole answer: there the wait is told beside it.
        send(
          medium === 'transcript' ? { reasoning_content: words.making } : { content: words.making },
        ),
      ]
    } else {
      const progress = words.toProgress(event)
      if (progress !== undefined) yield [send({ reasoning_content: progress })]
    }
  }
}

/** Ends every stream. */
export const DONE: ServerEvent = { data: '[DONE]' }
