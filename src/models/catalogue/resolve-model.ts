import type { ModelSpec } from '../model-spec.ts'
import type { Catalogue } from './catalogue.ts'

/**
 * The model behind a name. An endpoint that nobody described here is looked up at fal, and takes the same
 * path from then on.
 *
 * @param schemaOf fal's description of an endpoint
 * @throws ProblemError `model_not_found`; `invalid_request` for an endpoint that makes no images;
 *   `upstream_failed` when fal cannot be asked for a schema
 */
export async function resolveModel(
  name: string | undefined,
  catalogue: Catalogue,
  schemaOf: (endpoint: string) => Promise<unknown>,
): Promise<ModelSpec> {
  const known = catalogue.known(name)
  if (known !== undefined) return known
  const endpoint = catalogue.unknownEndpoint(name)
  const document = endpoint === undefined ? undefined : await schemaOf(endpoint)
  return document === undefined
    ? catalogue.resolve(name)
    : catalogue.resolveWith(name ?? '', document)
}
