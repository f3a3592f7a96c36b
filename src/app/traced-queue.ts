import type { FalQueue } from '../fal/fal-queue.ts'

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
    async *follow(request, signal) {
      const span = tracer.startSpan('fal follow')
      span.setAttribute('fal.request_id', request.requestId)
      try {
        yield* queue.follow(request, signal)
      } finally {
        span.end()
      }
    },
    result: (request, signal, note) =>
      tracer.enterSpan('fal fetch', (span) => {
        span.setAttribute('fal.request_id', request.requestId)
        return queue.result(request, signal, note)
      }),
  }
}
