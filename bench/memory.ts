import { generateWith, startWorker, WORKERS, type WorkerName } from './arena.ts'
import { base64Wish, nameOfBase64 } from './base64.ts'
import { forgetPeak, memoryOf, startFal, type FalProcess } from './processes.ts'
import { toSpread, type Figure } from './report.ts'

const MEMORY_AIM_MB = 32

/** How large, and how many in one answer. */
const CASES = [
  ['4MB', 1],
  ['16MB', 1],
  ['16MB', 4],
] as const

/**
 * What an answer with pictures in it takes over what the process has before. Each in a process of its own:
 * memory that was used once stays with it, and would hide what the next one takes.
 */
export async function measureMemory(quick: boolean): Promise<readonly Figure[]> {
  const fal = await startFal()
  try {
    const figures: Figure[] = []
    for (const [size, n] of quick ? CASES.slice(0, 1) : CASES) {
      figures.push(await measureCase(fal, size, n, quick))
    }
    return figures
  } finally {
    await fal.close()
  }
}

async function measureCase(
  fal: FalProcess,
  size: string,
  n: number,
  quick: boolean,
): Promise<Figure> {
  const found = new Map<WorkerName, number[]>()
  for (const name of WORKERS) {
    const peaks: number[] = []
    // The first Worker takes ten seconds for the largest.
    const rounds = quick || name === 'first Worker' ? 1 : 3
    for (let round = 0; round < rounds; round += 1) peaks.push(await peakOf(fal, name, size, n))
    found.set(name, peaks)
  }
  const peak = toSpread(found.get('this gateway') ?? [Infinity]).median
  return {
    item: `peak memory over idle of ${nameOfBase64(size, n)}`,
    unit: 'MB',
    values: Object.fromEntries([...found].map(([name, peaks]) => [name, toSpread(peaks)])),
    ...(n === 4 && { aim: { text: `≤ ${MEMORY_AIM_MB} MB`, met: peak <= MEMORY_AIM_MB } }),
  }
}

async function peakOf(fal: FalProcess, name: WorkerName, size: string, n: number): Promise<number> {
  const worker = await startWorker(fal.url, name)
  try {
    const generate = generateWith(worker)
    // Code that has never run is not in memory yet.
    for (let count = 0; count < (name === 'first Worker' ? 1 : 20); count += 1) {
      await generate({ prompt: 'a cat' })
    }
    await generate(base64Wish('100KB', 1))
    const idle = memoryOf(worker.pid).now
    forgetPeak(worker.pid)
    await generate(base64Wish(size, n))
    return memoryOf(worker.pid).peak - idle
  } finally {
    await worker.close()
  }
}
