import { randomBytes } from 'node:crypto'

import { splitEndpointId, type Endpoint } from '../endpoints/endpoints.ts'
import type { JsonObject } from '../json.ts'
import { readSoundFacts } from '../media/sound/sound-facts.ts'
import { runModel } from '../model/run-model.ts'
import { listTexts, readMainText } from '../model/sound/main-text.ts'
import { authenticate } from '../routes/authenticate.ts'
import {
  cutConnection,
  readJsonBody,
  replyNginx,
  ReplyError,
  type Exchange,
} from '../routes/exchange.ts'
import type { Simulation } from '../simulation.ts'
import { readDuration } from '../units.ts'
import { planFaults, type FaultPlan } from './faults.ts'
import type { Job } from './job.ts'
import { toJournalInput, type JournalJob } from './journal.ts'
import { readPreferences, type Preferences } from './preferences.ts'
import { deliverWebhook } from './webhooks.ts'

/** The socket was closed on purpose; there is nothing left to answer. */
export const CUT = Symbol('cut')

/** UUIDv7, as fal's request ids look now. */
function createRequestId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}

const REFUSALS: Readonly<Record<string, readonly [string, Record<string, string>?]>> = {
  '401': ['No user found for Key ID and Secret'],
  '403': [
    'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
  ],
  '429': ['concurrent_requests_limit', { 'retry-after': '1', 'x-fal-needs-retry': '1' }],
  '500': ['Internal server error'],
  '503': ['Service unavailable'],
  '504': ['Gateway timeout'],
}

/** Answers as the fault `submit` wishes; nothing was accepted then. */
function refuse(
  exchange: Exchange,
  plan: FaultPlan,
  id: string,
): typeof CUT | 'cut-after' | undefined {
  const { faults } = plan
  const { app } = splitEndpointId(id)
  const missing = { detail: `Application "${app}" not found` }
  if (faults.take('retired') !== undefined) throw new ReplyError(404, missing)
  const wish = faults.take('submit')
  if (wish === undefined || wish === 'cut-after') return wish
  if (wish === '404') throw new ReplyError(404, missing)
  if (wish === 'cut-before') cutConnection(exchange)
  else if (wish === '502') replyNginx(exchange, 502, 'Bad Gateway')
  else {
    const [detail, headers] = REFUSALS[wish] ?? ['']
    throw new ReplyError(Number(wish), { detail }, headers)
  }
  return CUT
}

function checkEndpoint(simulation: Simulation, id: string): Endpoint {
  const found = simulation.endpoints.find(id)
  if ('endpoint' in found) return found.endpoint
  throw new ReplyError(404, { detail: found.missing })
}

function checkQueueLength(exchange: Exchange, simulation: Simulation, id: string): void {
  const limit = exchange.url.searchParams.get('fal_max_queue_length')
  const { app } = splitEndpointId(id)
  if (limit === null || simulation.jobs.waiting(app) <= Number(limit)) return
  throw new ReplyError(429, { detail: `Queue length exceeds the maximum of ${limit}` })
}

function preferencesOf({ request }: Exchange): Preferences {
  const read = readPreferences(request.headers)
  if (!('wrong' in read)) return read
  throw new ReplyError(400, { detail: `Invalid value of the header ${read.wrong}` })
}

/** What was said in the sounds that are sent along, and how their files are called: they may hold faults too. */
function listHeard({ media, files }: Simulation, input: JsonObject): readonly string[] {
  const urls = Object.entries(input).flatMap(([field, value]) =>
    field.endsWith('audio_url') && typeof value === 'string' ? value : [],
  )
  return urls.flatMap((url) => {
    const place = /\/cdn\/files\/(.+)$/.exec(url)?.[1] ?? ''
    const spec = media.find(place)?.spec
    if (spec?.kind === 'sound') return spec.text
    const bytes = files.find(place)?.bytes
    const name = decodeURIComponent(place.slice(place.lastIndexOf('/') + 1))
    return bytes ? [name, readSoundFacts(bytes)?.text ?? ''] : []
  })
}

function planOf(
  exchange: Exchange,
  simulation: Simulation,
  endpointId: string,
  input: JsonObject,
): FaultPlan {
  const plan = planFaults({
    prompt: readMainText(endpointId, input),
    texts: [...listTexts(input), ...listHeard(simulation, input)],
    headers: exchange.request.headers,
    occurrences: simulation.occurrences,
  })
  if (plan.mistake === undefined) return plan
  const detail = `The simulator knows no fault "${plan.mistake}", or not with that value (simulator/README.md)`
  throw new ReplyError(400, { detail })
}

function toRecord(
  exchange: Exchange,
  { input, ...known }: Pick<JournalJob, 'id' | 'kind' | 'preferences'> & { input: JsonObject },
): JournalJob {
  return {
    ...known,
    endpoint: exchange.entry.endpoint ?? '',
    keyId: exchange.entry.keyId ?? '',
    input: toJournalInput(input),
    state: 'IN_QUEUE',
    statusReads: 0,
    streams: 0,
    resultReads: 0,
    cancels: 0,
  }
}

/** fal keeps what it shall not store for an hour, or six minutes when it is large. */
const UNSTORED_MS = 3_600_000

/** How long after its end the job is still known, in ms. */
function chooseForgetting({ faults }: FaultPlan, { storeIo }: Preferences): number | undefined {
  const wish = readDuration(faults.take('forget') ?? '')
  return wish ?? (storeIo ? undefined : UNSTORED_MS)
}

interface Timing {
  readonly queueMs: number
  readonly runMs: number
}

function chooseTiming({ faults }: FaultPlan, kind: JournalJob['kind'], usual: Timing): Timing {
  const queueMs = readDuration(faults.take('queue') ?? '') ?? usual.queueMs
  const runMs = readDuration(faults.take('run') ?? '') ?? usual.runMs
  // fal.run has no queue.
  return { queueMs: kind === 'queue' ? queueMs : 0, runMs }
}

/** Takes a job on: key, faults, endpoint; the input itself is checked by the model, later. */
export async function acceptJob(
  exchange: Exchange,
  simulation: Simulation,
  endpointId: string,
  kind: JournalJob['kind'],
): Promise<Job | typeof CUT> {
  exchange.entry.endpoint = endpointId
  authenticate(exchange, simulation, true)
  const input = await readJsonBody(exchange)
  const preferences = preferencesOf(exchange)
  const plan = planOf(exchange, simulation, endpointId, input)
  const wish = refuse(exchange, plan, endpointId)
  if (wish === CUT) return CUT
  const endpoint = checkEndpoint(simulation, endpointId)
  checkQueueLength(exchange, simulation, endpointId)
  const id = createRequestId()
  exchange.entry.requestId = id
  const timing = chooseTiming(plan, kind, simulation.options)
  const context = { base: exchange.base, onlyOne: kind === 'stream' }
  const job = simulation.jobs.start({
    ...timing,
    id,
    endpoint,
    input,
    prompt: plan.prompt,
    faults: plan.faults,
    record: simulation.journal.addJob(toRecord(exchange, { id, kind, input, preferences })),
    ahead: Number(plan.faults.take('position') ?? 0),
    otherHost: plan.faults.take('urls')?.replace(/\/$/, ''),
    preferences,
    forgetMs: chooseForgetting(plan, preferences),
    makeOutcome: (running) => runModel(simulation, running, context),
  })
  const webhook = exchange.url.searchParams.get('fal_webhook')
  // Also when the answer is lost: the job is there.
  if (webhook !== null && kind === 'queue') void deliverWebhook(simulation, job, webhook)
  const late = readDuration(plan.faults.take('answer') ?? '')
  if (late !== undefined) await simulation.timers.pause(late)
  if (wish === undefined) return job
  cutConnection(exchange)
  return CUT
}
