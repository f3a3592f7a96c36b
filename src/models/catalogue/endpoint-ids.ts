import { toKey } from './name-keys.ts'

/** An endpoint's id, as fal writes them. */
const ENDPOINT_ID = /^[a-z0-9][\w.-]*(?:\/[\w.-]+)+$/i
const MOST_ID_CHARACTERS = 200

/** Whether a name may be an endpoint's id. */
export function isEndpointId(id: string): boolean {
  return id.length <= MOST_ID_CHARACTERS && ENDPOINT_ID.test(id)
}

/** Ids by their spelling, and without their owner: `qwen-image-edit` is `fal-ai/qwen-image-edit`. */
export function keysOfIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const short = ids.map((id): [string, string] => [toKey(id.slice(id.indexOf('/') + 1)), id])
  return new Map([...short, ...ids.map((id): [string, string] => [toKey(id), id])])
}
