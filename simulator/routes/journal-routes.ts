import type { JournalEntry, JournalJob } from '../queue/journal.ts'
import type { Simulation } from '../simulation.ts'
import { replyJson, ReplyError, type Exchange } from './exchange.ts'

function countBy<T>(items: readonly T[], name: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[name(item)] = (counts[name(item)] ?? 0) + 1
  return counts
}

function toTotals(entries: readonly JournalEntry[], jobs: readonly JournalJob[]) {
  return {
    entries: countBy(entries, ({ kind }) => kind),
    jobs: countBy(jobs, ({ state }) => state),
    cancels: jobs.reduce((sum, { cancels }) => sum + cancels, 0),
  }
}

/** `GET /__journal[?since=index]` and `DELETE /__journal`. */
export function serveJournal(exchange: Exchange, simulation: Simulation): void {
  const { journal } = simulation
  const { method } = exchange.request
  if (method === 'DELETE') {
    journal.clear()
    replyJson(exchange, { status: 200, body: { cleared: true } })
    return
  }
  if (method !== 'GET')
    throw new ReplyError(405, { detail: 'Method Not Allowed' }, { allow: 'GET, DELETE' })
  const all = journal.entries()
  const since = Number(exchange.url.searchParams.get('since') ?? 0)
  const jobs = journal.jobs()
  const body = {
    entries: all.filter(({ index }) => index >= since),
    next: (all.at(-1)?.index ?? -1) + 1,
    jobs,
    totals: toTotals(all, jobs),
    openStreams: journal.openStreams(),
    openRequests: journal.openRequests(),
  }
  replyJson(exchange, { status: 200, body })
}
