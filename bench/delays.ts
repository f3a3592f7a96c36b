import { clock, sleep, type Arena } from './arena.ts'
import {
  atMostTimes,
  CONTESTANTS,
  exactly,
  toSpread,
  type Aim,
  type Contestant,
  type Figure,
  type Spread,
} from './report.ts'

/** Starts are so far apart that no two jobs end at once. */
const APART_MS = 120
/** No model takes whole seconds; who polls would otherwise always, or never, ask at the right moment. */
const ODD_MS = [130, 410, 270, 50, 330, 190, 470]
const MOST_TIMES_FLOOR = 1.2

/**
 * How long after a job's own time its answer is there, with everything that comes before and behind: submit,
 * waiting, result. All contestants' jobs run beside each other, each started a little after the last.
 */
export async function measureDelays(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  // Code that has never run is slow.
  for (const name of CONTESTANTS) {
    for (let count = 0; count < (quick ? 1 : 3); count += 1)
      await arena.generate[name]({ prompt: 'a cat' })
  }
  const figures: Figure[] = []
  for (const seconds of quick ? [1] : [0, 1, 20]) {
    const values = await delaysOf(arena, seconds, quick ? 3 : 7)
    figures.push({
      item: `a url answer, beyond the ${seconds} s of the job`,
      unit: 'ms',
      values,
      aim: aimOf(values, seconds),
    })
  }
  figures.push(await countRequests(arena, quick ? 0 : 5))
  return figures
}

/** A job that takes no time is done before fal's own client first asks. */
function aimOf(values: Partial<Record<Contestant, Spread>>, seconds: number): Aim {
  const ours = values['this gateway']?.median ?? Infinity
  const polling = values['fal client, polling']?.median ?? 0
  const { text, met } = atMostTimes(MOST_TIMES_FLOOR, values)
  if (seconds === 0) return { text, met }
  return { text: `${text}, and 1/10 of fal’s client`, met: met && ours * 10 <= polling }
}

async function delaysOf(
  { generate }: Arena,
  seconds: number,
  rounds: number,
): Promise<Partial<Record<Contestant, Spread>>> {
  const found = new Map<Contestant, number[]>()
  const running: Promise<void>[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const name of CONTESTANTS) {
      const job = seconds === 0 ? 0 : seconds * 1000 + (ODD_MS[round % ODD_MS.length] ?? 0)
      const prompt = `a cat [[run:${job}ms]]`
      const work = async (): Promise<void> => {
        const ms = (await clock(() => generate[name]({ prompt }))) - job
        found.set(name, [...(found.get(name) ?? []), ms])
      }
      running.push(work())
      await sleep(APART_MS)
    }
  }
  await Promise.all(running)
  return Object.fromEntries([...found].map(([name, values]) => [name, toSpread(values)]))
}

async function countRequests({ fal, generate }: Arena, seconds: number): Promise<Figure> {
  const values: Partial<Record<Contestant, Spread>> = {}
  for (const name of CONTESTANTS) {
    await fal.asked()
    await generate[name]({ prompt: `a cat [[run:${seconds}s]]` })
    values[name] = exactly(await fal.asked())
  }
  const ours = values['this gateway']?.median
  return {
    item: `requests to fal for a job of ${seconds} s`,
    unit: 'requests',
    values,
    aim: { text: '3', met: ours === 3 },
  }
}
