import type { ModelCard } from '../job/model-card.ts'
import type { ModelSpec, SizeRule } from './model-spec.ts'

/** What a caller may know of a model. */
export function toModelCard({ names, owner, generate }: ModelSpec): ModelCard {
  return {
    name: names[0],
    endpoint: generate.id,
    owner,
    sizes: sizesOf(generate.size),
    maxImages: generate.maxImages,
    formats: generate.formats ?? [],
    edits: false,
  }
}

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
