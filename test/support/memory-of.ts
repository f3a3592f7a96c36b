import { readFileSync, writeFileSync } from 'node:fs'

/** Resident memory of a process, in MB. */
export function memoryOf(pid: number): number {
  return read(pid, 'VmRSS')
}

/**
 * The most that a process holds while something is done, in MB over what it held before: the operating system
 * keeps count, so that no moment is missed.
 */
export async function peakOver(pid: number, doing: () => Promise<unknown>): Promise<number> {
  // 5: the highest mark is set back to what is held now (proc(5), clear_refs).
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const idle = memoryOf(pid)
  await doing()
  return read(pid, 'VmHWM') - idle
}

function read(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status) ?? []
  return Number(kilobytes ?? 0) / 1024
}
