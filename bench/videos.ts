import { createFalClient } from '@fal-ai/client'
import OpenAI from 'openai'
import * as z from 'zod'

import { ACCESS_KEY, startGateway, type Gateway } from '../test/support/start-gateway.ts'
import { drain, FAL_KEY, onPretendFal, sleep } from './arena.ts'
import { cpuOf, forgetPeak, memoryOf, startFal } from './processes.ts'
import { toSpread, type Figure } from './report.ts'

const ENDPOINT = 'fal-ai/veo3.1/lite'
const MEMORY_AIM_MB = 16
/** Of the floor's, which hands the same bytes through. */
const CPU_AIM = 1.5

/** What a video costs whoever hands its bytes through. */
export interface HandedThrough {
  /** CPU time, in ms. */
  readonly cpu: readonly number[]
  /** Memory at its peak over what the process had before, in MB. */
  readonly memory: readonly number[]
}

/** Who hands through: us, by a video's id, and a Worker that does nothing else. */
const NAMES = ['this gateway', 'floor'] as const
type Name = (typeof NAMES)[number]

/**
 * Takes a large video through the gateway and through the floor, in turn.
 *
 * @param megabytes how large
 */
export async function handThrough(
  megabytes: number,
  rounds: number,
): Promise<Readonly<Record<Name, HandedThrough>>> {
  const fal = await startFal()
  const gateway = await startGateway(fal.url, { LOG_LEVEL: 'error' })
  const floor = await startGateway(fal.url, {}, { module: '/bench/hand-through-worker.js' })
  try {
    const prompt = `a cat [[bytes:${megabytes}MB]]`
    const id = await makeVideo(gateway, prompt)
    const url = encodeURIComponent(await urlOf(fal.url, prompt))
    const take: Readonly<Record<Name, () => Promise<void>>> = {
      'this gateway': takerOf(`${gateway.url}/v1/videos/${id}/content`, megabytes),
      floor: takerOf(`${floor.url}/?url=${url}`, megabytes),
    }
    const workers = { 'this gateway': gateway, floor }
    // Code that has never run is not in memory yet, nor are the buffers of the sockets.
    for (const name of NAMES) await take[name]()
    const found = { 'this gateway': toEmpty(), floor: toEmpty() }
    for (let round = 0; round < rounds; round += 1) {
      for (const name of NAMES) {
        const { pid } = workers[name]
        const [idle, cpu] = [memoryOf(pid).now, cpuOf(pid)]
        forgetPeak(pid)
        await take[name]()
        found[name].cpu.push(cpuOf(pid) - cpu)
        found[name].memory.push(memoryOf(pid).peak - idle)
      }
    }
    return found
  } finally {
    await Promise.all([gateway, floor, fal].map((one) => one.close()))
  }
}

/** What a video of 100 MB, half a minute in 4K, costs whoever hands it through. */
export async function measureVideos(quick: boolean): Promise<readonly Figure[]> {
  const found = await handThrough(100, quick ? 1 : 7)
  const valuesOf = (what: keyof HandedThrough) => ({
    'this gateway': toSpread(found['this gateway'][what]),
    floor: toSpread(found.floor[what]),
  })
  const [cpu, memory] = [valuesOf('cpu'), valuesOf('memory')]
  return [
    {
      item: 'CPU of a video of 100 MB',
      unit: 'ms',
      values: cpu,
      aim: {
        text: `≤ ${CPU_AIM} × the floor`,
        met: cpu['this gateway'].median <= CPU_AIM * cpu.floor.median,
      },
    },
    {
      item: 'peak memory over idle of a video of 100 MB',
      unit: 'MB',
      values: memory,
      aim: {
        text: `≤ ${MEMORY_AIM_MB} MB`,
        met: memory['this gateway'].median <= MEMORY_AIM_MB,
      },
    },
  ]
}

function toEmpty(): { readonly cpu: number[]; readonly memory: number[] } {
  return { cpu: [], memory: [] }
}

const MEGABYTE = 1_000_000

function takerOf(url: string, megabytes: number): () => Promise<void> {
  const headers = { authorization: `Bearer ${ACCESS_KEY}` }
  return async () => {
    const response = await fetch(url, { headers })
    const bytes = Number(response.headers.get('content-length'))
    if (bytes < megabytes * MEGABYTE) throw new Error(`the video is of ${bytes} bytes only`)
    await drain(response)
  }
}

/** @returns its id, when it is done */
async function makeVideo({ url }: Gateway, prompt: string): Promise<string> {
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY })
  let video = await openai.videos.create({ model: 'veo3.1-lite', prompt, seconds: '4' })
  while (video.status === 'queued' || video.status === 'in_progress') {
    await sleep(50)
    video = await openai.videos.retrieve(video.id)
  }
  if (video.status === 'failed') throw new Error(video.error?.message)
  return video.id
}

const result = z.object({ data: z.object({ video: z.object({ url: z.string() }) }) })

/** @returns where fal has a video of the same length */
async function urlOf(base: string, prompt: string): Promise<string> {
  const fal = createFalClient({ credentials: FAL_KEY, fetch: onPretendFal(base) })
  const made = await fal.subscribe(ENDPOINT, { input: { prompt, duration: '4s' } })
  return result.parse(made).data.video.url
}
