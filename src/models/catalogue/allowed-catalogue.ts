import { ProblemError } from '../../job/problem.ts'
import { onceForEach } from '../../lib/once-for-each.ts'
import { endpointsOf, type ModelSpec } from '../model-spec.ts'
import { createAllowed, meansDefault, noDefault, type Catalogue } from './catalogue.ts'
import { stemOf } from './endpoint-models.ts'
import { nearNames } from './near-names.ts'

/** The parts of a catalogue that callers may use, each made once: the settings name a few. */
export function createAllowedCatalogues(
  all: Catalogue,
): (globs: readonly string[] | undefined) => Catalogue {
  const allow = onceForEach((globs: readonly string[]) => allowedCatalogue(all, globs))
  return (globs) => (globs === undefined ? all : allow(globs))
}

/**
 * The part of a catalogue that one caller may use; the rest does not exist for that caller.
 *
 * A model belongs to it as by `ALLOWED_MODELS`, and what really runs has to as well: an endpoint is left when
 * a glob fits its id, or a name of the model whose endpoint it is. So `imagen4*` does not edit with another
 * maker's model, and a successor serves only those who may use it.
 *
 * @param globs over names and endpoint ids
 */
function allowedCatalogue(base: Catalogue, globs: readonly string[]): Catalogue {
  const fits = createAllowed(globs)
  const narrow = createNarrow(fits, base.models)
  const models = base.models.flatMap((model) => narrow(model) ?? [])
  const makers = models.filter(({ generate }) => generate !== undefined)
  const listed = makers.map(({ names: [name] }) => name)
  const [first] = makers
  const notFound = (name: string): ProblemError =>
    new ProblemError({ kind: 'model_not_found', model: name, near: nearNames(name, listed) })
  const find = (name: string | undefined): ModelSpec | undefined => {
    const model = base.known(name)
    return model && narrow(model, name)
  }
  const usual = find(base.defaultModel)
  const unknownEndpoint: Catalogue['unknownEndpoint'] = (name = '') => {
    const id = base.unknownEndpoint(name)
    return id !== undefined && fits([name, id]) ? id : undefined
  }
  const known: Catalogue['known'] = (name) => find(name) ?? (meansDefault(name) ? first : undefined)
  return {
    models,
    known,
    defaultModel: usual === undefined ? (first?.names[0] ?? base.defaultModel) : base.defaultModel,
    all: () => base.all().flatMap((model) => narrow(model) ?? []),
    resolve(name) {
      const model = known(name)
      if (model !== undefined) return model
      throw name === undefined || name.trim() === '' ? noDefault() : notFound(name)
    },
    successorsOf: (model) => base.successorsOf(model).flatMap((one) => narrow(one) ?? []),
    unknownEndpoint,
    resolveWith(name, document) {
      if (unknownEndpoint(name) === undefined) throw notFound(name)
      const model = narrow(base.resolveWith(name, document), name)
      if (model === undefined) throw notFound(name)
      return model
    },
  }
}

/** What is left of a model, by whichever of its names; undefined: nothing. */
type Narrow = (model: ModelSpec, name?: string) => ModelSpec | undefined

function createNarrow(
  fits: (names: readonly string[]) => boolean,
  all: readonly ModelSpec[],
): Narrow {
  const fitByName = all.filter(({ names }) => fits(names.filter(isNoId)))
  return (model, name = '') => {
    const names = [name, ...model.names]
    // A model that is an endpoint is wanted by that id, not by a sibling's.
    const main = model.names.some(isNoId) ? (endpointsOf(model)[0]?.id ?? '') : ''
    if (!fits([...names, main])) return undefined
    const homes = fits(names.filter(isNoId)) ? [model, ...fitByName] : fitByName
    const slots = SLOTS.flatMap((slot) => {
      const spec = model[slot]
      const mayRun = spec && (fits([spec.id]) || homes.some((home) => isEndpointOf(home, spec.id)))
      return mayRun === true ? [[slot, spec] as const] : []
    })
    if (slots.length === 0) return undefined
    const { owner, successors = [] } = model
    return { names: model.names, owner, successors, ...Object.fromEntries(slots) }
  }
}

const SLOTS = ['generate', 'edit', 'editMany', 'inpaint'] as const

function isNoId(name: string): boolean {
  return name !== '' && !name.includes('/')
}

/** By fal's custom of names, a model's endpoints begin alike. */
function isEndpointOf(model: ModelSpec, id: string): boolean {
  const [main] = endpointsOf(model)
  if (main === undefined) return false
  const stem = stemOf(main.id)
  return id === stem || id.startsWith(`${stem}/`)
}
