// Runs in a thread of its own: encoding would keep the server from answering meanwhile.
import { parentPort } from 'node:worker_threads'

import { drawVideo } from './draw-video.ts'
import { isRenderOrder, type RenderAnswer, type RenderOrder } from './render-order.ts'
import { makeSound } from './sound/make-sound.ts'
import { createSpeaker } from './sound/speak.ts'

// Each sentence looks for hundreds of files that are not there: their errors would all be written with a stack.
Error.stackTraceLimit = 0

const speak = createSpeaker()

async function render({ id, spec }: RenderOrder): Promise<RenderAnswer> {
  try {
    return { id, bytes: await (spec.kind === 'video' ? drawVideo(spec) : makeSound(spec, speak)) }
  } catch (error) {
    return { id, error: String(error) }
  }
}

async function answer(order: unknown): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  if (isRenderOrder(order)) parentPort?.postMessage(await render(order))
}

parentPort?.on('message', (order: unknown) => void answer(order))
