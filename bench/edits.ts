import { createFalClient } from '@fal-ai/client'

import { aPictureOf } from '../test/support/pictures.ts'
import { ACCESS_KEY } from '../test/support/start-gateway.ts'
import { clock, drain, FAL_KEY, interleave, onPretendFal, type Arena } from './arena.ts'
import { cpuOf, forgetPeak, memoryOf } from './processes.ts'
import { toSpread, type Figure } from './report.ts'

const MEGABYTE = 1024 * 1024
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
    figures.push(...(await measureEdit(arena, pictures, quick ? 3 : 7)))
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
  const [cpus, peaks] = [new Array<number>(), new Array<number>()]
  const byForm = async (): Promise<void> => {
    const form = new FormData()
    form.append('model', 'nano-banana-2')
    form.append('prompt', 'make it blue')
    form.append('response_format', 'url')
    for (const picture of pictures) form.append('image[]', picture, 'a.png')
    const headers = { authorization: `Bearer ${ACCESS_KEY}` }
    forgetPeak(gateway.pid)
    const [cpu, idle] = [cpuOf(gateway.pid), memoryOf(gateway.pid).now]
    await drain(
      await fetch(`${gateway.url}/v1/images/edits`, { method: 'POST', headers, body: form }),
    )
    cpus.push(cpuOf(gateway.pid) - cpu)
    peaks.push(memoryOf(gateway.pid).peak - idle)
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
      values: { 'this gateway': toSpread(peaks) },
    },
  ]
}
