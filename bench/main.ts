import { availableParallelism, cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { answerHelp } from '../scripts/lib/usage.ts'
import { endWithParent } from '../simulator/end-with-parent.ts'
import { openArena, type Arena } from './arena.ts'
import { measureCalls } from './calls.ts'
import { measureDelays } from './delays.ts'
import { measureEdits } from './edits.ts'
import { measureLoads } from './loads.ts'
import { measureMemory } from './memory.ts'
import { lookForOthers, refusalOf } from './others.ts'
import { endChildren } from './processes.ts'
import { measurePure } from './pure.ts'
import { toTable, type Figure } from './report.ts'
import { toSentence, writeResult, type Result } from './results.ts'
import { measureServed } from './served.ts'
import { measureSpeech } from './speech.ts'
import { measureStarts } from './starts.ts'
import { measureStreams } from './streams.ts'
import { measureVideos } from './videos.ts'

const USAGE = `npm run bench -- [--quick] [--only PARTS] [--busy]

Measures this gateway beside others in the same run, and writes what it found into bench/results/.

  --quick        fewer rounds, shorter jobs: about a minute on an idle machine
  --only PARTS   some of delays, loads, memory, streams, edits, videos, speech, starts, served, calls, pure,
                 separated by commas; nothing is written then
  --busy         measures although others are at work on this machine; ratios alone count then`

answerHelp(USAGE)

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    busy: { type: 'boolean', default: false },
  },
})
const { quick } = values

type Measure = (quick: boolean) => Promise<readonly Figure[]>

/** Each with processes of its own: what one part leaves in memory is not the next one's. */
const PARTS: Readonly<Record<string, Measure>> = {
  delays: inArena(measureDelays),
  loads: inArena(measureLoads),
  memory: measureMemory,
  streams: measureStreams,
  edits: inArena(measureEdits),
  videos: measureVideos,
  speech: inArena(measureSpeech),
  starts: measureStarts,
  served: measureServed,
  calls: measureCalls,
  pure: measurePure,
}
/** Longer takes none of them, on a busy machine either; what hangs is told and not waited for. */
const PART_MINUTES = 20

function inArena(measure: (arena: Arena, quick: boolean) => Promise<readonly Figure[]>): Measure {
  return async () => {
    const arena = await openArena()
    try {
      return await measure(arena, quick)
    } catch (error) {
      throw new Error(`the Workers said:\n${arena.logs()}`, { cause: error })
    } finally {
      await arena.close()
    }
  }
}

const load = (): number => Number((loadavg()[0] ?? 0).toFixed(2))
const tell = (text: string): void => void process.stderr.write(`${text}\n`)

let at = 'nothing'
// Whoever ends the run, its processes end with it, and it says where it stood.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    breakOff(signal)
  })
}
endWithParent(() => {
  breakOff('the end of npm')
})
process.once('exit', (code) => {
  if (code === 13) tell(`nothing was left to wait for while measuring ${at}`)
})

const names = Object.keys(PARTS).filter((name) => values.only?.split(',').includes(name) ?? true)
const figures: Figure[] = []
const failed: string[] = []
const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: availableParallelism(),
  node: process.version,
}
const loadBefore = load()
const othersPercent = await lookForOthers()
tell(`Others use ${othersPercent} % of this machine's CPU; load ${loadBefore}.`)
const refusal = values.busy ? undefined : refusalOf(othersPercent)
if (refusal !== undefined) {
  tell(refusal)
  process.exit(2)
}

function resultSoFar(): Result {
  const date = new Date().toISOString().slice(0, 10)
  const times = { loadBefore, loadAfter: load(), othersPercent }
  return { date, quick, machine: { ...machine, ...times }, failed, figures }
}

for (const name of names) {
  at = name
  const began = performance.now()
  try {
    figures.push(...(await inTime(PARTS[name]?.(quick), PART_MINUTES)))
    tell(`measured ${name} in ${Math.round((performance.now() - began) / 1000)} s`)
  } catch (error) {
    failed.push(name)
    tell(`FAILED: ${name}`)
    console.error(error)
    endChildren()
  }
  // After every part, so that a run that is cut off leaves what it found.
  if (values.only === undefined) writeResult(resultSoFar())
}

const result = resultSoFar()
console.log(`\n${toTable(figures)}\n${toSentence(result)}`)
if (values.only === undefined) {
  console.log(`Written to ${path.relative(process.cwd(), writeResult(result))}.`)
}
process.exit(failed.length === 0 ? 0 : 1)

function breakOff(why: string): never {
  tell(`ended by ${why} while measuring ${at}`)
  endChildren()
  process.exit(1)
}

async function inTime<Value>(
  work: Promise<readonly Value[]> | undefined,
  minutes: number,
): Promise<readonly Value[]> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(new Error(`not done after ${minutes} minutes`))
  }, minutes * 60_000)
  try {
    return (await Promise.race([work, promise])) ?? []
  } finally {
    clearTimeout(timer)
  }
}
