import type { Segment } from '../state/works/work.ts'

/** Subtitles in SubRip's form, one for each segment. */
export function toSrt(segments: readonly Segment[]): string {
  return segments
    .map(
      ({ start, end, text }, index) =>
        `${index + 1}\n${toTime(start)} --> ${toTime(end)}\n${text.trim()}\n`,
    )
    .join('\n')
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0')
}

/** `01:02:03,456`. */
function toTime(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const clock = [two(ms / 3_600_000), two((ms / 60_000) % 60), two((ms / 1000) % 60)]
  return `${clock.join(':')},${String(ms % 1000).padStart(3, '0')}`
}
