import * as z from 'zod/mini'

import { sizeOfPixels } from '../../job/image/image-size.ts'
import { invalidRequest } from '../../job/problem.ts'
import { MAX_VIDEOS, type VideoJob } from '../../job/video/video-job.ts'
import {
  joinVideoSizes,
  parseVideoSize,
  VIDEO_SIZE_FORMS,
  type VideoSize,
} from '../../job/video/video-size.ts'
import { once } from '../../lib/once.ts'
import { agreed } from '../agreed.ts'
import { integer, optional } from '../schemas.ts'

/** As for images. */
export const MAX_PROMPT_CHARACTERS = 32_000

/** Longer than any word, short enough to be harmless. */
const MOST_WORD_CHARACTERS = 40
const word = once(() => z.string().check(z.maxLength(MOST_WORD_CHARACTERS)))
const side = once(() => z.int().check(z.positive(), z.maximum(14_142)))

const size = once(() =>
  optional(
    z
      .union(
        [
          z.pipe(
            word(),
            z.transform((text) => parseVideoSize(text.trim() === '' ? 'auto' : text)),
          ),
          z.pipe(z.object({ width: side(), height: side() }), z.transform(toVideoSize)),
        ],
        `expected ${VIDEO_SIZE_FORMS}`,
      )
      .check(z.refine((value) => value !== undefined, `expected ${VIDEO_SIZE_FORMS}`)),
  ),
)

function toVideoSize(pixels: { width: number; height: number }): VideoSize | undefined {
  const text = sizeOfPixels(pixels)?.asWritten
  return text === undefined ? undefined : parseVideoSize(text)
}

/** Beyond it nobody means a video of a model. */
const MOST_SECONDS = 3600
const SECONDS_FORMS = 'expected a number of seconds such as 4 or "8s"'

const seconds = once(() =>
  optional(
    z
      .union([z.number(), z.pipe(word(), z.transform(readSeconds))], SECONDS_FORMS)
      .check(
        z.refine(
          (value) => value === 'auto' || (value > 0 && value <= MOST_SECONDS),
          SECONDS_FORMS,
        ),
      ),
  ),
)

function readSeconds(text: string): number | 'auto' {
  const plain = text.trim().toLowerCase()
  if (plain === '' || plain === 'auto' || plain === '-1') return 'auto'
  const match = /^(\d+(?:\.\d+)?)\s*(?:s|sec|seconds)?$/.exec(plain)
  return match === null ? Number.NaN : Number(match[1])
}

const fps = once(() => optional(z.number().check(z.minimum(1), z.maximum(240))))
const sound = once(() => optional(z.boolean()))

/** Everything about the video that is no file, in the words of OpenAI, OpenRouter, the relays and fal. */
export const videoOptions = once(() => ({
  model: optional(z.string().check(z.maxLength(300))),
  prompt: optional(z.string().check(z.maxLength(MAX_PROMPT_CHARACTERS))),
  seconds: seconds(),
  duration: seconds(),
  size: size(),
  video_size: size(),
  aspect_ratio: size(),
  ratio: size(),
  resolution: size(),
  width: optional(side()),
  height: optional(side()),
  fps: fps(),
  frames_per_second: fps(),
  frame_rate: fps(),
  n: optional(integer(1, MAX_VIDEOS)),
  // -1 is how many clients say "any".
  seed: optional(integer(-1, Number.MAX_SAFE_INTEGER)),
  negative_prompt: optional(z.string().check(z.maxLength(MAX_PROMPT_CHARACTERS))),
  generate_audio: sound(),
  generate_audio_switch: sound(),
  enable_audio: sound(),
  with_audio: sound(),
  sound: sound(),
}))

type VideoOptions = z.infer<z.ZodMiniObject<ReturnType<typeof videoOptions>>>

const LENGTHS = ['seconds', 'duration'] as const
const RATES = ['fps', 'frames_per_second', 'frame_rate'] as const
const SOUNDS = [
  'generate_audio',
  'generate_audio_switch',
  'enable_audio',
  'with_audio',
  'sound',
] as const

/** The part of a job that is said by options. */
export function toWishes(
  options: VideoOptions,
): Pick<
  VideoJob,
  'model' | 'prompt' | 'seconds' | 'size' | 'fps' | 'sound' | 'seed' | 'negativePrompt' | 'count'
> {
  const { prompt = '', negative_prompt: negative = '', seed = -1 } = options
  return {
    model: options.model,
    prompt: prompt.trim(),
    seconds: agreed(LENGTHS.map((name) => [name, toLength(options[name])])),
    size: readSize(options),
    fps: agreed(RATES.map((name) => [name, options[name]])),
    sound: agreed(SOUNDS.map((name) => [name, options[name]])),
    seed: seed === -1 ? undefined : seed,
    negativePrompt: negative.trim() === '' ? undefined : negative,
    count: options.n ?? 1,
  }
}

function toLength(length: number | 'auto' | undefined): number | undefined {
  return length === 'auto' ? undefined : length
}

/** The more particular the word, the later: `size` is sent by many always, `resolution` on purpose. */
function readSize(options: VideoOptions): VideoSize | undefined {
  const { width, height } = options
  if ((width === undefined) !== (height === undefined)) {
    throw invalidRequest(
      width === undefined ? 'width' : 'height',
      "'width' and 'height' go together: send both, or a size such as 1280x720.",
    )
  }
  const pixels = width && height ? toVideoSize({ width, height }) : undefined
  const { size: usual, video_size: own, aspect_ratio: shape, ratio, resolution } = options
  return joinVideoSizes(
    [pixels, usual, own, ratio, shape, resolution].filter((one) => one !== undefined),
  )
}
