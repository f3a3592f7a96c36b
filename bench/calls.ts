import * as z from 'zod'

import { startGateway } from '../test/support/start-gateway.ts'
import { interleave } from './arena.ts'
import { cpuOf } from './processes.ts'
import type { Figure, Spread } from './report.ts'

const NOWHERE = 'http://127.0.0.1:9'
const TIMES = 400
/** Which of them goes over the network, and takes a hundred times as long. */
const REQUEST = 'a request to a server nearby'
const REQUESTS = 40

/** What the runtime itself takes for each kind of call that the line makes, without this gateway. */
export async function measureCalls(quick: boolean): Promise<readonly Figure[]> {
  const module = '/bench/calls-worker.js'
  const worker = await startGateway(NOWHERE, {}, { module })
  const peer = await startGateway(NOWHERE, {}, { module })
  const told: unknown = await (await fetch(`${worker.url}/names`)).json()
  const names = z.array(z.string()).parse(told)
  const take = async (call: string): Promise<number> => {
    const times = call === REQUEST ? REQUESTS : TIMES
    const query = new URLSearchParams({ call, times: String(times), peer: `${peer.url}/peer` })
    const before = cpuOf(worker.pid)
    await (await fetch(`${worker.url}/?${query.toString()}`)).text()
    return ((cpuOf(worker.pid) - before) / times) * 1000
  }
  for (const name of names) for (let count = 0; count < 5; count += 1) await take(name)
  const spreads = await interleave(names, quick ? 5 : 21, take)
  await Promise.all([worker.close(), peer.close()])
  const loop = spreads['nothing']?.median ?? 0
  return names.flatMap((name) => {
    const spread = spreads[name]
    if (name === 'nothing' || spread === undefined) return []
    return [
      { item: `the runtime alone: ${name}`, unit: 'µs', values: { floor: less(spread, loop) } },
    ]
  })
}

/** Without the loop around it. */
function less({ median, low, high, runs }: Spread, loop: number): Spread {
  return { median: Math.max(0, median - loop), low: low - loop, high: high - loop, runs }
}
