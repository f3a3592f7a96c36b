import { gatherBytes, type GatheredBytes } from '../lib/bytes/gathered-bytes.ts'
import type { MediaStorage, StoredParts } from '../ports/media-storage.ts'

/** A file that goes to fal's storage while it arrives. */
export interface ArrivingFile {
  readonly bytes: GatheredBytes
  /** How much of it has come. */
  total: number
  ended: boolean
  parts: StoredParts | undefined
}

/**
 * The least that S3's protocol takes as a part, and what its cousins want of all parts but the last: the same
 * size. So much of a file is held at most.
 */
const PART_BYTES = 5 * 1024 * 1024

/** Nothing of it has come. */
export function arrivingFile(): ArrivingFile {
  return { bytes: gatherBytes(), total: 0, ended: false, parts: undefined }
}

/** @param chunk `null`: the file has ended */
export function addTo(file: ArrivingFile, chunk: Uint8Array | null): void {
  if (chunk === null) {
    file.ended = true
    return
  }
  file.bytes.add(chunk)
  file.total += chunk.byteLength
}

/**
 * Sends what has come of a file: a part when there is one, the rest when it has ended.
 *
 * @returns the file's URL when it is stored whole
 * @throws ProblemError `upstream_failed`
 */
export async function sendOn(
  file: ArrivingFile,
  contentType: string,
  storage: MediaStorage,
): Promise<string | undefined> {
  await sendParts(file, contentType, storage)
  const { bytes, parts } = file
  if (!file.ended) return undefined
  try {
    if (parts === undefined) return await storage.store(bytes.pieces(), contentType)
    if (bytes.size() > 0) await parts.add(bytes.pieces())
    return await parts.finish()
  } finally {
    bytes.clear()
  }
}

/**
 * Sends all whole parts that are held.
 *
 * @throws ProblemError `upstream_failed`
 */
export async function sendParts(
  file: ArrivingFile,
  contentType: string,
  storage: MediaStorage,
): Promise<void> {
  const { bytes } = file
  while (bytes.size() >= PART_BYTES) {
    file.parts ??= await storage.begin(contentType)
    await file.parts.add(bytes.pieces(PART_BYTES))
    bytes.drop(PART_BYTES)
  }
}
