import { splitEndpointId } from '../endpoints/endpoints.ts'
import { isStreaming } from '../endpoints/streaming-endpoints.ts'
import { acceptJob, CUT } from '../queue/accept-job.ts'
import type { Job } from '../queue/job.ts'
import type { Outcome } from '../queue/outcome.ts'
import type { Simulation } from '../simulation.ts'
import { replyJson, ReplyError, sendEvent, startEventStream, type Exchange } from './exchange.ts'

function cancelWithConnection(exchange: Exchange, job: Job): void {
  exchange.response.once('close', () => {
    if (!exchange.response.writableFinished) job.cancel(false)
  })
}

function replyOutcome(exchange: Exchange, outcome: Outcome, body: unknown): void {
  const needsRetry = outcome.failure && outcome.status >= 502 && { 'x-fal-needs-retry': '1' }
  const headers = { ...outcome.headers, ...needsRetry }
  replyJson(exchange, { status: outcome.status, body, headers })
}

async function run(exchange: Exchange, simulation: Simulation, endpointId: string): Promise<void> {
  exchange.entry.kind = 'run'
  const job = await acceptJob(exchange, simulation, endpointId, 'run')
  if (job === CUT) return
  cancelWithConnection(exchange, job)
  const outcome = await job.finished()
  replyOutcome(exchange, outcome, await outcome.readBody())
}

const PARTIALS = 3

/** Sends blurred images that grow sharp while the job runs. False: the connection was cut on purpose. */
async function sendPartials(
  exchange: Exchange,
  simulation: Simulation,
  job: Job,
  outcome: Outcome,
): Promise<boolean> {
  const count = Number(job.faults.take('partials') ?? PARTIALS)
  const cut = job.faults.take('stream') === 'drop'
  for (let step = 1; step <= count; step += 1) {
    await simulation.timers.pause(job.runMs / (count + 1))
    sendEvent(exchange, await outcome.readPartial?.(step / (count + 1)))
    if (cut) {
      exchange.response.destroy()
      return false
    }
  }
  return true
}

async function stream(
  exchange: Exchange,
  simulation: Simulation,
  endpointId: string,
): Promise<void> {
  exchange.entry.kind = 'stream'
  const job = await acceptJob(exchange, simulation, endpointId, 'stream')
  if (job === CUT) return
  cancelWithConnection(exchange, job)
  const made = await job.made
  if (made.status !== 200) {
    const outcome = await job.finished()
    replyOutcome(exchange, outcome, await outcome.readBody())
    return
  }
  startEventStream(exchange)
  if (!(await sendPartials(exchange, simulation, job, made))) return
  const outcome = await job.finished()
  sendEvent(exchange, await outcome.readBody())
  exchange.response.end()
}

/** fal.run: one model call on one connection, whole or as a stream. */
export async function serveRun(
  exchange: Exchange,
  simulation: Simulation,
  path: string,
): Promise<void> {
  if (exchange.request.method !== 'POST') {
    throw new ReplyError(405, { detail: 'Method Not Allowed' }, { allow: 'POST' })
  }
  if (!path.endsWith('/stream')) return run(exchange, simulation, path)
  const plain = path.slice(0, -'/stream'.length)
  const known = 'endpoint' in simulation.endpoints.find(path)
  if (known) return stream(exchange, simulation, path)
  if (isStreaming(plain)) return stream(exchange, simulation, plain)
  const { path: subPath } = splitEndpointId(path)
  throw new ReplyError(404, { detail: `Path /${subPath} not found` })
}
