import type { FileObject } from 'openai/resources/files'

import { invalidRequest } from '../job/problem.ts'
import type { JsonObject } from '../lib/json.ts'
import type { FileClaims } from '../tokens/file-id.ts'

/** What an image may be kept for: `vision`, and `user_data`, which newer clients say. */
const PURPOSES = ['vision', 'user_data'] as const

/**
 * The answer of `POST /v1/files`.
 *
 * @throws ProblemError `invalid_request` for a purpose that has nothing to do with images
 */
export function toFile(id: string, claims: FileClaims, purpose: unknown): JsonObject {
  const known = PURPOSES.find((one) => one === (purpose ?? 'vision'))
  if (known === undefined) {
    throw invalidRequest('purpose', "Invalid value for 'purpose': expected 'vision'.")
  }
  return {
    id,
    object: 'file',
    bytes: claims.bytes,
    created_at: claims.createdAt,
    filename: claims.filename,
    purpose: known,
    status: 'processed',
  } satisfies FileObject
}
