/** Makes pictures of a video: Cloudflare's Media Transformations, or what does the same. */
export interface VideoCutter {
  input(video: ReadableStream<Uint8Array>): {
    transform(size: { readonly fit: 'scale-down'; readonly width: number }): {
      output(how: CutOutput): { response(): Promise<Response> }
    }
  }
}

/** One frame, or several in one picture. */
export type CutOutput =
  | { readonly mode: 'frame'; readonly time: string; readonly format: 'jpg' }
  | { readonly mode: 'spritesheet'; readonly imageCount: number; readonly duration?: string }
