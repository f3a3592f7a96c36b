import { invalidRequest, ProblemError } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import type { EndpointSchema } from '../schema/endpoint-schema.ts'
import type { EndpointTable } from '../schema/endpoint-table.ts'
import { readOpenApi } from '../schema/read-openapi.ts'
import { createAllowed } from './catalogue.ts'
import type { CustomModel } from './custom-models.ts'
import { isEndpointId, keysOfIds } from './endpoint-ids.ts'
import { toKey } from './name-keys.ts'
import { nearNames } from './near-names.ts'

/** What a catalogue needs to know of any medium's model. */
export interface NamedModel {
  readonly names: readonly [string, ...string[]]
  readonly owner: string
  readonly successors?: readonly string[]
}

/** How a medium's models are found and made. */
export interface ModelKind<Model extends NamedModel> {
  /** The curated ones, in the order in which they are listed. */
  readonly families: readonly Model[]
  /** Serves when a request names none. */
  readonly defaultModel: string
  /** What its models do, for messages: `make sound`. */
  readonly what: string
  /** The endpoints of fal's client that are of this medium. */
  readonly table: EndpointTable
  /** The ids of a model's endpoints, its main one first. */
  endpointsOf(model: Model): readonly [string, ...string[]]
  /** undefined: the endpoint does something else. */
  infer(schema: EndpointSchema): Model | undefined
  /** The model under the owner's name, with the owner's fields. */
  withSettings(model: Model, custom: CustomModel): Model
  /** The model with what the table says of its endpoints' further fields. */
  withChecks(model: Model): Model
}

/** What a caller may use of a medium. */
export interface MediumCatalogue<Model extends NamedModel> {
  readonly models: readonly Model[]
  /** Those, and one for every other endpoint of the table; made anew by every call. */
  all(): readonly Model[]
  /**
   * The model behind a name in any spelling, or an endpoint's id; undefined means the default model.
   *
   * @param schemaOf fal's description of an endpoint
   * @throws ProblemError `model_not_found` with names that are near; `invalid_request` for a model of another
   *   medium
   */
  resolve(
    name: string | undefined,
    schemaOf: (endpoint: string) => Promise<unknown>,
  ): Promise<Model>
  /** The models that serve when this one has ended. */
  successorsOf(model: Model): readonly Model[]
  /** The model behind a name, without asking fal; undefined: none, or none of this medium. */
  find(name: string): Model | undefined
}

/** What the owner and the caller's key say of the models. */
export interface ModelLimits {
  readonly customs: readonly CustomModel[]
  /** Globs over names and endpoint ids, all of which must fit; undefined: all. */
  readonly allowed: readonly (readonly string[] | undefined)[]
  /** Whether a name means a model of another medium. */
  readonly isOther: (name: string) => boolean
}

/** The models of one medium that a caller may use. */
export function createMediumCatalogue<Model extends NamedModel>(
  kind: ModelKind<Model>,
  { customs, allowed, isOther }: ModelLimits,
): MediumCatalogue<Model> {
  const globs = allowed.map((list) => createAllowed(list))
  const isAllowed = (model: Model, name = ''): boolean =>
    globs.every((fits) => fits([name, ...model.names, ...kind.endpointsOf(model)]))
  const curated = indexOf(kind)
  const tabled = createTabled(kind)
  const builtIn = (name: string) => curated.get(toKey(name)) ?? tabled(name)
  const owned = new Map(customs.map((one) => [toKey(one.name), one]))
  const asOwned = (model: Model, name: string): Model => {
    const custom = owned.get(toKey(name))
    return custom === undefined ? model : kind.withSettings(model, custom)
  }
  const find = (name: string): Model | undefined => {
    const base = builtIn(owned.get(toKey(name))?.endpoint ?? name)
    const model = base && asOwned(base, name)
    return model !== undefined && isAllowed(model, name) ? model : undefined
  }
  /** undefined: the name is no endpoint's, or the endpoint is a model that may not be used. */
  const endpointBehind = (name: string): string | undefined => {
    const id = owned.get(toKey(name))?.endpoint ?? name
    return builtIn(id) !== undefined || !isEndpointId(id) ? undefined : id
  }
  const families = kind.families.flatMap(({ names: [name] }) => find(name) ?? [])
  const own = customs.flatMap(({ name }) => (curated.has(toKey(name)) ? [] : (find(name) ?? [])))
  const models = [...families, ...own]
  const listed = models.map(({ names: [name] }) => name)
  const notFound = (name: string): ProblemError =>
    new ProblemError({ kind: 'model_not_found', model: name, near: nearNames(name, listed) })
  const wrongMedium = (name: string): ProblemError => otherMedium(name, kind.what, listed)
  return {
    models,
    all() {
      const taken = new Set(models.map((model) => kind.endpointsOf(model)[0]))
      const others = kind.table.ids.filter((id) => !taken.has(id))
      return [...models, ...others.flatMap((id) => find(id) ?? [])]
    },
    find,
    successorsOf: ({ successors = [] }) =>
      successors.flatMap((name) => find(name) ?? []).map((model) => kind.withChecks(model)),
    async resolve(given, schemaOf) {
      const name = given?.trim() || kind.defaultModel
      const known = find(name)
      if (known !== undefined) return kind.withChecks(known)
      if (isOther(name)) throw wrongMedium(name)
      const id = endpointBehind(name)
      if (id === undefined) throw notFound(name)
      const schema = readOpenApi(id, await schemaOf(id))
      if (schema === undefined) throw notFound(name)
      const inferred = kind.infer(schema)
      if (inferred === undefined) throw wrongMedium(name)
      const model = asOwned(inferred, name)
      if (!isAllowed(model, name)) throw notFound(name)
      return model
    },
  }
}

function otherMedium(name: string, what: string, listed: readonly string[]): ProblemError {
  return invalidRequest(
    'model',
    `The model '${name}' does not ${what}. Models that do: ${listed.slice(0, 5).join(', ')}.`,
  )
}

/** The endpoints of the table as models: by their ids in any spelling, or without their owner. */
function createTabled<Model extends NamedModel>(kind: ModelKind<Model>) {
  const { table } = kind
  const byKey = once(() => keysOfIds(table.ids))
  return (name: string): Model | undefined => {
    const schema = table.schemaOf(byKey().get(toKey(name)) ?? '')
    return schema && kind.infer(schema)
  }
}

/** By endpoint and by name; an endpoint that is not a model's main one is a model of its own. */
function indexOf<Model extends NamedModel>(kind: ModelKind<Model>): ReadonlyMap<string, Model> {
  const { families } = kind
  const further = families.flatMap((model) =>
    kind
      .endpointsOf(model)
      .slice(1)
      .map((id): [string, Model] => [id, kind.withSettings(model, { name: id, endpoint: id })]),
  )
  const main = families.map((model): [string, Model] => [kind.endpointsOf(model)[0], model])
  const named = families.flatMap((model) =>
    model.names.map((name): [string, Model] => [name, model]),
  )
  return new Map([...further, ...main, ...named].map(([name, model]) => [toKey(name), model]))
}
