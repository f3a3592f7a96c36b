import type { MediaSpec } from '../media/media-spec.ts'
import type { MediaItem } from '../media/media-store.ts'

/** What the simulator has at a place below `/cdn/files/`: an upload, or something that a model made. */
export type OwnFile = { readonly item: MediaItem } | { readonly bytes: Buffer }

export interface OwnFiles {
  find(place: string): OwnFile | undefined
  render(spec: MediaSpec): Promise<Buffer>
}
