import { Worker } from 'node:worker_threads'

import { drawImage } from './draw-image.ts'
import type { MediaSpec } from './media-spec.ts'
import { isRenderAnswer, type HeavySpec, type RenderAnswer } from './render-order.ts'

export interface Renderer {
  render(spec: MediaSpec): Promise<Buffer>
}

interface Thread {
  run(spec: HeavySpec): Promise<Buffer>
}

/** A file that is waited for. */
interface Order {
  readonly spec: HeavySpec
  readonly answer: PromiseWithResolvers<Buffer>
}

function startThread(onEnd: () => void): Thread {
  const worker = new Worker(new URL('media-worker.ts', import.meta.url))
  const waiting = new Map<number, Order>()
  let next = 0
  let broken = false
  const settle = ({ id, bytes, error }: RenderAnswer): void => {
    const answer = waiting.get(id)?.answer
    waiting.delete(id)
    if (bytes) answer?.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    else answer?.reject(new Error(error))
    if (!bytes && !broken) giveUp()
    if (waiting.size === 0) worker.unref()
  }
  /** An encoder that gave up once gives up ever after, or never answers: all others go to a new thread. */
  const giveUp = (): void => {
    broken = true
    onEnd()
    const left = [...waiting.values()]
    waiting.clear()
    void worker.terminate()
    for (const { spec, answer } of left) answer.resolve(getThread().run(spec))
  }
  worker.on('message', (message: unknown) => {
    if (isRenderAnswer(message)) settle(message)
  })
  const end = (error: unknown): void => {
    if (!broken) onEnd()
    broken = true
    for (const { answer } of waiting.values()) answer.reject(error)
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the media thread ended')))
  return {
    run(spec) {
      const answer = Promise.withResolvers<Buffer>()
      const id = next
      next += 1
      waiting.set(id, { spec, answer })
      worker.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ id, spec })
      return answer.promise
    },
  }
}

/**
 * One for all pretend fals of a process, whose voices and encoders take a second of CPU to load. It holds up the end
 * of the process only while it encodes.
 */
let thread: Thread | undefined

function getThread(): Thread {
  thread ??= startThread(() => {
    thread = undefined
  })
  return thread
}

/** Makes files of their specs. The thread and the encoders in it are loaded when the first one is needed. */
export function createRenderer(): Renderer {
  return {
    render(spec) {
      if (spec.kind === 'image') return drawImage(spec)
      if (spec.kind === 'other') return Promise.resolve(Buffer.from(spec.text, 'latin1'))
      return getThread().run(spec)
    },
  }
}
