import { ACCESS_KEY } from '../test/support/start-gateway.ts'
import { drain, interleave, type Arena } from './arena.ts'
import type { Figure } from './report.ts'

const NAMES = ['this gateway', 'floor'] as const
/** How long the pretend fal speaks: neither waits for the other's polls, for neither polls. */
const RUN_MS = 400
/** What may stand between fal's end and the first byte, beside a Worker that only hands the sound on. */
const MOST = 1.5
const WARM_UP = 8

/** How long after fal has spoken the first byte of the sound is there. */
export async function measureSpeech(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  for (const name of NAMES) {
    for (let count = 0; count < WARM_UP; count += 1) await firstByteOf(arena.workers[name].url, 0)
  }
  const values = await interleave(NAMES, quick ? 7 : 25, (name) =>
    firstByteOf(arena.workers[name].url, RUN_MS),
  )
  const [ours, floor] = NAMES.map((name) => values[name].median)
  return [
    {
      item: `first byte of speech, beyond the ${RUN_MS / 1000} s of the job`,
      unit: 'ms',
      values,
      aim: { text: `≤ ${MOST} × the floor`, met: (ours ?? Infinity) <= MOST * (floor ?? 0) },
    },
  ]
}

async function firstByteOf(url: string, run: number): Promise<number> {
  const began = performance.now()
  const response = await fetch(`${url}/v1/audio/speech`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'tts-1',
      voice: 'alloy',
      input: `Good evening. [[run:${run}ms]]`,
    }),
  })
  const reader = response.body?.getReader()
  const first = await reader?.read()
  const taken = performance.now() - began - run
  if (!response.ok || first?.value === undefined) throw new Error(`${response.status}: no sound`)
  reader?.releaseLock()
  await drain(response)
  return taken
}
