import { ACCESS_KEY } from '../test/support/start-gateway.ts'
import { interleave, sleep, type Arena, type WorkerProcess } from './arena.ts'
import { cpuOf, memoryOf } from './processes.ts'
import { exactly, type Figure } from './report.ts'

const NAMES = ['this gateway', 'floor'] as const
type Name = (typeof NAMES)[number]

const FIRST_BYTE_AIM_MS = 5
const MEMORY_RATIO_AIM = 1.3

/** Streams: the first byte, and hundreds of them at once. */
export async function measureStreams(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const figures: Figure[] = [
    await measureFirstByte(arena, 'chat', quick),
    await measureFirstByte(arena, 'image', quick),
  ]
  // How many, and how many seconds each is open, so that all are open together.
  const crowds = quick ? [[200, 4] as const] : [[500, 8] as const, [2000, 16] as const]
  for (const [count, seconds] of crowds) {
    figures.push(...(await measureMany(arena, count, seconds)))
  }
  return figures
}

type Kind = 'chat' | 'image'

function openStream(worker: WorkerProcess, kind: Kind, prompt: string): Promise<Response> {
  const wish = kind === 'chat' ? { messages: [{ role: 'user', content: prompt }] } : { prompt }
  const path = kind === 'chat' ? 'chat/completions' : 'images/generations'
  return fetch(`${worker.url}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'flux-dev', stream: true, ...wish }),
  })
}

async function measureFirstByte({ workers }: Arena, kind: Kind, quick: boolean): Promise<Figure> {
  const values = await interleave(NAMES, quick ? 30 : 200, async (name) => {
    const start = performance.now()
    const response = await openStream(workers[name], kind, 'a cat')
    const reader = response.body?.getReader()
    await reader?.read()
    const ms = performance.now() - start
    while ((await reader?.read())?.done === false);
    return ms
  })
  return {
    item: `${kind} stream: first byte`,
    unit: 'ms',
    values,
    ...(kind === 'chat' && {
      aim: {
        text: `≤ ${FIRST_BYTE_AIM_MS} ms`,
        met: values['this gateway'].median <= FIRST_BYTE_AIM_MS,
      },
    }),
  }
}

interface Crowd {
  readonly kilobytesEach: number
  readonly cpuMsEach: number
  readonly errors: number
}

async function measureMany(
  { workers }: Arena,
  count: number,
  seconds: number,
): Promise<readonly Figure[]> {
  const crowds = new Map<Name, Crowd>()
  for (const name of NAMES) crowds.set(name, await gather(workers[name], count, seconds))
  const pick = (kind: keyof Crowd) =>
    Object.fromEntries([...crowds].map(([name, crowd]) => [name, exactly(crowd[kind])]))
  const ours = crowds.get('this gateway')
  const ratio = (ours?.kilobytesEach ?? Infinity) / (crowds.get('floor')?.kilobytesEach ?? 1)
  const what = `${count} chat streams at once`
  return [
    {
      item: `${what}: errors`,
      unit: 'errors',
      values: pick('errors'),
      aim: { text: 'none', met: ours?.errors === 0 },
    },
    {
      item: `${what}: memory of each`,
      unit: 'KB',
      values: pick('kilobytesEach'),
      aim: { text: `≤ ${MEMORY_RATIO_AIM} × the floor’s`, met: ratio <= MEMORY_RATIO_AIM },
    },
    { item: `${what}: CPU of each`, unit: 'ms', values: pick('cpuMsEach') },
  ]
}

async function gather(worker: WorkerProcess, count: number, seconds: number): Promise<Crowd> {
  const [idle, cpu] = [memoryOf(worker.pid).now, cpuOf(worker.pid)]
  let errors = 0
  let begun = 0
  const allBegan = Promise.withResolvers<void>()
  const one = async (): Promise<void> => {
    const response = await openStream(worker, 'chat', `a cat [[run:${seconds}s]]`)
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (text === '' && ++begun === count) allBegan.resolve()
      text += chunk
    }
    if (!response.ok || !/COMPLETED|\[DONE\]/.test(text) || text.includes('"error"')) errors += 1
  }
  const all = Promise.allSettled(Array.from({ length: count }, one))
  await Promise.race([allBegan.promise, sleep(seconds * 1000)])
  const open = memoryOf(worker.pid).now
  const failed = (await all).filter(({ status }) => status === 'rejected').length
  return {
    kilobytesEach: ((open - idle) * 1024) / count,
    cpuMsEach: (cpuOf(worker.pid) - cpu) / count,
    errors: errors + failed,
  }
}
