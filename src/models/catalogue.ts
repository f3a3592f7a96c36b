import { ProblemError } from '../job/problem.ts'
import { gptImage2 } from './families/gpt-image.ts'
import { FAMILIES } from './families/index.ts'
import type { ModelSpec } from './model-spec.ts'
import { nearNames } from './near-names.ts'

/** Which models there are, and which one a name means. */
export interface Catalogue {
  readonly models: readonly ModelSpec[]
  /**
   * The model behind a name in any spelling, an endpoint id, or an OpenAI name that clients hard-code;
   * undefined means the default model.
   *
   * @throws ProblemError `model_not_found` with names that are near
   */
  resolve(name: string | undefined): ModelSpec
}

/**
 * Names that mean the default model: clients have them in their code, and OpenAI retired both on
 * 2026-05-12.
 */
const DEFAULT_MODEL_NAMES = /^dalle[23]$/

/** OpenAI's newer image models; those without a spec of their own go to the newest that fal has. */
const OPENAI_IMAGE_NAMES = /^(?:chat)?gptimage/

/**
 * @param defaultModel name of the model that serves when a request names none
 * @throws ProblemError `not_configured` when that name is no model
 */
export function createCatalogue(defaultModel: string): Catalogue {
  const byName = new Map<string, ModelSpec>()
  for (const model of FAMILIES) {
    for (const name of [...model.names, model.generate.id]) byName.set(toKey(name), model)
  }
  const find = (key: string): ModelSpec | undefined =>
    byName.get(key) ?? (OPENAI_IMAGE_NAMES.test(key) ? gptImage2 : undefined)
  const known = find(toKey(defaultModel))
  if (known === undefined) {
    const near = nearNames(defaultModel, allNames())
    const hint = near.length === 0 ? '' : ` Near it: ${near.join(', ')}.`
    throw new ProblemError({
      kind: 'not_configured',
      message: `DEFAULT_MODEL names no model that this gateway knows.${hint}`,
    })
  }
  return {
    models: FAMILIES,
    resolve(name) {
      if (name === undefined || name.trim() === '') return known
      const key = toKey(name)
      const model = find(key) ?? (DEFAULT_MODEL_NAMES.test(key) ? known : undefined)
      if (model !== undefined) return model
      throw new ProblemError({
        kind: 'model_not_found',
        model: name,
        near: nearNames(name, allNames()),
      })
    },
  }
}

/** Case, spaces, dots, dashes and underscores do not tell names apart; slashes do. */
export function toKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, '')
}

function allNames(): readonly string[] {
  return FAMILIES.map((model) => model.names[0])
}
