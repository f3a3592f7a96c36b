import { invalidRequest, ProblemError } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { gptImage2 } from '../images/families/gpt-image.ts'
import { FAMILIES } from '../images/families/index.ts'
import { endpointsOf, type ModelSpec } from '../model-spec.ts'
import { faultOfInput } from './custom-input.ts'
import { meantBy, withSettings, type CustomModel } from './custom-models.ts'
import { isEndpointId, keysOfIds } from './endpoint-ids.ts'
import { createEndpointModels, type EndpointModels } from './endpoint-models.ts'
import { toKey, toPattern } from './name-keys.ts'
import { nearNames } from './near-names.ts'

export { toKey } from './name-keys.ts'

/** Which models there are, and which one a name means. */
export interface Catalogue {
  /** The curated models, and the owner's own. */
  readonly models: readonly ModelSpec[]
  /** The name of the model that serves when a request names none. */
  readonly defaultModel: string
  /** Those, and one for every other image endpoint of fal's client; made anew by every call. */
  all(): readonly ModelSpec[]
  /**
   * The model behind a name in any spelling, an endpoint id, or an OpenAI name that clients hard-code;
   * undefined means the default model.
   *
   * @throws ProblemError `model_not_found` with names that are near
   */
  resolve(name: string | undefined): ModelSpec
  /** What `resolve` answers; undefined: it would throw. */
  known(name: string | undefined): ModelSpec | undefined
  /** The models that serve when this one has ended; `ALLOWED_MODELS` does not hold for them. */
  successorsOf(model: ModelSpec): readonly ModelSpec[]
  /**
   * The id of an endpoint that `resolve` does not know, but fal may: its schema has to be fetched, and
   * `resolveWith` makes a model of it. undefined: nothing needs to be fetched.
   */
  unknownEndpoint(name: string | undefined): string | undefined
  /**
   * What `resolve` would answer, knew it the endpoint.
   *
   * @param document fal's OpenAPI of the endpoint that `unknownEndpoint` named
   * @throws ProblemError `invalid_request` when the endpoint makes no images
   */
  resolveWith(name: string, document: unknown): ModelSpec
}

/** What the owner may say of the catalogue. */
export interface CatalogueSettings {
  /** Serves when a request names no model. */
  readonly defaultModel: string
  /** `MODELS`, see `readModelSettings`. */
  readonly models?: readonly CustomModel[]
  /** `ALLOWED_MODELS`: globs over names and endpoint ids; undefined: all. */
  readonly allowed?: readonly string[]
}

/** Serves when a request names no model and the owner has chosen none. */
export const USUAL_MODEL = 'imagen4-preview'

/**
 * Names that mean the default model: clients have them in their code, and OpenAI retired both on
 * 2026-05-12.
 */
const DEFAULT_MODEL_NAMES = /^dalle[23]$/

/** OpenAI's newer image models; those without a spec of their own go to the newest that fal has. */
const OPENAI_IMAGE_NAMES = /^(?:chat)?gptimage/

/**
 * @param given the settings, or only the name of the default model
 * @throws ProblemError `not_configured` when the default model that the owner chose is none, or is not allowed;
 *   when the owner's models name no model, or fields that their endpoints do not take
 */
export function createCatalogue(given: string | CatalogueSettings): Catalogue {
  const settings = typeof given === 'string' ? { defaultModel: given } : given
  const endpoints = createEndpointModels(FAMILIES)
  const index = createIndex(settings, endpoints)
  const isAllowed = createAllowed(settings.allowed)
  const models = index.models.filter((model) => isAllowed(namesOf(model)))
  // A slip of a name is meant for a model that makes images, not for an upscaler.
  const makers = models.filter(({ generate }) => generate !== undefined)
  const listed = makers.map(({ names: [name] }) => name)
  const find = (name: string): ModelSpec | undefined => {
    const model = index.find(name)
    return model !== undefined && isAllowed([name, ...namesOf(model)]) ? model : undefined
  }
  const chosen = find(settings.defaultModel)
  if (chosen === undefined && settings.defaultModel !== USUAL_MODEL) {
    throw notConfigured(settings.defaultModel, listed, index.find(settings.defaultModel))
  }
  // An owner who allows sounds alone has no model for pictures to choose.
  const usual = chosen ?? makers[0]
  const look = (name: string | undefined): ModelSpec | undefined => {
    if (name === undefined || name.trim() === '') return usual
    return find(name) ?? (meansDefault(name) ? usual : undefined)
  }
  const unknownEndpoint = (name: string | undefined): string | undefined => {
    if (name === undefined || look(name) !== undefined) return undefined
    const id = index.ownOf(name)?.endpoint ?? name.trim()
    return isEndpointId(id) && index.find(id) === undefined && isAllowed([name, id])
      ? id
      : undefined
  }
  return {
    models,
    defaultModel: chosen === undefined ? (listed[0] ?? USUAL_MODEL) : settings.defaultModel,
    known: look,
    all: () => [...models, ...others(models, endpoints).filter((one) => isAllowed(one.names))],
    resolve(name) {
      const model = look(name)
      if (model !== undefined) return model
      if (name === undefined || name.trim() === '') throw noDefault()
      throw new ProblemError({
        kind: 'model_not_found',
        model: name,
        near: nearNames(name, listed),
      })
    },
    successorsOf: ({ successors = [] }) => successors.flatMap((name) => index.find(name) ?? []),
    unknownEndpoint,
    resolveWith(name, document) {
      const id = unknownEndpoint(name)
      if (id === undefined) throw invalidRequest('model', `'${name}' is no endpoint of fal's.`)
      const model = endpoints.modelOfDocument(id, document)
      const own = index.ownOf(name)
      return own === undefined ? model : withSettings(model, own)
    },
  }
}

interface Index {
  readonly models: readonly ModelSpec[]
  find(name: string): ModelSpec | undefined
  ownOf(name: string): CustomModel | undefined
}

function createIndex({ models: own = [] }: CatalogueSettings, endpoints: EndpointModels): Index {
  const byName = new Map<string, ModelSpec>()
  for (const model of FAMILIES) {
    const [main] = endpointsOf(model)
    for (const name of [...model.names, main?.id ?? '']) byName.set(toKey(name), model)
  }
  const owned = new Map(own.map((one) => [toKey(one.name), one]))
  const ids = once(() => keysOfIds(endpoints.ids()))
  const findKnown = (name: string): ModelSpec | undefined => {
    const key = toKey(name)
    const model = byName.get(key) ?? (OPENAI_IMAGE_NAMES.test(key) ? gptImage2 : undefined)
    if (model !== undefined) return endpoints.withChecks(model)
    return endpoints.modelOf(ids().get(key) ?? name.trim())
  }
  const find = (name: string): ModelSpec | undefined => {
    const one = owned.get(toKey(name))
    const base = findKnown(one?.endpoint ?? name)
    return one === undefined || base === undefined ? base : withSettings(base, one)
  }
  for (const one of own) checkOwn(one, findKnown(one.endpoint ?? one.name), endpoints)
  const changed = FAMILIES.map((model) => {
    const one = model.names.map((name) => owned.get(toKey(name))).find(Boolean)
    return (one && find(one.name)) ?? model
  })
  const isNew = ({ name }: CustomModel): boolean => !byName.has(toKey(name))
  return {
    models: [...changed, ...own.filter(isNew).flatMap(({ name }) => find(name) ?? [])],
    find,
    ownOf: (name) => owned.get(toKey(name)),
  }
}

/** An endpoint that only fal knows cannot be checked before it is asked for. */
function checkOwn(own: CustomModel, model: ModelSpec | undefined, endpoints: EndpointModels): void {
  const main = model && meantBy(own, model)
  if (main === undefined) {
    if (own.endpoint !== undefined) return
    throw wrongModels(`at "${own.name}": there is no model of this name; say its endpoint`)
  }
  const schema = own.input && endpoints.schemaOf(main.id)
  const fault = schema && faultOfInput(own, { ...schema, further: main.fields })
  if (fault !== undefined) throw wrongModels(fault)
}

function wrongModels(fault: string): ProblemError {
  const message = `This gateway is not configured: its variable MODELS is wrong (${fault}).`
  return new ProblemError({ kind: 'not_configured', message })
}

/** A model for every endpoint that is not the main one of a model already. */
function others(models: readonly ModelSpec[], endpoints: EndpointModels): ModelSpec[] {
  const taken = new Set(models.map((model) => endpointsOf(model)[0]?.id))
  return endpoints
    .ids()
    .filter((id) => !taken.has(id))
    .flatMap((id) => endpoints.modelOf(id) ?? [])
}

function namesOf(model: ModelSpec): readonly string[] {
  const [main] = endpointsOf(model)
  return main === undefined ? model.names : [...model.names, main.id]
}

/** Whether a request that names its model so leaves the choice to the owner. */
export function meansDefault(name = ''): boolean {
  return name.trim() === '' || DEFAULT_MODEL_NAMES.test(toKey(name))
}

/** Whether one of several names fits one of the globs. */
export function createAllowed(
  globs: readonly string[] = ['*'],
): (names: readonly string[]) => boolean {
  if (globs.includes('*')) return () => true
  const patterns = globs.map(toPattern)
  return (names) => names.some((name) => patterns.some((fits) => fits(name)))
}

/** For a request that names no model where none makes images. */
export function noDefault(): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message:
      "Missing required parameter: 'model'. No model that makes pictures is allowed here to serve without a name; GET /v1/models lists what there is.",
    param: 'model',
    mistake: 'missing',
  })
}

function notConfigured(
  name: string,
  listed: readonly string[],
  known: ModelSpec | undefined,
): ProblemError {
  if (known !== undefined) {
    const message = 'DEFAULT_MODEL is not among the models that ALLOWED_MODELS allows.'
    return new ProblemError({ kind: 'not_configured', message })
  }
  const near = nearNames(name, listed)
  const hint = near.length === 0 ? '' : ` Near it: ${near.join(', ')}.`
  const message = `DEFAULT_MODEL names no model that this gateway knows.${hint}`
  return new ProblemError({ kind: 'not_configured', message })
}
