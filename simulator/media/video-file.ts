import type { VideoSpec } from './media-spec.ts'

const KILOBYTE = 1024

/**
 * The size of the video's file, in bytes. What was encoded is smaller and is filled up, so that a result
 * can tell `file_size`, and the CDN answer HEAD, before anybody encoded anything.
 */
export const toFileBytes = ({ seconds }: VideoSpec): number =>
  Math.round((640 + 32 * seconds) * KILOBYTE)
