import type { ModelSpec } from '../models/model-spec.ts'
import type { JobTools } from './job-tools.ts'

/**
 * The model behind a name. An endpoint that nobody described here is looked up at fal, and takes the same
 * path from then on.
 *
 * @throws ProblemError `model_not_found`; `invalid_request` for an endpoint that makes no images;
 *   `upstream_failed` when fal cannot be asked for a schema
 */
export async function resolveModel(
  name: string | undefined,
  { catalogue, schemas }: Pick<JobTools, 'catalogue' | 'schemas'>,
): Promise<ModelSpec> {
  const endpoint = catalogue.unknownEndpoint(name)
  const document = endpoint === undefined ? undefined : await schemas.find(endpoint)
  return document === undefined
    ? catalogue.resolve(name)
    : catalogue.resolveWith(name ?? '', document)
}
