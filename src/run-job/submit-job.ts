import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import type { ImageJob } from '../job/image-job.ts'
import { ProblemError } from '../job/problem.ts'
import { chooseEndpoints, type Choice } from '../models/images/choose-endpoint.ts'
import { toFalInput, type FalInput } from '../models/images/fal-input.ts'
import type { ModelSpec } from '../models/model-spec.ts'
import { mustBeCleared } from './image/clear-background.ts'
import type { JobTools } from './job-tools.ts'

/** A job in an endpoint's words. */
export interface FalOrder extends FalInput {
  readonly endpoint: string
  /** Whether images are worked on, not made of words alone. */
  readonly edited: boolean
  /** Whether the backgrounds are to be taken away in a second step. */
  readonly clear: boolean
}

/** What fal has taken of a job. */
export interface Submitted extends Omit<FalOrder, 'inputs'> {
  /** At least one. */
  readonly requests: readonly QueuedRequest[]
  /** Parts that fal did not take while it took others. */
  readonly refused: readonly PromiseRejectedResult[]
}

/** Submits to the model's endpoint, or, when fal has ended that, to the first successor that lives. */
export async function submitToLiving(
  job: ImageJob,
  model: ModelSpec,
  tools: JobTools,
  hangUp: AbortSignal,
): Promise<Submitted> {
  const choices = allChoices(job, model, tools)
  for (const choice of living(choices, tools)) {
    try {
      return await submitParts(choice, job.model ?? model.names[0], tools, hangUp)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.kind !== 'model_retired') throw error
      const endpoint = choice.endpoint.id
      tools.retired.add(endpoint)
      tools.log('warn', 'endpoint retired', { endpoint })
    }
  }
  throw new ProblemError({
    kind: 'model_retired',
    model: job.model ?? model.names[0],
    endpoint: choices[0].endpoint.id,
  })
}

/** The endpoint that is tried first. */
export function firstChoice(job: ImageJob, model: ModelSpec, tools: JobTools): Choice {
  const choices = allChoices(job, model, tools)
  return living(choices, tools)[0] ?? choices[0]
}

function allChoices(
  job: ImageJob,
  model: ModelSpec,
  { catalogue }: JobTools,
): readonly [Choice, ...Choice[]] {
  return chooseEndpoints(job, [model, ...catalogue.successorsOf(model)], catalogue.models)
}

function living(choices: readonly Choice[], { retired }: JobTools): readonly Choice[] {
  const left = choices.filter(({ endpoint }) => !retired.has(endpoint.id))
  return left.length > 0 ? left : choices
}

/** @throws ProblemError `invalid_request` */
export function toOrder({ endpoint: spec, job }: Choice): FalOrder {
  const clear = mustBeCleared(job, spec)
  const input = toFalInput(clear ? { ...job, background: undefined } : job, spec)
  const adjusted = [...aboutEarlier(job), ...input.adjusted]
  return { ...input, adjusted, endpoint: spec.id, edited: job.sources.length > 0, clear }
}

async function submitParts(
  choice: Choice,
  name: string,
  tools: JobTools,
  hangUp: AbortSignal,
): Promise<Submitted> {
  const { inputs, ...order } = toOrder(choice)
  await tools.reserve?.({ ...order, images: choice.job.count })
  const webhook = await tools.webhookOf?.({
    endpoint: order.endpoint,
    model: name,
    parts: inputs.length,
  })
  const ends = await tools.queue.submitAll({ endpoint: order.endpoint, inputs, webhook }, hangUp)
  const requests = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const refused = ends.filter((end) => end.status === 'rejected')
  // A repeat is served by the first request's job, wherever that went.
  const endpoint = requests[0]?.endpoint ?? order.endpoint
  return { ...order, endpoint, requests, refused }
}

/** Which way was taken with the conversation's last image. */
function aboutEarlier({ earlier, sources }: ImageJob): readonly string[] {
  if (earlier === undefined) return []
  return [sources.includes(earlier) ? 'source=last-picture' : 'source=last-picture->not-supported']
}
