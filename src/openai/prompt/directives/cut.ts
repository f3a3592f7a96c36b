import type { Span } from './directive.ts'
import { toReadable } from './readable.ts'
import { BRACKETS, runEnd, runStart } from './scan.ts'

const BEFORE_GAP = /[\s,;、|\-–—]/u
const AFTER_GAP = /[\s,;、|。.!…]/u
const BETWEEN_GAPS = /[\s,;、|。.!…\-–—]/u

/**
 * The text without the spans (ordered by start; they may overlap), trimmed. Of the separators on the two
 * sides of a gap one stays, the stronger: a full stop, else a line break, else a comma, else a space. At
 * an end of the text none stays, but a full stop before the gap always does. Brackets left empty go too.
 */
export function cut(text: string, spans: readonly Span[]): string {
  const readable = toReadable(text)
  const parts: string[] = []
  let at = 0
  for (const { start, end } of joinNeighbours(readable, spans)) {
    const left = Math.max(at, runStart(readable, start, BEFORE_GAP))
    const right = separatorsEnd(readable, end)
    parts.push(text.slice(at, left))
    if (left > 0 && right < text.length) {
      const glue = strongerOf(
        text.slice(left, start),
        text.slice(end, right),
        readable.charAt(left - 1),
      )
      parts.push(glue === '' && joinsWords(readable, left, right) ? ' ' : glue)
    }
    at = right
  }
  return (parts.join('') + text.slice(at)).trim()
}

function joinNeighbours(readable: string, spans: readonly Span[]): readonly Span[] {
  const gaps: Span[] = []
  for (const span of spans) {
    let gap = withBrackets(readable, span)
    let last = gaps.at(-1)
    while (last !== undefined && runStart(readable, gap.start, BETWEEN_GAPS) <= last.end) {
      gaps.pop()
      const union = { start: last.start, end: Math.max(last.end, gap.end) }
      gap = withBrackets(readable, union)
      // What did not grow to the left has not come nearer to the one before.
      last = gap.start < union.start ? gaps.at(-1) : undefined
    }
    gaps.push(gap)
  }
  return gaps
}

function withBrackets(readable: string, span: Span): Span {
  let { start, end } = span
  for (;;) {
    const before = /[([【] ?$/u.exec(readable.slice(Math.max(0, start - 2), start))?.[0] ?? ''
    const after = /^ ?[)\]】]/u.exec(readable.slice(end, end + 2))?.[0] ?? ''
    if (BRACKETS.get(after.trim()) !== before.trim()) return { start, end }
    start -= before.length
    end += after.length
  }
}

/** A dash goes with the gap only before white space: `--v 6` is the next flag, not a separator. */
function separatorsEnd(readable: string, from: number): number {
  const end = runEnd(readable, from, AFTER_GAP)
  return /^[-–—]\s/u.test(readable.slice(end, end + 2)) ? runEnd(readable, end + 1, AFTER_GAP) : end
}

function strongerOf(left: string, right: string, before: string): string {
  const isSentenceOver = /[。.!?…]/u.test(before)
  if (isSentenceOver && strengthOf(right) === 3) return left
  return strengthOf(right) > strengthOf(left) ? right : left
}

function strengthOf(separators: string): number {
  if (/[。.!！…]/u.test(separators)) return 3
  if (/[\r\n]/u.test(separators)) return 2
  return separators.trim() === '' ? Math.min(separators.length, 1) / 2 : 1
}

function joinsWords(readable: string, left: number, right: number): boolean {
  return /^\w\w$/u.test(readable.charAt(left - 1) + readable.charAt(right))
}
