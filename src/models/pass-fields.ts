import { invalidRequest } from '../job/problem.ts'
import type { EndpointSpec, FieldCheck } from './model-spec.ts'

/** Fields in fal's own words, and what had to be changed about them. */
export interface PassedFields {
  readonly fields: Readonly<Record<string, unknown>>
  readonly adjusted: readonly string[]
}

/** Set by us from the job, whatever else the caller sent under these names. */
const OURS = new Set([
  'prompt',
  'num_images',
  'image_size',
  'aspect_ratio',
  'resolution',
  // Words of OpenAI's, which a few endpoints have for something else.
  'model',
  'size',
  'quality',
  'output_format',
])

/** Whether a field of fal's may be sent as it is. */
export function isPassed(name: string): boolean {
  return !OURS.has(name)
}

/**
 * The fields that the caller sent on purpose and that the endpoint knows. A number out of range is moved
 * into it; a value that the endpoint does not list is left out, because fal would refuse the whole job.
 */
export function passFields(
  job: { readonly extra: Readonly<Record<string, unknown>> },
  endpoint: Pick<EndpointSpec, 'fields' | 'checks'>,
  mayPass: (name: string) => boolean = isPassed,
): PassedFields {
  const fields: Record<string, unknown> = {}
  const adjusted: string[] = []
  for (const name of endpoint.fields) {
    const value = job.extra[name] ?? undefined
    if (value === undefined || !mayPass(name)) continue
    const legal = fit(value, endpoint.checks?.[name])
    if (legal !== undefined) fields[name] = legal
    if (isSame(legal, value)) continue
    // A caller's own text is not repeated in a header, but for a number's.
    adjusted.push(
      typeof legal === 'number' ? `${name}=${Number(value)}->${legal}` : `${name}->not-supported`,
    )
  }
  return { fields, adjusted }
}

/** Also a number that came as text, or the other way round, and what is listed in the other case. */
function isSame(legal: unknown, value: unknown): boolean {
  if (typeof legal === 'number' && legal === Number(value)) return true
  return typeof legal === 'string' ? legal.toLowerCase() === toPlain(value) : legal === value
}

/**
 * @throws ProblemError `invalid_request` when a field is missing that the endpoint must have and that no
 *   word of OpenAI's says
 */
export function checkRequired(
  input: Readonly<Record<string, unknown>>,
  endpoint: Pick<EndpointSpec, 'id' | 'required' | 'checks'>,
): void {
  const { id, required = [] } = endpoint
  const missing = required.find((name) => input[name] === undefined)
  if (missing === undefined) return
  const values = endpoint.checks?.[missing]?.values ?? []
  const choice =
    values.length === 0 ? '' : ` It is one of: ${values.slice(0, MOST_NAMED).join(', ')}.`
  throw invalidRequest(missing, `${id} needs '${missing}' in the request.${choice}`)
}

/** Names in a message: enough to see what is meant. */
const MOST_NAMED = 30

/** The value as the field takes it; undefined: not at all. */
function fit(value: unknown, check: FieldCheck | undefined): unknown {
  if (check === undefined || check.type === 'any') return value
  const { type, values } = check
  if (values !== undefined) return findValue(values, value)
  switch (type) {
    case 'number':
    case 'integer':
      return fitNumber(value, check)
    case 'string':
      return fitText(value)
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'array':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? value
        : undefined
    case 'object':
      return typeof value === 'object' && !Array.isArray(value) ? value : undefined
  }
}

/** A form cannot say that `2024` is a word. */
function fitText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : undefined
}

/** `1K` is `1k` where that is listed; a number may come as text, as forms send it, and the other way round. */
function findValue(values: readonly (string | number)[], value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  const plain = toPlain(value)
  return (
    values.find((one) => one === value) ??
    values.find((one) => String(one) === text) ??
    values.find((one) => String(one).toLowerCase() === plain)
  )
}

function toPlain(value: unknown): string {
  return String(value).toLowerCase()
}

function fitNumber(sent: unknown, { type, min, max }: FieldCheck): number | undefined {
  const value =
    typeof sent === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(sent) ? Number(sent) : sent
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const whole = type === 'integer' ? Math.round(value) : value
  return Math.min(Math.max(whole, min ?? -Infinity), max ?? Infinity)
}
