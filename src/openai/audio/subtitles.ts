import type { TranscriptSegment } from '../../job/sound/transcript-job.ts'

/** SubRip: numbered stretches, with a comma before the milliseconds. */
export function toSrt(segments: readonly TranscriptSegment[]): string {
  const blocks = segments.map((segment, index) => {
    const { start, end } = toSpan(segment)
    return `${index + 1}\n${toTime(start, ',')} --> ${toTime(end, ',')}\n${toLines(segment.text)}\n`
  })
  return blocks.join('\n')
}

/** WebVTT (W3C): a heading, a full stop before the milliseconds, and letters that would be read as marks written out. */
export function toVtt(segments: readonly TranscriptSegment[]): string {
  const blocks = segments.map((segment) => {
    const { start, end } = toSpan(segment)
    return `${toTime(start, '.')} --> ${toTime(end, '.')}\n${escape(toLines(segment.text))}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

interface Span {
  readonly start: number
  readonly end: number
}

/** In whole milliseconds; what has no length could not be seen. */
function toSpan({ start, end }: TranscriptSegment): Span {
  const from = Math.round(start * 1000)
  return { start: from, end: Math.max(Math.round(end * 1000), from + 1) }
}

function toTime(milliseconds: number, point: ',' | '.'): string {
  const seconds = Math.floor(milliseconds / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const clock = [hours, minutes, seconds % 60].map((part) => pad(part, 2)).join(':')
  return `${clock}${point}${pad(milliseconds % 1000, 3)}`
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}

/** An empty line would end the block. */
function toLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .join('\n')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
