import type { FalQueue } from './fal-queue.ts'

/** The runtime's tracing: custom spans of Workers Traces; nothing happens where traces are off. */
export type Tracer = Pick<Tracing, 'startSpan'>

/**
 * fal's queue with a span for each submit, each following and each fetching of a result. The spans stand beside
 * the requests that are made meanwhile and not around them: to go in and out of one takes five times as long as
 * to ask for one, traced or not.
 */
export function createTracedQueue(queue: FalQueue, tracer: Tracer): FalQueue {
  return {
    ...queue,
    submitAll(order, hangUp) {
      const span = tracer.startSpan('fal submit')
      const submitting = queue.submitAll(order, hangUp)
      if (!span.isTraced) return submitting
      span.setAttribute('fal.endpoint', order.endpoint)
      return endAfter(submitting, span)
    },
    follow(request, signal) {
      const span = tracer.startSpan('fal follow')
      const following = queue.follow(request, signal)
      if (!span.isTraced) return following
      span.setAttribute('fal.request_id', request.requestId)
      return endWith(following, span)
    },
    result(request, signal, note) {
      const span = tracer.startSpan('fal fetch')
      const fetching = queue.result(request, signal, note)
      if (!span.isTraced) return fetching
      span.setAttribute('fal.request_id', request.requestId)
      return endAfter(fetching, span)
    },
  }
}

async function endAfter<Value>(work: Promise<Value>, span: Pick<Span, 'end'>): Promise<Value> {
  try {
    return await work
  } finally {
    span.end()
  }
}

async function* endWith<Step>(
  steps: AsyncGenerator<Step, void, void>,
  span: Pick<Span, 'end'>,
): AsyncGenerator<Step, void, void> {
  try {
    yield* steps
  } finally {
    span.end()
  }
}
