import * as z from 'zod/mini'

import type { ImageFormat } from '../../job/image/image-job.ts'
import { invalidRequest } from '../../job/problem.ts'
import { readWith } from '../read-with.ts'

const frames = 'expected an integer from 2 to 16'
const milliseconds = 'expected a positive integer'

const newestFields = z.object({
  complexity: z.nullish(z.enum(['low', 'medium', 'high'])),
  frame_count: z.nullish(z.int().check(z.minimum(2, frames), z.maximum(16, frames))),
  frame_duration_ms: z.nullish(z.int().check(z.positive(milliseconds))),
  svg: z.nullish(z.looseObject({ model: z.nullish(z.string()) })),
})

/** Which format each of them belongs to, as at OpenAI. */
const BELONGS: readonly (readonly [keyof z.infer<typeof newestFields>, ImageFormat])[] = [
  ['frame_count', 'gif'],
  ['frame_duration_ms', 'gif'],
  ['svg', 'svg'],
]

const NAMES = /^(?:complexity|frame_count|frame_duration_ms|markup|svg(?:\[.*)?)$/

/** What endpoints call planning, and what its steps are there: off when nothing is said. */
const THINKING = { low: 'minimal', medium: 'minimal', high: 'high' } as const

/**
 * OpenAI's newest fields, in fal's words where an endpoint may have some; where it has none, the endpoint's
 * interpreter says so.
 *
 * @returns fields to pass on
 * @throws ProblemError `invalid_request` for what belongs to another format, and for `markup`, which nobody here
 *   can lay over a picture
 */
export function readNewestFields(
  body: Readonly<Record<string, unknown>>,
  format: ImageFormat | undefined,
): Readonly<Record<string, unknown>> {
  // A schema that is asked in vain at each request is felt.
  if (!Object.keys(body).some((name) => NAMES.test(name))) return {}
  const given = readWith(newestFields, withForms(body))
  for (const [field, itsFormat] of BELONGS) {
    if ((given[field] ?? undefined) !== undefined && format !== itsFormat) {
      throw invalidRequest(field, `'${field}' needs output_format '${itsFormat}'.`)
    }
  }
  if ((body['markup'] ?? undefined) !== undefined) throw invalidRequest('markup', NO_MARKUP)
  return {
    ...(given.complexity && { thinking_level: THINKING[given.complexity] }),
    ...(given.svg && { svg: given.svg }),
  }
}

const NO_MARKUP =
  "'markup' is not supported here: send the picture with the marks drawn into it, or a 'mask' of what may change."

/** A form says `svg[model]` where JSON has an object. */
function withForms(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const model = body['svg[model]']
  const isNested = Object.keys(body).some((name) => name.startsWith('svg['))
  return isNested ? { ...body, svg: { model } } : body
}

const identifiers = z.object({
  safety_identifier: z.nullish(z.string()),
  user: z.catch(z.nullish(z.string()), undefined),
})

/** Whom a request is for, as answers tell it back: `safety_identifier`, else the older `user`; undefined: not said. */
export function readSafetyIdentifier(body: Readonly<Record<string, unknown>>): string | undefined {
  if (body['safety_identifier'] === undefined && body['user'] === undefined) return undefined
  const { safety_identifier: newer, user: older } = readWith(identifiers, body)
  return [newer, older].find((one) => typeof one === 'string' && one !== '') ?? undefined
}
