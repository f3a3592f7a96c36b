import { joinBytes } from './join-bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Bytes that are gathered until they are handed on. They are copied into blocks, and the blocks are used again:
 * V8 lets up to 32 MB of buffers that nobody needs pile up before it clears them away
 * (`Heap::AllocateExternalBackingStore`).
 */
export interface GatheredBytes {
  /** How many are held. */
  size(): number
  add(chunk: Uint8Array): void
  /** The first of them in order, as they are held: only good until more are added or some are dropped. */
  pieces(most?: number): readonly Bytes[]
  /** The first of them in one piece, a copy. */
  head(most: number): Bytes
  /** Forgets the first of them. */
  drop(count: number): void
  /** Forgets all, and gives the blocks up. */
  clear(): void
}

const BLOCK_BYTES = 256 * 1024

/** Holds nothing yet. */
export function gatherBytes(): GatheredBytes {
  const blocks: Bytes[] = []
  let held = 0
  const add = (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.byteLength;) {
      const [index, offset] = [Math.floor(held / BLOCK_BYTES), held % BLOCK_BYTES]
      const block = (blocks[index] ??= new Uint8Array(BLOCK_BYTES))
      const piece = chunk.subarray(at, at + BLOCK_BYTES - offset)
      block.set(piece, offset)
      at += piece.byteLength
      held += piece.byteLength
    }
  }
  const pieces = (most = held): readonly Bytes[] => {
    const wanted = Math.min(most, held)
    return blocks
      .slice(0, Math.ceil(wanted / BLOCK_BYTES))
      .map((block, index) => block.subarray(0, wanted - index * BLOCK_BYTES))
  }
  return {
    size: () => held,
    add,
    pieces,
    head: (most) => joinBytes(pieces(most)),
    drop(count) {
      const rest = pieces().flatMap((piece, index) => {
        const from = count - index * BLOCK_BYTES
        return from < piece.byteLength ? [new Uint8Array(piece.subarray(Math.max(0, from)))] : []
      })
      held = 0
      for (const piece of rest) add(piece)
    },
    clear() {
      held = 0
      blocks.length = 0
    },
  }
}
