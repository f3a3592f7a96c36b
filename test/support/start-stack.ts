import OpenAI from 'openai'

import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator/start-simulator.ts'
import { ACCESS_KEY, startGateway, type Gateway } from './start-gateway.ts'

/** The pretend fal, the gateway in front of it, and the official client in front of that. */
export interface Stack {
  readonly fal: Simulator
  readonly gateway: Gateway
  /** The official client with its defaults, retries included. */
  readonly openai: OpenAI
  /** A request to the gateway with the access key; `/v1` is put in front of the path. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** A POST of JSON. */
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>
  /**
   * How often the pretend fal was asked what, such as `{ submit: 1, result: 1 }`. Without the look-ups of
   * prices and schemas, one each for each endpoint and day beside the first job: test/cost/cost.test.ts and
   * test/models/live-over-table.test.ts count those.
   */
  asked(): Record<string, number>
  close(): Promise<void>
}

/** Nothing is retired here, so that every curated model can be asked; tests of successors say otherwise. */
export async function startStack(
  options: SimulatorOptions & {
    readonly env?: Readonly<Record<string, string | undefined>>
    /** Where the ledger is kept, see `startGateway`; undefined: there is none. */
    readonly ledger?: string
  } = {},
): Promise<Stack> {
  const fal = await startSimulator({ retired: [], ...options })
  const gateway = await startGateway(fal.url, options.env, options)
  const openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ACCESS_KEY })
  const request: Stack['request'] = (path, init) =>
    fetch(`${gateway.url}/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${ACCESS_KEY}`, ...toRecord(init?.headers) },
    })
  return {
    fal,
    gateway,
    openai,
    request,
    post: (path, body, init) =>
      request(path, {
        ...init,
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...toRecord(init?.headers) },
      }),
    asked: () => {
      const ofJobs = fal.journal
        .entries()
        .filter(({ kind }) => kind !== 'pricing' && kind !== 'models')
      const kinds = Map.groupBy(ofJobs, ({ kind }) => kind)
      return Object.fromEntries([...kinds].map(([kind, entries]) => [kind, entries.length]))
    },
    async close() {
      await gateway.close()
      await fal.close()
    },
  }
}

function toRecord(headers: HeadersInit | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(headers))
}

/** What a client that leaves had opened is free within 3 s; a busy machine may need as much again. */
export const FREED_SECONDS = 6

/** Waits until something holds, looking every 20 ms; gives up after so many seconds, which a busy machine may need. */
export async function until(holds: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`did not come about within ${seconds} s`)
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}
