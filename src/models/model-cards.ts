import type { ModelCard, ModelDetail, ModelField } from '../job/model-card.ts'
import { endpointsOf, type EndpointSpec, type ModelSpec, type SizeRule } from './model-spec.ts'
import { isPassed } from './pass-fields.ts'

/** What a caller may know of a model. */
export function toModelCard(model: ModelSpec): ModelCard {
  const [main] = endpointsOf(model)
  return {
    name: model.names[0],
    endpoint: main?.id ?? '',
    owner: model.owner,
    sizes: main === undefined ? [] : sizesOf(main.size),
    maxImages: main?.maxImages ?? 1,
    formats: main?.formats ?? [],
    edits: endpointsOf(model).some(({ sources }) => sources !== undefined),
  }
}

/** The same of one model, with the fields of its main endpoint and of the one that works on images. */
export function toModelDetail(model: ModelSpec): ModelDetail {
  const all = endpointsOf(model)
  return {
    ...toModelCard(model),
    fields: fieldsOf(all[0]),
    editFields: fieldsOf(all.find(({ sources }) => sources !== undefined)),
  }
}

/** OpenAI's words first where the endpoint has a field of another name for them, then fal's own fields. */
function fieldsOf(spec: EndpointSpec | undefined): readonly ModelField[] {
  if (spec === undefined) return []
  const { quality, background, moderation, fields, checks, required } = spec
  const words = Object.entries({ quality, background, moderation }).flatMap(([name, optionMap]) =>
    optionMap === undefined || fields.includes(optionMap.field)
      ? []
      : [{ name, type: 'string', values: Object.keys(optionMap.values) }],
  )
  const own = fields.filter(isPassed).map((name) => ({
    name,
    ...checks?.[name],
    ...(required?.includes(name) === true && { required: true as const }),
  }))
  return [...words, ...own]
}

/** The sizes of an endpoint in its own words; `WIDTHxHEIGHT` stands for any pixels. */
function sizesOf(rule: SizeRule): readonly string[] {
  switch (rule.rule) {
    case 'pixels':
      return ['WIDTHxHEIGHT', ...rule.presets]
    case 'ratio':
      return [...rule.ratios, ...(rule.resolutions ?? [])]
    case 'listed':
      return rule.sizes
    case 'none':
      return []
  }
}
