import { ProblemError } from '../../job/problem.ts'
import { onceForEach } from '../../lib/once-for-each.ts'
import { once } from '../../lib/once.ts'
import { createAllowed } from '../catalogue/catalogue.ts'
import type { CustomModel } from '../catalogue/custom-models.ts'
import { isEndpointId, keysOfIds } from '../catalogue/endpoint-ids.ts'
import { toKey } from '../catalogue/name-keys.ts'
import { nearNames } from '../catalogue/near-names.ts'
import { createVideoModels, type VideoModels } from './video-models.ts'
import type { VideoEndpointSpec, VideoModelSpec } from './video-spec.ts'

/** Which video models there are, and which one a name means. */
export interface VideoCatalogue {
  /** The curated models, and the owner's own. */
  readonly models: readonly VideoModelSpec[]
  /** Those, and one for every other video endpoint of fal's client; made anew by every call. */
  all(): readonly VideoModelSpec[]
  /** Whether a name, in any spelling, or an endpoint id means a video model that is known here. */
  has(name: string): boolean
  /**
   * The model behind a name; undefined means the default.
   *
   * @param schemaOf fal's description of an endpoint that nobody described here; undefined: it has none
   * @throws ProblemError `model_not_found` with names that are near; `invalid_request` when the endpoint makes
   *   no videos
   */
  find(
    name: string | undefined,
    schemaOf: (endpoint: string) => Promise<unknown>,
  ): Promise<VideoModelSpec>
  /** The models that serve when this one has ended. */
  successorsOf(model: VideoModelSpec): readonly VideoModelSpec[]
  /** The part of it that callers may use who have these globs over names and endpoint ids. */
  allow(globs: readonly string[] | undefined): VideoCatalogue
}

/** OpenAI's own default, which stands for a model of fal's here. */
const DEFAULT_MODEL = 'sora-2'

/** OpenAI's dated names. */
const DATED = /^(sora2(?:pro)?)20\d{6}$/

/** What the owner may say of the catalogue. */
export interface VideoCatalogueSettings {
  /** `MODELS`: entries that mean no video model are left alone. */
  readonly models?: readonly CustomModel[]
  /** `ALLOWED_MODELS`: globs over names and endpoint ids; undefined: all. */
  readonly allowed?: readonly string[]
}

export function createVideoCatalogue(
  { models: own = [], allowed }: VideoCatalogueSettings,
  videos: VideoModels = createVideoModels(),
): VideoCatalogue {
  const index = createIndex(own, videos)
  const open = (globs: readonly (readonly string[])[]): VideoCatalogue => {
    const tests = globs.map(createAllowed)
    const fits = (names: readonly string[]): boolean => tests.every((test) => test(names))
    const narrow = onceForEach((more: readonly string[]) => open([...globs, more]))
    return toCatalogue(index, videos, fits, narrow)
  }
  return open(allowed === undefined ? [] : [allowed])
}

interface Index {
  models(): readonly VideoModelSpec[]
  /** A known model by its name or an endpoint's id. */
  find(name: string): VideoModelSpec | undefined
  /** The endpoint that the owner gave to a name. */
  endpointOf(name: string): string | undefined
  /** The owner's settings of a name on a model. */
  withOwn(name: string, model: VideoModelSpec): VideoModelSpec
}

function toCatalogue(
  index: Index,
  videos: VideoModels,
  fits: (names: readonly string[]) => boolean,
  narrow: (globs: readonly string[]) => VideoCatalogue,
): VideoCatalogue {
  const mayUse = (model: VideoModelSpec, name = ''): boolean =>
    fits([name, ...model.names, model.endpoints[0]?.id ?? ''].filter((one) => one !== ''))
  const models = (): readonly VideoModelSpec[] => index.models().filter((one) => mayUse(one))
  const known = (name: string): VideoModelSpec | undefined => {
    const model = index.find(name)
    return model !== undefined && mayUse(model, name) ? model : undefined
  }
  const notFound = (name: string): ProblemError => {
    const near = nearNames(
      name,
      models().map(({ names: [first] }) => first),
    )
    return new ProblemError({ kind: 'model_not_found', model: name, near })
  }
  const catalogue: VideoCatalogue = {
    get models() {
      return models()
    },
    all() {
      const taken = new Set(models().flatMap(({ endpoints }) => endpoints[0]?.id ?? []))
      const others = videos.ids().filter((id) => !taken.has(id))
      return [...models(), ...others.flatMap((id) => known(id) ?? [])]
    },
    has: (name) => known(name) !== undefined,
    async find(name, schemaOf) {
      const wanted = name === undefined || name.trim() === '' ? DEFAULT_MODEL : name.trim()
      const model = known(wanted)
      if (model !== undefined) return model
      const id = index.endpointOf(wanted) ?? wanted
      if (!isEndpointId(id) || index.find(id) !== undefined || !fits([wanted, id]))
        throw notFound(wanted)
      const document = await schemaOf(id)
      if (document === undefined) throw notFound(wanted)
      return index.withOwn(wanted, videos.modelOfDocument(id, document))
    },
    successorsOf: ({ successors = [] }) =>
      successors.flatMap((name) => index.find(name) ?? []).filter((one) => mayUse(one)),
    allow: (globs) => (globs === undefined ? catalogue : narrow(globs)),
  }
  return catalogue
}

function createIndex(own: readonly CustomModel[], videos: VideoModels): Index {
  const owned = new Map(own.map((one) => [toKey(one.name), one]))
  // Only names: what stands behind one is made when it is asked for.
  const byName = once(
    () =>
      new Map(
        videos.names.flatMap((names, index) => names.map((name) => [toKey(name), index] as const)),
      ),
  )
  const byId = once(() => keysOfIds(videos.ids()))
  const findBuiltIn = (name: string): VideoModelSpec | undefined => {
    const key = toKey(name)
    const index = byName().get(key.replace(DATED, '$1'))
    if (index !== undefined) return videos.curatedAt(index)
    return videos.modelOf(byId().get(key) ?? name.trim())
  }
  const withOwn = (name: string, model: VideoModelSpec): VideoModelSpec => {
    const one = owned.get(toKey(name))
    return one === undefined ? model : withSettings(model, one)
  }
  const find = (name: string): VideoModelSpec | undefined => {
    const one = owned.get(toKey(name))
    const model = findBuiltIn(one?.endpoint ?? name)
    return model && withOwn(name, model)
  }
  return {
    models: () => [
      ...videos.curated().map((model) => {
        const name = model.names.find((one) => owned.has(toKey(one)))
        return (name === undefined ? undefined : find(name)) ?? model
      }),
      ...own.flatMap(({ name }) => (byName().has(toKey(name)) ? [] : (find(name) ?? []))),
    ],
    find,
    endpointOf: (name) => owned.get(toKey(name))?.endpoint,
    withOwn,
  }
}

/** A model under the owner's name, with the owner's fields where an endpoint knows them. */
function withSettings(model: VideoModelSpec, own: CustomModel): VideoModelSpec {
  const { name, owner = model.owner, input } = own
  const fill = (spec: VideoEndpointSpec): VideoEndpointSpec =>
    input === undefined ? spec : { ...spec, input: fieldsFor(spec, input, own.endpoint) }
  return {
    ...model,
    names: own.endpoint === undefined ? model.names : [name],
    owner,
    endpoints: model.endpoints.map(fill),
  }
}

/** All of them for the endpoint that the owner named, for its siblings those that they know. */
function fieldsFor(
  spec: VideoEndpointSpec,
  input: Readonly<Record<string, unknown>>,
  endpoint: string | undefined,
): Readonly<Record<string, unknown>> {
  if (spec.id === endpoint) return input
  const { duration, ratio, resolution, pixels, fps, sound, fields } = spec
  const rules = [duration, ratio, resolution, pixels, fps, sound].map((rule) => rule?.field)
  const known = new Set([...fields, ...rules])
  return Object.fromEntries(Object.entries(input).filter(([field]) => known.has(field)))
}
