import { isJsonObject, readJson } from '../../lib/json.ts'
import { endpointsOf, type EndpointSpec, type ModelSpec } from '../model-spec.ts'

/** A name of the owner's: another endpoint, fields that are always sent, or both. */
export interface CustomModel {
  readonly name: string
  /** undefined: the built-in model of this name. */
  readonly endpoint?: string
  readonly owner?: string
  /** fal's own fields, sent with every request unless the caller says otherwise. */
  readonly input?: Readonly<Record<string, unknown>>
}

/** A model under the owner's name, with the owner's fields. */
export function withSettings(model: ModelSpec, own: CustomModel): ModelSpec {
  const { name, owner = model.owner, input } = own
  const names: ModelSpec['names'] = own.endpoint === undefined ? model.names : [name]
  const { generate, edit, editMany, inpaint } = model
  const main = meantBy(own, model)
  const fill = (spec: EndpointSpec): EndpointSpec =>
    input === undefined ? spec : { ...spec, input: spec === main ? input : known(input, spec) }
  return {
    ...model,
    names,
    owner,
    ...(generate && { generate: fill(generate) }),
    ...(edit && { edit: fill(edit) }),
    ...(editMany && { editMany: fill(editMany) }),
    ...(inpaint && { inpaint: fill(inpaint) }),
  }
}

/** The endpoint that the owner wrote the fields for: the one named, or the model's main one. */
export function meantBy({ endpoint }: CustomModel, model: ModelSpec): EndpointSpec | undefined {
  const all = endpointsOf(model)
  return all.find(({ id }) => id === endpoint) ?? all[0]
}

/** The siblings of that endpoint get those fields that they know. */
function known(
  input: Readonly<Record<string, unknown>>,
  { fields }: EndpointSpec,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(input).filter(([field]) => fields.includes(field)))
}

type Reading =
  | { readonly models: readonly CustomModel[] }
  /** Where in the JSON, what is wrong there, and what is allowed. */
  | { readonly fault: string }

const KEYS = ['endpoint', 'input', 'owner']

/** Reads the variable `MODELS`; a fault points into the JSON. */
export function readModelSettings(text: string): Reading {
  const parsed = readJson(text)
  if ('fault' in parsed) return { fault: `it is not JSON: ${parsed.fault}` }
  const entries = toEntries(parsed.value)
  if (entries === undefined) return { fault: `expected an object of models, ${EXAMPLE}` }
  const read = entries.map(([name, value]) => readModel(name, value))
  const fault = read.find((one) => typeof one === 'string')
  return fault === undefined ? { models: read.filter((one) => typeof one !== 'string') } : { fault }
}

const EXAMPLE =
  'such as {"logo":{"endpoint":"fal-ai/recraft/v3/text-to-image","input":{"style":"vector_illustration"}}}'

function readModel(name: string, value: unknown): CustomModel | string {
  if (name.trim() === '') return 'a model has an empty name'
  const entries = toEntries(value)
  if (entries === undefined) return `at "${name}": expected an object with ${KEYS.join(', ')}`
  const strange = entries.find(([key]) => !KEYS.includes(key))
  if (strange !== undefined) {
    return `at "${name}.${strange[0]}": there is no such key; allowed are ${KEYS.join(', ')}`
  }
  return readKeys(name, Object.fromEntries(entries))
}

function readKeys(
  name: string,
  { endpoint, input, owner }: Record<string, unknown>,
): CustomModel | string {
  if (endpoint !== undefined && !isEndpoint(endpoint)) {
    return `at "${name}.endpoint": expected an endpoint's id, such as "fal-ai/flux/dev"`
  }
  if (owner !== undefined && typeof owner !== 'string') return `at "${name}.owner": expected text`
  const fields = input === undefined ? [] : toEntries(input)
  if (fields === undefined) {
    return `at "${name}.input": expected an object with fields of the endpoint`
  }
  if (endpoint === undefined && fields.length === 0) {
    return `at "${name}": expected endpoint, input, or both`
  }
  return {
    name,
    ...(endpoint !== undefined && { endpoint }),
    ...(owner !== undefined && { owner }),
    ...(fields.length > 0 && { input: Object.fromEntries(fields) }),
  }
}

function isEndpoint(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]+(?:\/[\w.-]+)+$/.test(value)
}

function toEntries(value: unknown): [string, unknown][] | undefined {
  return isJsonObject(value) ? Object.entries(value) : undefined
}
