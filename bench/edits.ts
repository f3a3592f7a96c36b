import { createFalClient } from '@fal-ai/client'

import { aPictureOf } from '../test/support/pictures.ts'
import { ACCESS_KEY, type Gateway } from '../test/support/start-gateway.ts'
import {
  clock,
  drain,
  FAL_KEY,
  interleave,
  onPretendFal,
  startWorker,
  type Arena,
} from './arena.ts'
import { cpuOf, forgetPeak, memoryOf } from './processes.ts'
import { toSpread, type Figure } from './report.ts'

const MEGABYTE = 1024 * 1024
const SMALL_BYTES = 10_000
const NAMES = ['this gateway', 'fal client, streaming'] as const
const ENDPOINT = 'fal-ai/nano-banana-2/edit'

/** Edits of pictures that the caller sends: through the gateway as a form, through fal's client as uploads. */
export async function measureEdits(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const [count, megabytes] of [
    [1, 4],
    [4, 10],
  ] as const) {
    const bytes = await aPictureOf(megabytes * MEGABYTE - 1000)
    const pictures = Array.from({ length: count }, () => new Blob([new Uint8Array(bytes)]))
    figures.push(...(await measureEdit(arena, pictures, quick ? 1 : 7)))
  }
  return figures
}

async function measureEdit(
  arena: Arena,
  pictures: readonly Blob[],
  rounds: number,
): Promise<readonly Figure[]> {
  const gateway = arena.workers['this gateway']
  const fal = createFalClient({ credentials: FAL_KEY, fetch: onPretendFal(arena.fal.url) })
  const cpus: number[] = []
  const byForm = async (): Promise<void> => {
    const cpu = cpuOf(gateway.pid)
    await sendForm(gateway, pictures)
    cpus.push(cpuOf(gateway.pid) - cpu)
  }
  const byClient = async (): Promise<void> => {
    const image_urls = await Promise.all(pictures.map((one) => fal.storage.upload(one)))
    await fal.subscribe(ENDPOINT, {
      input: { prompt: 'make it blue', image_urls },
      mode: 'streaming',
    })
  }
  const values = await interleave(NAMES, rounds, (name) =>
    clock(name === 'this gateway' ? byForm : byClient),
  )
  const megabytes = Math.round(pictures.reduce((sum, { size }) => sum + size, 0) / MEGABYTE)
  const what = `an edit of ${pictures.length} × ${megabytes / pictures.length} MB`
  return [
    { item: `time of ${what}`, unit: 'ms', values },
    { item: `CPU of ${what}`, unit: 'ms', values: { 'this gateway': toSpread(cpus) } },
    {
      item: `peak memory over idle of ${what}`,
      unit: 'MB',
      values: { 'this gateway': toSpread(await peaksOf(arena, pictures)) },
    },
  ]
}

async function sendForm({ url }: Gateway, pictures: readonly Blob[]): Promise<void> {
  const form = new FormData()
  form.append('model', 'nano-banana-2')
  form.append('prompt', 'make it blue')
  form.append('response_format', 'url')
  for (const picture of pictures) form.append('image[]', picture, 'a.png')
  const headers = { authorization: `Bearer ${ACCESS_KEY}` }
  await drain(await fetch(`${url}/v1/images/edits`, { method: 'POST', headers, body: form }))
}

const PEAKS = 3

/** Each in a process of its own: memory that was used once stays with it, and hides what the next takes. */
async function peaksOf({ fal }: Arena, pictures: readonly Blob[]): Promise<readonly number[]> {
  const small = [new Blob([new Uint8Array(await aPictureOf(SMALL_BYTES))])]
  const peaks: number[] = []
  for (let round = 0; round < PEAKS; round += 1) {
    const gateway = await startWorker(fal.url, 'this gateway')
    // Code that has never run is not in memory yet.
    await sendForm(gateway, small)
    const idle = memoryOf(gateway.pid).now
    forgetPeak(gateway.pid)
    await sendForm(gateway, pictures)
    peaks.push(memoryOf(gateway.pid).peak - idle)
    await gateway.close()
  }
  return peaks
}
