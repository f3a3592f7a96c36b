import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'

import { isJsonObject, type JsonObject } from '../json.ts'
import type { Endpoint } from './endpoints.ts'
import { listedValues, REFERENCE, resolveSchema, type JsonSchema } from './json-schema.ts'
import { checkSize } from './size-limits.ts'

/** One entry of fal's `detail`. */
export interface ErrorDetail {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
  readonly url: string
  readonly ctx?: JsonObject
  readonly input?: unknown
}

interface Complaint {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
  readonly ctx?: JsonObject
  readonly input?: unknown
}

/** fal's own types have a page of fal's; the rest come from pydantic with pydantic's link. */
const FAL_TYPES =
  /^(one_of|greater_than|greater_than_equal|less_than|less_than_equal|multiple_of|sequence_too_|image_|file_)/

function toDetail(complaint: Complaint): ErrorDetail {
  const url = FAL_TYPES.test(complaint.type)
    ? `https://docs.fal.ai/errors/#${complaint.type}`
    : `https://errors.pydantic.dev/2.11/v/${complaint.type}`
  const { loc, msg, type, ctx, input } = complaint
  return { loc: ['body', ...loc], msg, type, url, ...(ctx && { ctx }), input }
}

function toLocation(pointer: string): (string | number)[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

function listWords(values: readonly (string | number)[]): string {
  const words = values.map((value) => (typeof value === 'string' ? `'${value}'` : `${value}`))
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

const TYPE_MESSAGES: Readonly<Record<string, readonly [string, string]>> = {
  string: ['string_type', 'Input should be a valid string'],
  number: ['float_type', 'Input should be a valid number'],
  integer: ['int_type', 'Input should be a valid integer'],
  boolean: ['bool_type', 'Input should be a valid boolean'],
  array: ['list_type', 'Input should be a valid list'],
  object: ['model_type', 'Input should be a valid dictionary'],
}

interface Finding {
  readonly loc: readonly (string | number)[]
  readonly input: unknown
  readonly limit: number
  readonly schema: JsonSchema
}

const toComplaint = (
  { loc, input }: Finding,
  type: string,
  msg: string,
  ctx?: JsonObject,
): Complaint => ({ loc, input, type, msg, ...(ctx && { ctx }) })

function complainAboutChoice(finding: Finding): Complaint {
  const expected = listedValues(finding.schema)
  return toComplaint(finding, 'one_of', `Input should be ${listWords(expected)}`, { expected })
}

const COMPLAINTS: Readonly<Record<string, (finding: Finding) => Complaint>> = {
  type: (finding) => {
    const [type, message] = TYPE_MESSAGES[finding.schema.type ?? ''] ?? ['type_error', 'Wrong type']
    return toComplaint(finding, type, message)
  },
  enum: complainAboutChoice,
  anyOf: complainAboutChoice,
  minimum: (finding) =>
    toComplaint(
      finding,
      'greater_than_equal',
      `Input should be greater than or equal to ${finding.limit}`,
      { ge: finding.limit },
    ),
  exclusiveMinimum: (finding) =>
    toComplaint(finding, 'greater_than', `Input should be greater than ${finding.limit}`, {
      gt: finding.limit,
    }),
  maximum: (finding) =>
    toComplaint(
      finding,
      'less_than_equal',
      `Input should be less than or equal to ${finding.limit}`,
      { le: finding.limit },
    ),
  minLength: (finding) =>
    toComplaint(
      finding,
      'sequence_too_short',
      `String should have at least ${finding.limit} characters`,
      { min_length: finding.limit },
    ),
  maxLength: (finding) =>
    toComplaint(
      finding,
      'sequence_too_long',
      `String should have at most ${finding.limit} characters`,
      { max_length: finding.limit },
    ),
  minItems: (finding) =>
    toComplaint(finding, 'sequence_too_short', `List should have at least ${finding.limit} items`, {
      min_length: finding.limit,
    }),
  maxItems: (finding) =>
    toComplaint(finding, 'sequence_too_long', `List should have at most ${finding.limit} items`, {
      max_length: finding.limit,
    }),
}

function isSchema(value: unknown): value is JsonSchema {
  return isJsonObject(value)
}

function fromAjv(error: ErrorObject): Complaint {
  const loc = toLocation(error.instancePath)
  const params: unknown = error.params
  const { missingProperty, limit } = isJsonObject(params) ? params : {}
  if (error.keyword === 'required' && typeof missingProperty === 'string') {
    const place = [...loc, missingProperty]
    return { loc: place, msg: 'Field required', type: 'missing', input: error.data }
  }
  const finding: Finding = {
    loc,
    input: error.data,
    limit: typeof limit === 'number' ? limit : 0,
    schema: isSchema(error.parentSchema) ? error.parentSchema : {},
  }
  return (COMPLAINTS[error.keyword] ?? COMPLAINTS['type'] ?? complainAboutChoice)(finding)
}

/** Inside an `anyOf` ajv names every branch; fal's client sees the branch that was meant, or the choice. */
function isNoise(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  // A value of the wrong type is not among the listed ones either; pydantic says only the latter.
  const listed = (other: ErrorObject): boolean =>
    other.keyword === 'enum' && other.parentSchema === error.parentSchema
  const same = ({ instancePath }: ErrorObject): boolean => instancePath === error.instancePath
  if (error.keyword === 'type' && errors.some((other) => listed(other) && same(other))) return true
  const union = errors.find(
    (other) => other.keyword === 'anyOf' && error.instancePath.startsWith(other.instancePath),
  )
  if (!union) return false
  if (!isJsonObject(union.data)) return error !== union
  return error === union
    ? errors.some((other) => other.instancePath.startsWith(`${union.instancePath}/`))
    : error.instancePath === union.instancePath
}

function checkPixels(endpoint: Endpoint, input: JsonObject): readonly Complaint[] {
  const size = input['image_size']
  if (!isJsonObject(size) || !endpoint.input.properties?.['image_size']) return []
  const width = size['width'] ?? 512
  const height = size['height'] ?? 512
  if (typeof width !== 'number' || typeof height !== 'number') return []
  const problem = checkSize(endpoint.id, { width, height })
  if (!problem) return []
  const { location, message, type, context } = problem
  const value = location[0] === undefined ? size : size[location[0]]
  const loc = ['image_size', ...location]
  return [{ loc, msg: message, type, input: value, ...(context && { ctx: context }) }]
}

/** pydantic takes null for an optional field that has no default of its own. */
function dropNulls(endpoint: Endpoint, input: JsonObject): JsonObject {
  const properties = endpoint.input.properties ?? {}
  const isAbsent = ([name, value]: readonly [string, unknown]) =>
    value === null && properties[name]?.default === undefined
  return Object.fromEntries(Object.entries(input).filter((entry) => !isAbsent(entry)))
}

export type InputValidator = (endpoint: Endpoint, input: JsonObject) => readonly ErrorDetail[]

// One for all pretend fals of a process, which share their endpoints as well: compiling is dear.
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  verbose: true,
  validateFormats: false,
  // The schemas are ours, and most are used a few times only.
  validateSchema: false,
  code: { optimize: false },
})
const compiled = new WeakMap<Endpoint, ValidateFunction>()

function compile(endpoint: Endpoint): ValidateFunction {
  const { components, inputName } = endpoint
  const schema = { $ref: `${REFERENCE}${inputName}`, components: { schemas: components } }
  const validate = compiled.get(endpoint) ?? ajv.compile(schema)
  compiled.set(endpoint, validate)
  return validate
}

/** Checks a model's input as its runner does; fields that the schema does not know are ignored. */
export function createInputValidator(): InputValidator {
  return (endpoint, input) => {
    const validate = compile(endpoint)
    validate(dropNulls(endpoint, input))
    const errors = validate.errors ?? []
    const complaints = errors.filter((error) => !isNoise(error, errors)).map(fromAjv)
    const all = complaints.length > 0 ? complaints : checkPixels(endpoint, input)
    return all.map(toDetail)
  }
}

/** The input's field, or the schema's default for it. */
export function readField(endpoint: Endpoint, input: JsonObject, field: string): unknown {
  const property = endpoint.input.properties?.[field]
  if (!property) return undefined
  return input[field] ?? resolveSchema(property, endpoint.components).default
}
