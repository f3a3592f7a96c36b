import type { FalQueue } from './fal-queue.ts'

/** The runtime's tracing: custom spans of Workers Traces; nothing happens where traces are off. */
export type Tracer = Pick<Tracing, 'enterSpan' | 'startSpan'>

/** fal's queue with a span for each submit, each following and each fetching of a result. */
export function createTracedQueue(queue: FalQueue, tracer: Tracer): FalQueue {
  return {
    ...queue,
    submitAll: (order, hangUp) =>
      tracer.enterSpan('fal submit', (span) => {
        span.setAttribute('fal.endpoint', order.endpoint)
        return queue.submitAll(order, hangUp)
      }),
    follow(request, signal) {
      const span = tracer.startSpan('fal follow')
      const following = queue.follow(request, signal)
      if (!span.isTraced) return following
      span.setAttribute('fal.request_id', request.requestId)
      return endWith(following, span)
    },
    result: (request, signal, note) =>
      tracer.enterSpan('fal fetch', (span) => {
        span.setAttribute('fal.request_id', request.requestId)
        return queue.result(request, signal, note)
      }),
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
