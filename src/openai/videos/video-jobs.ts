import type { VideoResult } from '../../job/video/video-result.ts'
import type { JsonObject } from '../../lib/json.ts'

/**
 * What came of a video's job that is looked up.
 *
 * @param url where its first video is; undefined: there is none
 */
export function toVideoResultObject(
  { model, costUsd }: VideoResult,
  url: string | undefined,
): JsonObject {
  return {
    object: 'video',
    model,
    ...(url !== undefined && { url }),
    ...(costUsd !== undefined && { usage: { cost: costUsd } }),
  }
}
