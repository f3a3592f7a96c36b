import { toJson } from '../json.ts'
import { toStatusBody, type JobUrls } from '../queue/job-status.ts'
import type { Job } from '../queue/job.ts'
import type { Simulation } from '../simulation.ts'
import { ReplyError, sendEvent, startEventStream, type Exchange } from './exchange.ts'

function checkRefusal(wish: string | undefined): void {
  if (wish === 'refuse') throw new ReplyError(500, { detail: 'Internal server error' })
  if (wish === '404') throw new ReplyError(404, { status: 'NOT_FOUND' })
  if (wish !== undefined && /^\d/.test(wish)) {
    throw new ReplyError(Number(wish), { detail: 'Status stream is not available' })
  }
}

/** `GET …/status/stream`: an event at once, one at every change, a ping now and then, the end after COMPLETED. */
export function followStatus(
  exchange: Exchange,
  simulation: Simulation,
  job: Job,
  urls: JobUrls,
): void {
  const { journal, timers, options } = simulation
  const wish = job.faults.take('stream')
  checkRefusal(wish)
  const withLogs = exchange.url.searchParams.get('logs') === '1'
  let sent = ''
  let sentLogs = 0
  let stops: readonly (() => void)[] = []

  const send = (): void => {
    const news = withLogs ? job.logs.slice(sentLogs) : null
    const body = toStatusBody(job, urls, news)
    const text = toJson(body)
    if (text === sent) return
    sent = toJson({ ...body, logs: withLogs ? [] : null })
    sentLogs = job.logs.length
    sendEvent(exchange, body)
  }
  const changed = (): void => {
    send()
    if (job.state !== 'COMPLETED') return
    for (const stop of stops) stop()
    exchange.response.end()
  }

  job.record.streams += 1
  journal.streamOpened()
  exchange.response.once('close', () => {
    journal.streamClosed()
    for (const stop of stops) stop()
  })
  startEventStream(exchange)
  if (wish === 'drop') {
    send()
    exchange.response.end()
    return
  }
  if (wish === 'silent') {
    send()
    return
  }
  const ping = () => {
    exchange.response.write(': ping\n\n')
  }
  stops = [job.watch(changed), ...(wish === 'no-ping' ? [] : [timers.every(options.pingMs, ping)])]
  changed()
}
