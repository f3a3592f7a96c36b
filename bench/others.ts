import { cpus } from 'node:os'

import { sleep } from './arena.ts'

/** So much of the machine's CPU may be others': more moves what is measured more than noise does. */
const MOST_PERCENT = 15
const LOOK_MS = 3000

/** How much of the machine's CPU is used by others just now, in percent: this process only waits meanwhile. */
export async function lookForOthers(): Promise<number> {
  const [before, own] = [readTimes(), process.cpuUsage()]
  await sleep(LOOK_MS)
  const after = readTimes()
  const { user, system } = process.cpuUsage(own)
  const busy = after.busy - before.busy - (user + system) / 1000
  return Math.max(0, Math.round((busy / (after.all - before.all)) * 100))
}

/** Of all cores since they began, in milliseconds. */
function readTimes(): { readonly busy: number; readonly all: number } {
  const times = cpus().map((core) => core.times)
  const idle = times.reduce((sum, one) => sum + one.idle, 0)
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
  return { busy, all: busy + idle }
}

/** Why nothing is measured; undefined: the machine is quiet enough. */
export function refusalOf(percent: number): string | undefined {
  if (percent <= MOST_PERCENT) return undefined
  return `Others use ${percent} % of this machine's CPU: figures would be theirs as much as ours. Wait until they have ended, or measure all the same with --busy.`
}
