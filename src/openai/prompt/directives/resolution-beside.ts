import type { Directive } from './directive.ts'
import { runEnd, runStart } from './scan.ts'
import { belongsToWordsAfter, belongsToWordsBefore } from './sentence-guards.ts'

const BETWEEN = /[\s,;、|]/u
/** How many separators may stand between. More would be read once from every size of a long row. */
const NEAR = 3
const NEXT = /^[124]k(?![\p{L}\p{N}_:/*-])/iu
const PREVIOUS = /(?<![\p{L}\p{N}_.:/*-])[124]k$/iu
const CLAUSE_ENDS = /^(?:$|[\r\n,;。.!|)\]】])/u

/**
 * The resolutions that stand beside a size already found: `--ar 16:9 2K`, `比例 16:9，4K`, `2K，横屏`. Far
 * from one, and before a flag (`detailed, 4k --ar 16:9`), `4K` is a manner of painting and stays: it would cost more.
 */
export function findResolutionsBeside(
  readable: string,
  text: string,
  found: readonly Directive[],
): readonly Directive[] {
  return found.flatMap((directive) => {
    if (!('sizes' in directive.sets)) return []
    const next = readNext(readable, directive)
    if (next !== undefined) return [next]
    const isFlag = /^[-－—–―]/u.test(text.charAt(directive.start))
    const previous = isFlag ? undefined : readPrevious(readable, directive)
    return previous === undefined ? [] : [previous]
  })
}

function readNext(readable: string, directive: Directive): Directive | undefined {
  const near = readable.slice(directive.end, directive.end + NEAR)
  const start = directive.end + runEnd(near, 0, BETWEEN)
  if (!NEXT.test(readable.slice(start, start + 3))) return undefined
  const bare = { start, end: start + 2, size: readable.slice(start, start + 2).toUpperCase() }
  const isFirst = runStart(readable, directive.start, BETWEEN) === 0
  const after = runEnd(readable, bare.end, /[^\S\r\n]/u)
  const ends = CLAUSE_ENDS.test(readable.charAt(after))
  return ends || (isFirst && !belongsToWordsAfter(readable, bare))
    ? { start, end: bare.end, explicit: directive.explicit, sets: { sizes: [bare.size] } }
    : undefined
}

function readPrevious(readable: string, directive: Directive): Directive | undefined {
  const from = Math.max(0, directive.start - NEAR)
  const end =
    from + runStart(readable.slice(from, directive.start), directive.start - from, BETWEEN)
  if (!PREVIOUS.test(readable.slice(Math.max(0, end - 3), end))) return undefined
  const bare = { start: end - 2, end, size: readable.slice(end - 2, end).toUpperCase() }
  return belongsToWordsBefore(readable, bare)
    ? undefined
    : { start: bare.start, end, explicit: directive.explicit, sets: { sizes: [bare.size] } }
}
