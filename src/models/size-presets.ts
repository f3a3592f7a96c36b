import type { Pixels } from '../job/image/image-size.ts'

/** fal's six presets and the pixels they stand for (fal API reference, `ImageSize`). */
export const SIZE_PRESETS: Readonly<Record<string, Pixels>> = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
}
