import type { ResponseItemList } from 'openai/resources/responses'

import type { AnyResult } from '../../job/any-result.ts'
import type { FoundJob } from '../../job/found-job.ts'
import type { JobClaims } from '../../job/job-claims.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { ErrorWords, PlaceBase64 } from '../surface.ts'
import { toOutput, toResponse, type ResponseFacts, type ResponseState } from './response-object.ts'

/** What the id of a response says. */
export interface KnownResponse {
  readonly id: string
  readonly jobId: string
  readonly background: boolean
  readonly listed: boolean
  readonly claims: JobClaims
}

/** A response that was looked up by its id. */
export interface FoundResponse extends KnownResponse {
  readonly found: FoundJob<AnyResult>
}

/**
 * What can be told without having kept anything. The tool's settings, the instructions and the metadata are not
 * known any more; `model` is the model that made it.
 */
export function toFoundFacts({
  id,
  jobId,
  background,
  listed,
  claims,
}: KnownResponse): ResponseFacts {
  return {
    id,
    jobId,
    background,
    createdAt: claims.createdAt,
    model: claims.model,
    tool: {},
    listed: listed && claims.medium === 'image',
    said: undefined,
    toolChoice: 'auto',
    instructions: null,
    metadata: {},
    previousResponseId: null,
    temperature: null,
    topP: null,
  }
}

/**
 * `GET /v1/responses/{id}`.
 *
 * @param error the failure in OpenAI's words; undefined: it did not fail
 */
export function toFoundResponse(
  { found, ...known }: FoundResponse,
  base64: PlaceBase64,
  error: ErrorWords | undefined,
): JsonObject {
  const facts = toFoundFacts(known)
  return toResponse(facts, toState(found, facts, base64, error))
}

function toState(
  found: FoundJob<AnyResult>,
  facts: ResponseFacts,
  base64: PlaceBase64,
  error: ErrorWords | undefined,
): ResponseState {
  if (found.status === 'completed') {
    const { result } = found
    const output = toOutput(result, facts, base64)
    return { status: 'completed', output, costUsd: result.costUsd }
  }
  if (found.status !== 'failed') return { status: found.status }
  if (error === undefined || found.problem.kind === 'cancelled') return { status: 'cancelled' }
  return { status: 'failed', error }
}

/** The answer of `GET /v1/responses/{id}/input_items`: the input is not kept. */
export function toInputItems(): JsonObject {
  return {
    object: 'list',
    data: [],
    first_id: '',
    last_id: '',
    has_more: false,
  } satisfies ResponseItemList
}

/** The answer of `DELETE /v1/responses/{id}`. */
export function toDeletedResponse(id: string): JsonObject {
  return { id, object: 'response', deleted: true }
}
