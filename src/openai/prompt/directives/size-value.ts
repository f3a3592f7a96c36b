const ORIENTATIONS: ReadonlyMap<string, string> = new Map([
  ...['横屏', '横版', '横图', '横向', '橫屏', '橫版', '橫圖', '橫向', '橫式'].map(
    (word) => [word, '16:9'] as const,
  ),
  ...['竖屏', '竖版', '竖图', '竖向', '豎屏', '豎版', '豎圖', '豎向', '直式'].map(
    (word) => [word, '9:16'] as const,
  ),
  ...['方形', '正方形', '方图', '方圖'].map((word) => [word, '1:1'] as const),
])

/** The words of `readSize`, as a regular expression. */
export const ORIENTATION = [...ORIENTATIONS.keys()].join('|')

// fal's widest list (nano-banana-2, seen 2026-11) ends at 8:1. Beyond it, `比例 1:35` is a model's scale.
const STEEPEST_RATIO = 8

/**
 * A size in the words of the images API, or undefined when it is none: `16:9` and `16/9`, `1024x768` and
 * `1024*768` (with `px` or spaces around the mark), `2k`, `横屏`. ASCII only; see `toReadable`.
 */
export function readSize(written: string): string | undefined {
  const parts = /^([1-9]\d{0,3})\s*([:/x*])\s*([1-9]\d{0,3})(?:px)?$/iu.exec(written)
  if (parts === null) {
    return /^[124]k$/iu.test(written) ? written.toUpperCase() : ORIENTATIONS.get(written)
  }
  const [width, height] = [Number(parts[1]), Number(parts[3])]
  if (parts[2] === ':' || parts[2] === '/') {
    const steepness = Math.max(width / height, height / width)
    return steepness <= STEEPEST_RATIO ? `${width}:${height}` : undefined
  }
  return Math.min(width, height) >= 64 && Math.max(width, height) <= 8192
    ? `${width}x${height}`
    : undefined
}
