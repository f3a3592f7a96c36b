import * as z from 'zod/mini'

import { UNLIMITED, type AccessKey } from '../job/caller.ts'
import { isJsonObject, readJson } from '../lib/json.ts'
import { once } from '../lib/once.ts'

type Reading =
  | { readonly keys: readonly AccessKey[] }
  /** Where in the JSON, what is wrong there, and what is allowed. */
  | { readonly fault: string }

/** Names stand in logs and headers. Eight hexadecimal digits are how a key without a name is called. */
const NAME = /^(?![\da-f]{8}$)[\w.-]{1,64}$/

const FIELDS =
  'expected an object with sha256 or key, and at will models, requests_per_minute, budget_usd'
const HASH = 'expected the SHA-256 of the key, 64 hexadecimal digits'
const KEY = 'expected a key: text without blanks'
const GLOBS = 'expected a list of globs, such as ["flux*"]'
const COUNT = 'expected a whole number above 0'
const AMOUNT = 'expected an amount of US dollars above 0'

const entry = once(() =>
  z
    .strictObject(
      {
        sha256: z.optional(z.string(HASH).check(z.regex(/^[\da-f]{64}$/i, HASH))),
        key: z.optional(z.string(KEY).check(z.regex(/^\S+$/, KEY))),
        models: z.optional(
          z.array(z.string(GLOBS).check(z.regex(/\S/, GLOBS)), GLOBS).check(z.minLength(1, GLOBS)),
        ),
        requests_per_minute: z.optional(z.int(COUNT).check(z.positive(COUNT))),
        budget_usd: z.optional(z.number(AMOUNT).check(z.positive(AMOUNT))),
      },
      FIELDS,
    )
    .check(z.refine(({ sha256, key }) => (sha256 === undefined) !== (key === undefined), FIELDS)),
)

const callers = once(() => z.looseObject({}))

/**
 * Reads the variable `ACCESS_KEYS`; a fault points into the JSON. No fault repeats what may be a key: not the
 * parser's words, which quote the text, nor a name that stands where a key may have been meant.
 *
 * @param taken names that `WORKER_ACCESS_KEY` gives
 */
export function readAccessKeys(text: string, taken: readonly string[]): Reading {
  const parsed = readJson(text)
  if ('fault' in parsed) return { fault: `it is not JSON${placeIn(parsed.fault)}` }
  const object = callers().safeParse(parsed.value)
  const entries = object.success ? Object.entries(object.data) : []
  if (entries.length === 0) return { fault: `expected an object of callers, ${EXAMPLE}` }
  const keys: AccessKey[] = []
  const seen = new Set<string>()
  for (const [at, [name, value]] of entries.entries()) {
    const place = isNamed(name, value) ? `"${name}` : `"caller ${at + 1}`
    const fault = (where: string, what: string): Reading => ({
      fault: `at ${place}${where}": ${what}`,
    })
    const read = entry().safeParse(value)
    if (!read.success) return fault(...toFault(read.error.issues[0]))
    if (!NAME.test(name)) {
      return fault('', 'a name has 1 to 64 of A-Z a-z 0-9 . _ - and is not 8 hexadecimal digits')
    }
    if (taken.includes(name)) return fault('', 'a key in WORKER_ACCESS_KEY has this name')
    const { sha256, key = '' } = read.data
    const secret = sha256 === undefined ? { key } : { sha256: sha256.toLowerCase() }
    const same = JSON.stringify(secret)
    if (seen.has(same)) return fault('', 'another caller has the same key')
    seen.add(same)
    keys.push({
      ...UNLIMITED,
      name,
      models: read.data.models,
      requestsPerMinute: read.data.requests_per_minute,
      budgetUsd: read.data.budget_usd,
      owner: false,
      secret,
    })
  }
  return { keys }
}

const EXAMPLE = 'such as {"alice":{"sha256":"<hex of the key\'s SHA-256>","models":["flux*"]}}'

/** Where the parser stopped. */
function placeIn(fault: string): string {
  return / at position \d+ \([^()]*\)$/.exec(fault)?.[0] ?? ''
}

/** Whether a name is one for certain: what stands under it is a caller. */
function isNamed(name: string, value: unknown): boolean {
  return NAME.test(name) && isJsonObject(value) && ('sha256' in value || 'key' in value)
}

function toFault(issue: z.core.$ZodIssue | undefined): [string, string] {
  if (issue?.code === 'unrecognized_keys') {
    const [strange = ''] = issue.keys
    return [/^[a-z_]{1,40}$/i.test(strange) ? `.${strange}` : '', `there is no such key; ${FIELDS}`]
  }
  const where = issue?.path.map((step) => `.${String(step)}`).join('') ?? ''
  return [where, issue?.message ?? FIELDS]
}
