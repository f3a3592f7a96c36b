import type { QueuedRequest } from '../fal/queued-request.ts'
import type { ImageJob } from '../job/image-job.ts'
import { ProblemError } from '../job/problem.ts'
import { chooseEndpoints, type Choice } from '../models/choose-endpoint.ts'
import { toFalInput } from '../models/fal-input.ts'
import type { ModelSpec } from '../models/model-spec.ts'
import { mustBeCleared } from './clear-background.ts'
import type { ImageLine } from './image-line.ts'

/** What fal has taken of a job. */
export interface Submitted {
  readonly endpoint: string
  /** The size that is asked for; undefined: the endpoint chooses. */
  readonly size: string | undefined
  readonly adjusted: readonly string[]
  /** Whether pictures are worked on, not made of words alone. */
  readonly edited: boolean
  /** Whether the backgrounds are to be taken away in a second step. */
  readonly clear: boolean
  /** At least one. */
  readonly requests: readonly QueuedRequest[]
  /** Parts that fal did not take while it took others. */
  readonly refused: readonly PromiseRejectedResult[]
}

/** Submits to the model's endpoint, or, when fal has ended that, to the first successor that lives. */
export async function submitToLiving(
  job: ImageJob,
  model: ModelSpec,
  line: ImageLine,
  hangUp: AbortSignal,
): Promise<Submitted> {
  const successors = line.catalogue.successorsOf(model)
  const choices = chooseEndpoints(job, [model, ...successors], line.catalogue.models)
  const living = choices.filter(({ endpoint }) => !line.retired.has(endpoint.id))
  for (const choice of living.length > 0 ? living : choices) {
    try {
      return await submitParts(choice, line, hangUp)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.kind !== 'model_retired') throw error
      const endpoint = choice.endpoint.id
      line.retired.add(endpoint)
      line.log('warn', 'endpoint retired', { endpoint })
    }
  }
  throw new ProblemError({
    kind: 'model_retired',
    model: job.model ?? model.names[0],
    endpoint: choices[0].endpoint.id,
  })
}

async function submitParts(
  { endpoint: spec, job }: Choice,
  line: ImageLine,
  hangUp: AbortSignal,
): Promise<Submitted> {
  const endpoint = spec.id
  const clear = mustBeCleared(job, spec)
  const input = toFalInput(clear ? { ...job, background: undefined } : job, spec)
  const ends = await line.queue.submitAll({ endpoint, inputs: input.inputs }, hangUp)
  const requests = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const refused = ends.filter((end) => end.status === 'rejected')
  const adjusted = [...aboutEarlier(job), ...input.adjusted]
  const edited = job.sources.length > 0
  return { endpoint, size: input.size, adjusted, edited, clear, requests, refused }
}

/** Which way was taken with the conversation's last picture. */
function aboutEarlier({ earlier, sources }: ImageJob): readonly string[] {
  if (earlier === undefined) return []
  return [sources.includes(earlier) ? 'source=last-picture' : 'source=last-picture->not-supported']
}
