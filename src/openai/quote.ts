import type { Estimate, Quote } from '../job/quote.ts'
import type { JsonObject } from '../lib/json.ts'

/** What a request would do and cost, with `?dry_run=true`. A key that is not known beforehand is absent. */
export function toQuote({
  model,
  endpoint,
  requests,
  estimate,
  usd,
  adjusted,
  input,
  further,
}: Quote): Readonly<Record<string, unknown>> {
  return {
    object: 'quote',
    model,
    endpoint,
    requests,
    ...toUnits(estimate),
    ...(usd !== undefined && { cost_usd: usd }),
    adjusted,
    input: withoutData(input),
    ...(further.length > 0 && {
      further: further.map((step) => ({
        endpoint: step.endpoint,
        ...toUnits(step),
        ...(step.usd !== undefined && { cost_usd: step.usd }),
      })),
    }),
  }
}

/** The same of a request that would be answered in words: nothing is submitted, and nothing costs. */
export function toFreeQuote(model: string): JsonObject {
  return { object: 'quote', model, requests: 0, units: 0, cost_usd: 0, adjusted: [] }
}

function toUnits({ units, unit }: Estimate): Pick<Estimate, 'units' | 'unit'> {
  return { ...(units !== undefined && { units }), ...(unit !== undefined && { unit }) }
}

/** Enough to see what kind of data it is. */
const DATA_LETTERS = 60

/** The same without what was sent as data, which may be megabytes and which its sender knows. */
function withoutData(value: unknown): unknown {
  if (typeof value === 'string') {
    return /^data:/i.test(value) && value.length > DATA_LETTERS
      ? `${value.slice(0, DATA_LETTERS)}… (${value.length} characters)`
      : value
  }
  if (Array.isArray(value)) return value.map(withoutData)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [name, withoutData(one)]),
  )
}
