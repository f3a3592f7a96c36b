import type { VideoJob } from '../../../src/job/video/video-job.ts'
import { parseVideoSize, type VideoSize } from '../../../src/job/video/video-size.ts'

type Wish = Partial<VideoJob>

const sizeOf = (text: string): VideoSize | undefined => parseVideoSize(text)

/** Sizes that OpenAI's Sora took, those of screens, and those that nobody makes. */
const SIZES = [
  '720x1280',
  '1280x720',
  '1024x1792',
  '1792x1024',
  '1920x1080',
  '1080x1920',
  '3840x2160',
  '640x360',
  '832x480',
  '704x1280',
  '1280x704',
  '1088x1920',
  '512x512',
  '1024x1024',
  '2048x2048',
  '768x1344',
  '1x1',
  '14142x16',
  '1:1',
  '16:9',
  '9:16',
  '21:9',
  '9:21',
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '5:4',
  '4:5',
  '2.35:1',
  '1:8',
  '240p',
  '360p',
  '480p',
  '540p',
  '580p',
  '720p',
  '768P',
  '1080p',
  '1440p',
  '2160p',
  '1K',
  '2K',
  '4K',
  '8K',
  'auto',
  'landscape_16_9',
  'square_hd',
]

const SECONDS = [
  0.5, 1, 2, 3, 4, 4.5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 24, 25, 30, 60, 100, 600,
]

const FPS = [1, 8, 12, 15, 16, 23.976, 24, 25, 29.97, 30, 48, 50, 60, 120]

const EXTRA = {
  guidance_scale: 3.5,
  num_inference_steps: 8,
  enable_safety_checker: true,
  sync_mode: true,
  cfg_scale: 0.5,
  num_frames: 81,
  camera_fixed: false,
  style: 'anime',
  colour: 'unknown to all',
}

const every = <Key extends keyof VideoJob>(
  key: Key,
  values: readonly VideoJob[Key][],
): readonly Wish[] => values.map((value) => ({ [key]: value }))

/** Wishes as OpenAI's clients, the relays' clients and fal's own users send them. */
export const WISHES: readonly Wish[] = [
  {},
  ...every('size', SIZES.map(sizeOf)),
  ...every('seconds', SECONDS),
  ...every('fps', FPS),
  ...every('sound', [true, false]),
  ...every('seed', [0, 7, 4_294_967_295]),
  ...every('count', [2, 4]),
  { negativePrompt: 'text, watermark' },
  { extra: EXTRA },
  { seconds: 5, fps: 30 },
  { seconds: 8, fps: 60, size: sizeOf('1920x1080') },
  { seconds: 12, size: sizeOf('1024x1792'), sound: true, seed: 7 },
  { seconds: 4, size: sizeOf('720x1280') },
  { seconds: 3, size: sizeOf('480p'), count: 3, seed: 1, extra: EXTRA },
]
