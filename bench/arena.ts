import { createFal } from '@ai-sdk/fal'
import { createFalClient } from '@fal-ai/client'
import { generateImage } from 'ai'

import { ACCESS_KEY, startGateway, type Gateway } from '../test/support/start-gateway.ts'
import { startFal, type FalProcess } from './processes.ts'
import { toSpread, type Contestant, type Spread } from './report.ts'

/** Who is a Worker, and not a client that asks fal itself. */
export const WORKERS = ['this gateway', 'floor', 'first Worker'] as const
export type WorkerName = (typeof WORKERS)[number]

const MODULES: Readonly<Record<WorkerName, string | undefined>> = {
  'this gateway': undefined,
  floor: '/bench/floor-worker.js',
  'first Worker': '/bench/first-worker.js',
}

/** Starts a Worker in a process of its own. */
export function startWorker(fal: string, name: WorkerName): Promise<Gateway> {
  const module = MODULES[name]
  return module === undefined
    ? startGateway(fal, { LOG_LEVEL: 'error' })
    : startGateway(fal, {}, { module })
}

/** What is asked of a contestant: words for the pretend fal, and what OpenAI's body has besides. */
export interface Wish {
  readonly prompt: string
  readonly more?: Readonly<Record<string, unknown>>
}

/** Everyone who is measured, and the pretend fal behind them; each in a process of its own. */
export interface Arena {
  readonly fal: FalProcess
  readonly workers: Readonly<Record<WorkerName, Gateway>>
  /** How each makes a picture: done when the last byte has been read. */
  readonly generate: Readonly<Record<Contestant, (wish: Wish) => Promise<void>>>
  /** What the Workers said, for whoever looks for a fault. */
  logs(): string
  close(): Promise<void>
}

export const FAL_KEY = 'bench:secret'
const ENDPOINT = 'fal-ai/flux/dev'

export async function openArena(): Promise<Arena> {
  const fal = await startFal()
  const gateway = await startWorker(fal.url, 'this gateway')
  const floor = await startWorker(fal.url, 'floor')
  const first = await startWorker(fal.url, 'first Worker')
  return {
    fal,
    workers: { 'this gateway': gateway, floor, 'first Worker': first },
    generate: {
      'this gateway': generateWith(gateway),
      floor: generateWith(floor),
      'first Worker': generateWith(first),
      ...createClients(fal.url),
    },
    logs: () => [gateway, floor, first].map((one) => one.log()).join(''),
    async close() {
      await Promise.all([gateway, floor, first, fal].map((one) => one.close()))
    },
  }
}

/** Makes pictures through a Worker; the last byte has been read when it is done. */
export function generateWith({ url }: Pick<Gateway, 'url'>): (wish: Wish) => Promise<void> {
  return async ({ prompt, more }) => {
    const response = await fetch(`${url}/v1/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'flux-dev', prompt, ...more }),
    })
    await drain(response)
  }
}

/** Which route a stream is asked of. */
export type StreamKind = 'chat' | 'image'

export function openStream(
  { url }: Pick<Gateway, 'url'>,
  kind: StreamKind,
  prompt: string,
): Promise<Response> {
  const wish = kind === 'chat' ? { messages: [{ role: 'user', content: prompt }] } : { prompt }
  const route = kind === 'chat' ? 'chat/completions' : 'images/generations'
  return fetch(`${url}/v1/${route}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'flux-dev', stream: true, ...wish }),
  })
}

/** Reads to the end without keeping anything. */
export async function drain(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  for await (const chunk of response.body ?? []) void chunk
}

function createClients(url: string) {
  const fal = createFalClient({ credentials: FAL_KEY, fetch: onPretendFal(url) })
  const sdk = createFal({ apiKey: FAL_KEY, baseURL: `${url}/run` })
  return {
    'fal client, polling': async ({ prompt }: Wish) => {
      await fal.subscribe(ENDPOINT, { input: { prompt } })
    },
    'fal client, streaming': async ({ prompt }: Wish) => {
      await fal.subscribe(ENDPOINT, { input: { prompt }, mode: 'streaming' })
    },
    'AI SDK': async ({ prompt }: Wish) => {
      await generateImage({ model: sdk.image(ENDPOINT), prompt, maxRetries: 0 })
    },
  }
}

const HOSTS: Readonly<Record<string, string>> = {
  'queue.fal.run': '/queue',
  'fal.run': '/run',
  'rest.fal.ai': '/rest',
}

/** fal's client knows fal's hosts only. */
export function onPretendFal(base: string): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const prefix = HOSTS[url.host]
    return fetch(prefix === undefined ? url : `${base}${prefix}${url.pathname}${url.search}`, init)
  }
}

/** How long something takes, in ms. */
export async function clock(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** So many rounds; in each of them every one in turn, so that what disturbs one disturbs all. */
export async function interleave<Name extends string>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name, round: number) => Promise<number>,
): Promise<Record<Name, Spread>> {
  const found = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [place] of names.entries()) {
      const name = names[(place + round) % names.length]
      if (name !== undefined) found.get(name)?.push(await measure(name, round))
    }
  }
  const spreads: Partial<Record<Name, Spread>> = {}
  for (const [name, values] of found) spreads[name] = toSpread(values)
  return complete(names, spreads)
}

function complete<Name extends string>(
  names: readonly Name[],
  spreads: Partial<Record<Name, Spread>>,
): Record<Name, Spread> {
  const isComplete = (value: Partial<Record<Name, Spread>>): value is Record<Name, Spread> =>
    names.every((name) => value[name] !== undefined)
  if (!isComplete(spreads)) throw new Error('not everyone was measured')
  return spreads
}
