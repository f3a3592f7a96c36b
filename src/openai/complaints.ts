import type * as z from 'zod/mini'

/**
 * What is wrong with a value, in English: zod's own words for the few complaints that our schemas make,
 * because its whole list weighs 0.6 KB gzip in the bundle.
 */
export function toComplaint(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Invalid input: expected ${issue.expected}, received ${kindOf(issue.input)}`
    case 'invalid_value': {
      const [first, ...more] = issue.values.map((value) => JSON.stringify(value))
      if (more.length === 0) return `Invalid input: expected ${first}`
      return `Invalid option: expected one of ${[first, ...more].join('|')}`
    }
    case 'too_big':
      return `Too big: expected ${issue.origin} ${toBound(issue, '<', issue.maximum)}`
    case 'too_small':
      return `Too small: expected ${issue.origin} ${toBound(issue, '>', issue.minimum)}`
    case 'invalid_format':
      return issue.format === 'starts_with'
        ? `Invalid string: must start with "${String(issue['prefix'])}"`
        : `Invalid ${issue.format}`
    default:
      return 'Invalid input'
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isNaN(value) ? 'NaN' : typeof value
}

const UNITS: Readonly<Record<string, string>> = { string: 'characters', array: 'items' }

function toBound(
  { origin, inclusive }: { readonly origin: string; readonly inclusive?: boolean | undefined },
  sign: '<' | '>',
  limit: number | bigint,
): string {
  const bound = `${sign}${inclusive === false ? '' : '='}${limit}`
  const unit = UNITS[origin]
  return unit === undefined ? `to be ${bound}` : `to have ${bound} ${unit}`
}
