import { splitEndpointId } from '../endpoints/endpoints.ts'
import { toJson } from '../json.ts'
import { acceptJob, CUT } from '../queue/accept-job.ts'
import { toJobUrls, toStatusBody, type JobUrls } from '../queue/job-status.ts'
import type { Job } from '../queue/job.ts'
import type { JournalKind } from '../queue/journal.ts'
import type { Outcome } from '../queue/outcome.ts'
import type { Simulation } from '../simulation.ts'
import { authenticate } from './authenticate.ts'
import { replyJson, replyNginx, ReplyError, type Exchange } from './exchange.ts'
import { followStatus } from './follow-status.ts'

const REQUEST_PATH = /^(.+?)\/requests\/([^/]+)(\/status\/stream|\/status|\/cancel|)$/

const KINDS: Readonly<Record<string, JournalKind>> = {
  '': 'result',
  '/status': 'status',
  '/status/stream': 'status-stream',
  '/cancel': 'cancel',
}

const notAllowed = (allow: string): ReplyError =>
  new ReplyError(405, { detail: 'Method Not Allowed' }, { allow })

async function submit(
  exchange: Exchange,
  simulation: Simulation,
  endpointId: string,
): Promise<void> {
  exchange.entry.kind = 'submit'
  if (exchange.request.method !== 'POST') throw notAllowed('POST')
  const job = await acceptJob(exchange, simulation, endpointId, 'queue')
  if (job === CUT) return
  const webhook = exchange.url.searchParams.get('fal_webhook')
  const urls = toJobUrls(exchange.base, job)
  const body = {
    status: 'IN_QUEUE',
    request_id: job.id,
    ...urls,
    queue_position: job.queuePosition(),
    ...(webhook !== null && { gateway_request_id: job.id }),
  }
  replyJson(exchange, { status: 200, body })
}

function replyStatus(exchange: Exchange, job: Job, urls: JobUrls): void {
  job.record.statusReads += 1
  const failure = job.faults.take('status')
  if (failure !== undefined)
    throw new ReplyError(Number(failure), { detail: 'Could not read the status' })
  const logs = exchange.url.searchParams.get('logs') === '1' ? job.logs : null
  const body = toStatusBody(job, urls, logs)
  replyJson(exchange, { status: job.state === 'COMPLETED' ? 200 : 202, body })
}

async function breakOff(exchange: Exchange, outcome: Outcome): Promise<void> {
  const bytes = Buffer.from(toJson(await outcome.readBody()))
  const { response } = exchange
  response.writeHead(outcome.status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...outcome.headers,
  })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

async function replyResult(exchange: Exchange, job: Job, urls: JobUrls): Promise<void> {
  job.record.resultReads += 1
  const { outcome } = job
  const wish = outcome && job.faults.take('result')
  if (!outcome || wish === 'early') {
    const detail = 'Request is still in progress'
    throw new ReplyError(400, { detail, request_id: job.id, ...urls })
  }
  if (wish === 'break') return breakOff(exchange, outcome)
  if (wish === 'html') return replyNginx(exchange, 502, 'Bad Gateway')
  if (wish !== undefined)
    throw new ReplyError(Number(wish), { detail: 'Could not read the result' })
  replyJson(exchange, {
    status: outcome.status,
    body: await outcome.readBody(),
    headers: outcome.headers,
  })
}

const CANCEL_STATUS = { OK: 200, CANCELLATION_REQUESTED: 202, ALREADY_COMPLETED: 400 } as const

function cancel(exchange: Exchange, job: Job): void {
  const wish = job.faults.take('cancel')
  if (wish !== undefined && wish !== 'ignored') {
    throw new ReplyError(Number(wish), { detail: 'Could not cancel' })
  }
  const answer = job.cancel(wish === 'ignored')
  replyJson(exchange, { status: CANCEL_STATUS[answer], body: { status: answer } })
}

function checkMethod(exchange: Exchange, app: string, wanted: string): void {
  // A sub-path in front of /requests/ belongs to the model's own routes, which take POST only.
  if (splitEndpointId(app).path !== '') throw notAllowed('POST')
  if (exchange.request.method !== wanted) throw notAllowed(wanted)
}

/** Each key is an account of its own here, and sees its own jobs only. */
function findJob(simulation: Simulation, id: string, app: string, keyId: string): Job {
  const job = simulation.jobs.find(id)
  const own = job?.record.keyId === keyId
  if (job && own && !job.forgotten && splitEndpointId(job.endpoint.id).app === app) return job
  throw new ReplyError(404, { status: 'NOT_FOUND' })
}

/** queue.fal.run: submit, status, status stream, result and cancel. */
export async function serveQueue(
  exchange: Exchange,
  simulation: Simulation,
  path: string,
): Promise<void> {
  const [found, app = '', id = '', what = ''] = REQUEST_PATH.exec(path) ?? []
  if (found === undefined) return submit(exchange, simulation, path)
  exchange.entry.kind = KINDS[what] ?? 'other'
  exchange.entry.requestId = id
  const keyId = authenticate(exchange, simulation)
  checkMethod(exchange, app, what === '/cancel' ? 'PUT' : 'GET')
  const job = findJob(simulation, id, app, keyId)
  exchange.entry.endpoint = job.endpoint.id
  const urls = toJobUrls(exchange.base, job)
  if (what === '/status') return replyStatus(exchange, job, urls)
  if (what === '/status/stream') return followStatus(exchange, simulation, job, urls)
  return what === '/cancel' ? cancel(exchange, job) : replyResult(exchange, job, urls)
}
