// `npm run bench`, or `npm run bench -- --quick`: measures this gateway beside others in the same run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { openArena, type Arena } from './arena.ts'
import { measureDelays } from './delays.ts'
import { measureEdits } from './edits.ts'
import { measureLoads } from './loads.ts'
import { measurePure } from './pure.ts'
import { toTable, type Figure } from './report.ts'
import { measureStarts } from './starts.ts'
import { measureStreams } from './streams.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
})

type Measure = (arena: Arena, quick: boolean) => Promise<readonly Figure[]>

/** Each with processes of its own: what one part leaves in memory is not the next one's. */
const PARTS: Readonly<Record<string, Measure>> = {
  delays: measureDelays,
  loads: measureLoads,
  streams: measureStreams,
  edits: measureEdits,
}

const load = (): number => Number((loadavg()[0] ?? 0).toFixed(2))
const wanted = (name: string): boolean => values.only?.split(',').includes(name) ?? true
const tell = (name: string): void => void process.stderr.write(`measuring ${name} …\n`)

const before = load()
const figures: Figure[] = []
for (const [name, measure] of Object.entries(PARTS)) {
  if (!wanted(name)) continue
  tell(name)
  const arena = await openArena()
  figures.push(...(await measure(arena, values.quick)))
  await arena.close()
}
if (wanted('starts')) {
  tell('starts')
  figures.push(...(await measureStarts(values.quick)))
}
if (wanted('pure')) {
  tell('pure')
  figures.push(...(await measurePure(values.quick)))
}

const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: availableParallelism(),
  node: process.version,
  loadBefore: before,
  loadAfter: load(),
}
const date = new Date().toISOString().slice(0, 10)
console.log(`\n${toTable(figures)}`)
console.log(
  `${date}, ${machine.cores} cores, ${machine.cpu}, Node ${machine.node}; load ${machine.loadBefore} before the run, ${machine.loadAfter} behind it.`,
)
if (values.only === undefined) {
  const folder = path.join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${date}${values.quick ? '-quick' : ''}.json`)
  const result = { date, quick: values.quick, machine, figures }
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  console.log(`Written to ${path.relative(process.cwd(), file)}.`)
}
