import type { ModelCard } from '../job/model-card.ts'
import { endpointsOf, type ModelSpec, type SizeRule } from './model-spec.ts'

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
