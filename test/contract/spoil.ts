import * as z from 'zod'

import type { Sample } from './check-types.ts'

/** A change that makes an answer wrong. */
export type Spoiler = readonly [name: string, key: string, value: unknown]

const record = z.record(z.string(), z.unknown())

/** The samples that the changes name, each with its change; every one must be noticed. */
export function spoil(samples: readonly Sample[], spoilers: readonly Spoiler[]): readonly Sample[] {
  return spoilers.map(([name, key, value], index) => {
    const sample = samples.find((one) => one.name === name)
    if (sample === undefined) throw new Error(`no sample is called ${name}`)
    return {
      ...sample,
      name: `${index}: ${name} with ${key} = ${JSON.stringify(value)}`,
      value: { ...record.parse(sample.value), [key]: value },
    }
  })
}
