import type { ServerEvents } from '../../openai/surface.ts'
import { eventStream, toStreamResponse, type StreamOptions } from '../../reply/event-stream.ts'
import type { ServedJob } from './serve-job.ts'

/** Answers with what happens to a job, in events. */
export function streamJob(
  { jobId, headers, hangUp, finish, fail }: ServedJob<unknown>,
  events: ServerEvents,
  words: Pick<StreamOptions, 'toFailure' | 'write'> = {},
): Response {
  const body = eventStream(events, {
    hangUp,
    end: finish,
    failed: fail,
    ...(jobId !== undefined && { jobId }),
    ...words,
  })
  return toStreamResponse(body, headers)
}
