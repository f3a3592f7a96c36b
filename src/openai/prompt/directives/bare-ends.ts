import type { Directive } from './directive.ts'
import { BRACKETS, runEnd, runStart } from './scan.ts'
import {
  type BareSize,
  belongsToWordsAfter,
  belongsToWordsBefore,
  mayBeScore,
} from './sentence-guards.ts'
import { readSize } from './size-value.ts'

const CUSTOMARY: ReadonlySet<string> = new Set(
  '1:1 16:9 9:16 4:3 3:4 3:2 2:3 21:9 9:21 5:4 4:5 2:1 1:2'.split(' '),
)
const TOKEN = String.raw`[1-9]\d{0,3}[:x][1-9]\d{0,3}(?:px)?`
const TOKEN_AT_END = new RegExp(`${TOKEN}$`, 'iu')
const TOKEN_AT_START = new RegExp(`^${TOKEN}`, 'iu')
/** No token is longer. */
const LONGEST = 11

const BETWEEN = /[\s,;、|。.!…]/u
const CJK = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}`
const EMOJI = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F`
const APART_BEFORE = new RegExp(String.raw`(?:^|[\s;、|。!…)\]】\uFFFC${EMOJI}]|(?<!\d)[,.])$`, 'u')
const APART_AFTER = new RegExp(String.raw`^(?:$|[\s;、|。!…([【\uFFFC${EMOJI}]|[,.](?!\d))`, 'u')
// `画一只狗16:9` needs no space; `中国队2:1` does, as it is a likely score.
const CJK_BEFORE = new RegExp(`[${CJK}]$`, 'u')
const CJK_AFTER = new RegExp(`^[${CJK}]`, 'u')

/**
 * One of the customary ratios or a pixel size as the first or last token of the message, as often as
 * there is one, with or without brackets around it. A `的` after the first goes with it: `16:9 的狗`.
 */
export function findBareEnds(readable: string): readonly Directive[] {
  const last: BareSize[] = []
  let end = readable.length
  for (let bare = lastBare(readable, end); bare !== undefined; bare = lastBare(readable, end)) {
    last.push(bare)
    end = bare.start
  }
  const first: BareSize[] = []
  const rest = readable.slice(0, end)
  for (let bare = firstBare(rest, 0); bare !== undefined; bare = firstBare(rest, bare.end)) {
    first.push(bare)
  }
  return [...first, ...last.toReversed()].map(({ start, end: stop, size }) => ({
    start,
    end: stop,
    explicit: false,
    sets: { size },
  }))
}

function lastBare(readable: string, limit: number): BareSize | undefined {
  const bare = readBackwards(readable, limit)
  return bare === undefined || belongsToWordsBefore(readable, bare) ? undefined : bare
}

function firstBare(readable: string, from: number): BareSize | undefined {
  const bare = readForwards(readable, from)
  return bare === undefined || belongsToWordsAfter(readable, bare) ? undefined : bare
}

function readBackwards(readable: string, limit: number): BareSize | undefined {
  const outside = runStart(readable, limit, BETWEEN)
  const opener = BRACKETS.get(readable.charAt(outside - 1))
  const end = opener === undefined ? outside : runStart(readable, outside - 1, BETWEEN)
  const written = TOKEN_AT_END.exec(readable.slice(Math.max(0, end - LONGEST), end))?.[0] ?? ''
  const size = readBare(written)
  if (size === undefined) return undefined
  const start = end - written.length
  if (opener === undefined) {
    const before = readable.slice(Math.max(0, start - 2), start)
    if (!isApart(before, size, [APART_BEFORE, CJK_BEFORE])) return undefined
    return { start, end, size }
  }
  const inside = runStart(readable, start, BETWEEN)
  if (readable.charAt(inside - 1) !== opener) return undefined
  return { start: inside - 1, end: outside, size }
}

function readForwards(readable: string, from: number): BareSize | undefined {
  const outside = runEnd(readable, from, BETWEEN)
  const [opener] = /^[([【]/u.exec(readable.charAt(outside)) ?? []
  const start = opener === undefined ? outside : runEnd(readable, outside + 1, BETWEEN)
  const written = TOKEN_AT_START.exec(readable.slice(start, start + LONGEST))?.[0] ?? ''
  const size = readBare(written)
  if (size === undefined) return undefined
  const stop = start + written.length
  if (opener === undefined) {
    if (!isApart(readable.slice(stop, stop + 2), size, [APART_AFTER, CJK_AFTER])) return undefined
    const end = particleEnd(readable, stop)
    return { start: outside, end, size }
  }
  const inside = runEnd(readable, stop, BETWEEN)
  if (BRACKETS.get(readable.charAt(inside)) !== opener) return undefined
  const end = particleEnd(readable, inside + 1)
  return { start: outside, end, size }
}

function readBare(written: string): string | undefined {
  const size = readSize(written)
  return written.includes(':') && !CUSTOMARY.has(written) ? undefined : size
}

function isApart(
  neighbour: string,
  size: string,
  [apart, cjk]: readonly [RegExp, RegExp],
): boolean {
  return apart.test(neighbour) || (!mayBeScore(size) && cjk.test(neighbour))
}

function particleEnd(readable: string, end: number): number {
  const particle = runEnd(readable, end, /[^\S\r\n]/u)
  return readable.charAt(particle) === '的' ? particle + 1 : end
}
