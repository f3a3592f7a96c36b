import { once } from '../../../lib/once.ts'
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
// A resolution counts only beside a shape: `a cat 4K` is a manner of painting.
const TIER = '[124]k'
const APART = String.raw`[\s,;、|/]{1,3}`
// The pair first, as it is what the words before and after must not claim; then the size alone.
const tokensAtEnd = once(() => [
  new RegExp(`(?<!\\w)${TIER}${APART}${TOKEN}$`, 'iu'),
  new RegExp(`${TOKEN}${APART}${TIER}$`, 'iu'),
  new RegExp(`${TOKEN}$`, 'iu'),
])
const tokensAtStart = once(() => [
  new RegExp(`^${TIER}${APART}${TOKEN}`, 'iu'),
  new RegExp(`^${TOKEN}${APART}${TIER}(?!\\w)`, 'iu'),
  new RegExp(`^${TOKEN}`, 'iu'),
])
/** No token is longer. */
const LONGEST = 17

const BETWEEN = /[\s,;、|。.!…]/u
const CJK = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}`
const EMOJI = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F`
const apartBefore = once(
  () => new RegExp(String.raw`(?:^|[\s;、|。!…)\]】\uFFFC${EMOJI}]|(?<!\d)[,.])$`, 'u'),
)
const apartAfter = once(
  () => new RegExp(String.raw`^(?:$|[\s;、|。!…([【\uFFFC${EMOJI}]|[,.](?!\d))`, 'u'),
)
// `画一只狗16:9` needs no space; `中国队2:1` does, as it is a likely score.
const cjkBefore = once(() => new RegExp(`[${CJK}]$`, 'u'))
const cjkAfter = once(() => new RegExp(`^[${CJK}]`, 'u'))

/**
 * One of the customary ratios or a pixel size as the first or last token of the message, as often as
 * there is one, with a resolution beside it or not (`16:9 2K`), with or without brackets around it. A `的` after the first goes with it: `16:9 的狗`.
 */
export function findBareEnds(readable: string): readonly Directive[] {
  const last: Bare[] = []
  let end = readable.length
  for (let bare = lastBare(readable, end); bare !== undefined; bare = lastBare(readable, end)) {
    last.push(bare)
    end = bare.start
  }
  const first: Bare[] = []
  const rest = readable.slice(0, end)
  for (let bare = firstBare(rest, 0); bare !== undefined; bare = firstBare(rest, bare.end)) {
    first.push(bare)
  }
  return [...first, ...last.toReversed()].map(({ start, end: stop, sizes }) => ({
    start,
    end: stop,
    explicit: false,
    sets: { sizes },
  }))
}

interface Bare extends BareSize {
  /** The size, and beside it the resolution if there is one. */
  readonly sizes: readonly string[]
}

function lastBare(readable: string, limit: number): Bare | undefined {
  return firstRead(tokensAtEnd(), (token) => {
    const bare = readBackwards(readable, limit, token)
    return bare === undefined || belongsToWordsBefore(readable, bare) ? undefined : bare
  })
}

function firstBare(readable: string, from: number): Bare | undefined {
  return firstRead(tokensAtStart(), (token) => {
    const bare = readForwards(readable, from, token)
    return bare === undefined || belongsToWordsAfter(readable, bare) ? undefined : bare
  })
}

function firstRead(
  tokens: readonly RegExp[],
  read: (token: RegExp) => Bare | undefined,
): Bare | undefined {
  for (const token of tokens) {
    const bare = read(token)
    if (bare !== undefined) return bare
  }
  return undefined
}

function readBackwards(readable: string, limit: number, token: RegExp): Bare | undefined {
  const outside = runStart(readable, limit, BETWEEN)
  const opener = BRACKETS.get(readable.charAt(outside - 1))
  const end = opener === undefined ? outside : runStart(readable, outside - 1, BETWEEN)
  const written = token.exec(readable.slice(Math.max(0, end - LONGEST), end))?.[0] ?? ''
  const read = readBare(written)
  if (read === undefined) return undefined
  const start = end - written.length
  if (opener === undefined) {
    const before = readable.slice(Math.max(0, start - 2), start)
    if (!isApart(before, read.size, [apartBefore(), cjkBefore()])) return undefined
    return { start, end, ...read }
  }
  const inside = runStart(readable, start, BETWEEN)
  if (readable.charAt(inside - 1) !== opener) return undefined
  return { start: inside - 1, end: outside, ...read }
}

function readForwards(readable: string, from: number, token: RegExp): Bare | undefined {
  const outside = runEnd(readable, from, BETWEEN)
  const [opener] = /^[([【]/u.exec(readable.charAt(outside)) ?? []
  const start = opener === undefined ? outside : runEnd(readable, outside + 1, BETWEEN)
  const written = token.exec(readable.slice(start, start + LONGEST + 1))?.[0] ?? ''
  const read = readBare(written)
  if (read === undefined) return undefined
  const stop = start + written.length
  if (opener === undefined) {
    if (!isApart(readable.slice(stop, stop + 2), read.size, [apartAfter(), cjkAfter()])) {
      return undefined
    }
    const end = particleEnd(readable, stop)
    return { start: outside, end, ...read }
  }
  const inside = runEnd(readable, stop, BETWEEN)
  if (BRACKETS.get(readable.charAt(inside)) !== opener) return undefined
  const end = particleEnd(readable, inside + 1)
  return { start: outside, end, ...read }
}

function readBare(written: string): Pick<Bare, 'size' | 'sizes'> | undefined {
  const parts = written.split(/[\s,;、|/]+/u)
  const shape = parts.find((part) => !/k$/iu.test(part)) ?? ''
  const size = readSize(shape)
  if (size === undefined || (shape.includes(':') && !CUSTOMARY.has(shape))) return undefined
  const tiers = parts.filter((part) => part !== shape).map((tier) => tier.toUpperCase())
  return { size, sizes: [size, ...tiers] }
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
