import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import * as z from 'zod'

import { CONTESTANTS, UNITS, type Figure } from './report.ts'

/** What one run found. */
export interface Result {
  readonly date: string
  readonly quick: boolean
  readonly machine: {
    readonly cpu: string
    readonly cores: number
    readonly node: string
    /** Of the last minute before the run, as the operating system counts it: what disturbed it. */
    readonly loadBefore: number
    readonly loadAfter: number
    /** How much of its CPU others used before the run, in percent; absent: nobody looked. */
    readonly othersPercent?: number | undefined
  }
  /** Parts that could not be measured. */
  readonly failed: readonly string[]
  readonly figures: readonly Figure[]
}

const FOLDER = path.join(import.meta.dirname, 'results')

const spread = z.object({
  median: z.number(),
  low: z.number(),
  high: z.number(),
  runs: z.number(),
})

const schema = z.object({
  date: z.string(),
  quick: z.boolean(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    node: z.string(),
    loadBefore: z.number(),
    loadAfter: z.number(),
    othersPercent: z.optional(z.number()),
  }),
  failed: z.array(z.string()).default([]),
  figures: z.array(
    z.object({
      item: z.string(),
      unit: z.enum(UNITS),
      values: z.partialRecord(z.enum(CONTESTANTS), spread),
      aim: z.object({ text: z.string(), met: z.boolean() }).optional(),
    }),
  ),
})

/** @returns the file: one for each day, the last run's; quick runs have their own, which is not kept */
export function writeResult(result: Result): string {
  mkdirSync(FOLDER, { recursive: true })
  const file = path.join(FOLDER, `${result.date}${result.quick ? '-quick' : ''}.json`)
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  return file
}

/** The latest complete run that is kept. */
export function readLatest(): Result {
  const files = globSync('*.json', { cwd: FOLDER }).filter((file) => !file.includes('quick'))
  const last = files.toSorted().at(-1)
  if (last === undefined) throw new Error('npm run bench has not been run yet')
  const value: unknown = JSON.parse(readFileSync(path.join(FOLDER, last), 'utf8'))
  const { figures, ...result } = schema.parse(value)
  return {
    ...result,
    figures: figures.map(({ aim, ...figure }) => (aim === undefined ? figure : { ...figure, aim })),
  }
}

/** When and where, and how busy the machine was. */
export function toSentence({ date, machine, failed }: Result): string {
  const { cores, cpu, node, loadBefore, loadAfter, othersPercent } = machine
  const others =
    othersPercent === undefined ? '' : `; others used ${othersPercent} % of it before the run`
  const missing = failed.length === 0 ? '' : ` Not measured: ${failed.join(', ')}.`
  return `${date}, ${cores} cores, ${cpu}, Node ${node}; load ${loadBefore} before the run, ${loadAfter} behind it${others}.${missing}`
}
