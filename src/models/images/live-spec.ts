import type { EndpointSpec, OptionMap, SizeRule } from '../model-spec.ts'
import { readOpenApi } from '../schema/read-openapi.ts'
import { inferSpec } from './infer/infer-spec.ts'

/** What fal's live schemas say of endpoints, read once a document. */
export interface LiveSpecs {
  /**
   * An endpoint's facts with fal's newest laid over them: the generated table and the families are where a job
   * starts, fal's live schema is the truth.
   *
   * @param document fal's OpenAPI of the endpoint; undefined: nothing newer is known
   */
  over(spec: EndpointSpec, document: unknown): EndpointSpec
}

export function createLiveSpecs(): LiveSpecs {
  const read = new WeakMap<object, ReadonlyMap<string, EndpointSpec | undefined>>()
  const liveOf = (id: string, document: object): EndpointSpec | undefined => {
    const known = read.get(document)
    if (known?.has(id) === true) return known.get(id)
    const schema = readOpenApi(id, document)
    const inferred = schema && inferSpec(schema)
    const live = inferred?.kind === 'image' ? inferred.spec : undefined
    read.set(document, new Map([...(known ?? []), [id, live]]))
    return live
  }
  const laid = new WeakMap<
    EndpointSpec,
    { readonly live: EndpointSpec; readonly spec: EndpointSpec }
  >()
  return {
    over(spec, document) {
      if (typeof document !== 'object' || document === null) return spec
      const live = liveOf(spec.id, document)
      if (live === undefined) return spec
      const known = laid.get(spec)
      if (known?.live === live) return known.spec
      const over = layOver(spec, live)
      laid.set(spec, { live, spec: over })
      return over
    },
  }
}

/** What a schema says is fal's to say; what it cannot say (who streams, what is always sent) stays. */
function layOver(spec: EndpointSpec, live: EndpointSpec): EndpointSpec {
  const { formats: _, formatWords: _words, quality, background, moderation, ...rest } = spec
  const { defaultFormat } = spec
  const options = {
    quality: listed(quality, live.quality, live),
    background: listed(background, live.background, live),
    moderation: listed(moderation, live.moderation, live),
  }
  const fields = new Set([...live.fields, ...spec.fields.filter((name) => isTaken(name, live))])
  return {
    ...rest,
    size: sizeOver(spec.size, live.size),
    maxImages: live.countField === undefined ? spec.maxImages : live.maxImages,
    ...(live.countField !== undefined && { countField: live.countField }),
    ...(live.formats !== undefined && {
      formats: live.formats,
      ...(live.formatWords !== undefined && { formatWords: live.formatWords }),
      ...keepDefault(live.defaultFormat ?? defaultFormat, live.formats),
    }),
    ...(options.quality && { quality: options.quality }),
    ...(options.background && { background: options.background }),
    ...(options.moderation && { moderation: options.moderation }),
    fields: [...fields],
    checks: live.checks ?? {},
    ...(live.required !== undefined && { required: live.required }),
  }
}

/** Fields that words of a job become are not among an inferred endpoint's own. */
function isTaken(name: string, live: EndpointSpec): boolean {
  const { quality, background, moderation } = live
  return [quality, background, moderation].some((one) => one?.field === name)
}

function keepDefault(
  usual: EndpointSpec['defaultFormat'],
  formats: NonNullable<EndpointSpec['formats']>,
): Pick<EndpointSpec, 'defaultFormat'> {
  return usual !== undefined && formats.includes(usual) ? { defaultFormat: usual } : {}
}

/** A curated map of words keeps those that the live schema lists; without one the live schema's own holds. */
function listed<Step extends string>(
  curated: OptionMap<Step> | undefined,
  inferred: OptionMap<Step> | undefined,
  live: EndpointSpec,
): OptionMap<Step> | undefined {
  const map = curated ?? inferred
  if (map === undefined || !hasField(map.field, live)) return undefined
  const values = live.checks?.[map.field]?.values ?? inferred?.values
  if (values === undefined) return map
  const words = new Set<unknown>(Object.values(values))
  const kept: Partial<Record<Step, string>> = {}
  for (const step in map.values) {
    const word = map.values[step]
    if (word !== undefined && words.has(word)) kept[step] = word
  }
  return { ...map, values: kept }
}

function hasField(name: string, live: EndpointSpec): boolean {
  return live.fields.includes(name) || isTaken(name, live)
}

/** The same way to take a size keeps its curated limits and default; another way is fal's new one. */
function sizeOver(curated: SizeRule, live: SizeRule): SizeRule {
  if (curated.rule === 'pixels' && live.rule === 'pixels') {
    return { ...live, limits: { ...live.limits, ...curated.limits }, default: curated.default }
  }
  if (curated.rule === 'ratio' && live.rule === 'ratio') {
    return { ...live, default: curated.default ?? live.default }
  }
  return live
}
