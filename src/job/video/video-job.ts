import type { ImageReference } from '../image/image-reference.ts'
import type { SourceImage } from '../image/source-image.ts'
import type { MediaReference } from '../reference.ts'
import type { VideoSize } from './video-size.ts'

/** A video or a sound that the caller gave us to work on. */
export interface SourceMedia {
  /** https or a `data:` URI, which fal fetches and we do not. */
  readonly url: string
  /** How long it is; undefined: not known. */
  readonly seconds?: number | undefined
}

/**
 * What is asked, in words that belong to neither OpenAI nor fal. `undefined` always means: the caller has
 * no wish, the model's default holds.
 */
interface VideoWish {
  readonly medium: 'video'
  /** What is to be done; a video to work on is in `video`. `remix`: edited, or made anew with other words. */
  readonly work: 'make' | 'edit' | 'extend' | 'remix'
  /** The name the caller used; undefined: the configured default model. */
  readonly model: string | undefined
  /** Empty where what is sent says what to do, as for upscaling. */
  readonly prompt: string
  /** How long it is to be; of `extend`, how much longer. */
  readonly seconds: number | undefined
  readonly size: VideoSize | undefined
  /** Frames a second. */
  readonly fps: number | undefined
  /** Whether the video shall have sound. */
  readonly sound: boolean | undefined
  readonly seed: number | undefined
  /** What must not be in the video. */
  readonly negativePrompt: string | undefined
  /** How many videos, 1 to 4. */
  readonly count: number
  /** Fields in fal's own words that the caller sent on purpose; those that the endpoint knows pass. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** A video job as a caller asks for it: what it is made of are references, which nobody has resolved. */
export interface AskedVideoJob extends VideoWish {
  /** The video begins with it. */
  readonly firstFrame: ImageReference | undefined
  /** The video ends with it. */
  readonly lastFrame: ImageReference | undefined
  /** Images of what or whom the video shows, in order. */
  readonly references: readonly ImageReference[]
  /** Images in a message, in order: one begins the video, of several is made what it shows. */
  readonly sources: readonly ImageReference[]
  /**
   * The last image of the conversation: the video begins with it when nothing else was sent and the model can;
   * undefined: there is none, or a new video is wanted.
   */
  readonly earlier: ImageReference | undefined
  /** A video to work on. */
  readonly video: MediaReference | undefined
  /** A sound that the video goes with: speech for lips, music. */
  readonly audio: MediaReference | undefined
}

/** A video job whose images, video and sound are where an upstream can fetch them. */
export interface VideoJob extends VideoWish {
  /** The video begins with it. */
  readonly firstFrame: SourceImage | undefined
  /** The video ends with it. */
  readonly lastFrame: SourceImage | undefined
  /** Images of what or whom the video shows, in order. */
  readonly references: readonly SourceImage[]
  /**
   * The last image of the conversation: the video begins with it when nothing else was sent and the model can;
   * absent: there is none, or a new video is wanted.
   */
  readonly earlier?: SourceImage | undefined
  /** A video to work on. */
  readonly video: SourceMedia | undefined
  /** A sound that the video goes with: speech for lips, music. */
  readonly audio: SourceMedia | undefined
  /** The upstream's id of the first request of the video that this is a remix of; absent: of none. */
  readonly remixOf?: string
}

/** At most so many videos in one request: each may cost dollars. */
export const MAX_VIDEOS = 4
