import * as z from 'zod/mini'

import type { ImageFormat } from '../../job/image/image-job.ts'
import { invalidRequest } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { readWith } from '../read-with.ts'

/** They have been looked at. */
interface NewestFields {
  readonly output_format?: ImageFormat | undefined
  readonly complexity?: keyof typeof THINKING | undefined
  readonly frame_count?: number | undefined
  readonly frame_duration_ms?: number | undefined
  readonly svg?: object | undefined
}

/** Which format each of them belongs to, as at OpenAI. */
const BELONGS: readonly (readonly ['frame_count' | 'frame_duration_ms' | 'svg', ImageFormat])[] = [
  ['frame_count', 'gif'],
  ['frame_duration_ms', 'gif'],
  ['svg', 'svg'],
]

/** What endpoints call planning, and what its steps are there: off when nothing is said. */
const THINKING = { low: 'minimal', medium: 'minimal', high: 'high' } as const

/**
 * OpenAI's newest fields, in fal's words where an endpoint may have some; where it has none, the endpoint's
 * interpreter says so.
 *
 * @param body the same as it was sent: a form says `svg[model]` where JSON has an object
 * @returns fields to pass on
 * @throws ProblemError `invalid_request` for what belongs to another format, and for `markup`, which nobody here
 *   can lay over a picture
 */
export function readNewestFields(
  { output_format: format, complexity, ...options }: NewestFields,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { svg = ofForm(body) } = options
  const given = { ...options, svg }
  for (const [field, itsFormat] of BELONGS) {
    // Without a format the model's own is meant, and what it does not know is told in `x-adjusted`.
    if (given[field] !== undefined && format !== undefined && format !== itsFormat) {
      throw invalidRequest(field, `'${field}' needs output_format '${itsFormat}'.`)
    }
  }
  if ((body['markup'] ?? undefined) !== undefined) throw invalidRequest('markup', NO_MARKUP)
  return {
    ...(complexity && { complexity, thinking_level: THINKING[complexity] }),
    ...(given.frame_count && { frame_count: given.frame_count }),
    ...(given.frame_duration_ms && { frame_duration_ms: given.frame_duration_ms }),
    ...(svg && { svg }),
  }
}

function ofForm(body: Readonly<Record<string, unknown>>): object | undefined {
  const isNested = Object.keys(body).some((name) => name.startsWith('svg['))
  return isNested ? { model: body['svg[model]'] } : undefined
}

const NO_MARKUP =
  "'markup' is not supported here: send the picture with the marks drawn into it, or a 'mask' of what may change."

const identifiers = once(() =>
  z.object({
    safety_identifier: z.catch(z.nullish(z.string()), undefined),
    user: z.catch(z.nullish(z.string()), undefined),
  }),
)

/** Whom a request is for, as answers tell it back: `safety_identifier`, else the older `user`; undefined: not said. */
export function readSafetyIdentifier(body: Readonly<Record<string, unknown>>): string | undefined {
  if (body['safety_identifier'] === undefined && body['user'] === undefined) return undefined
  const { safety_identifier: newer, user: older } = readWith(identifiers(), body)
  return [newer, older].find((one) => typeof one === 'string' && one !== '') ?? undefined
}
