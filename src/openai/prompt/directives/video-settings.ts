import { once } from '../../../lib/once.ts'
import type { Directive, Setting } from './directive.ts'
import { runStart, SPACE } from './scan.ts'
import { belongsToWordsAfter, belongsToWordsBefore } from './sentence-guards.ts'

/** No model makes a video at once that is longer. */
const MOST_SECONDS = 60

const UNIT = String.raw`s|secs?|seconds?|秒[钟鐘]?|segundos?|sekunden?|secondes?|secondi|секунд[ыа]?|초`
const LENGTH = String.raw`(?<seconds>[1-9]\d?)(?:${SPACE}|-)(?:${UNIT})`
const LINES = String.raw`(?<lines>(?:360|480|540|580|720|768|1080|1440|2160)p)`

const START = String.raw`(?:(?<![\w\-—–―])--|(?<!\S)[—–―]{1,2})`
const NOT_AFTER = String.raw`(?![\p{L}\p{N}_:/*]|\.\d)`
const flag = once(
  () =>
    new RegExp(
      `${START}(?:(?:seconds|duration|length|dur)(?:${SPACE}[:=])?${SPACE}(?<seconds>[1-9]\\d?)(?:${SPACE}(?:${UNIT}))?` +
        `|(?:resolution|res|size)(?:${SPACE}[:=])?${SPACE}(?:${LINES}|(?<tier>[124]k)))${NOT_AFTER}`,
      'giu',
    ),
)

/** `--seconds 8`, `--duration 8s`, `--resolution 720p`. A flag with a bad value stays. */
export function findVideoFlags(readable: string): readonly Directive[] {
  return findAll(flag(), readable, true)
}

const LABEL =
  '时长|時長|时间长度|長さ|길이|duration|length|dauer|länge|durée|duraci[óo]n|duração|durata|длительность'
const labelled = once(
  () =>
    new RegExp(
      String.raw`(?<![\p{L}\p{N}_-])(?:视频|影片|視頻|video )?(?:${LABEL})(?:${SPACE}[:=]|(?<=[长長])[为為是]?)${SPACE}${LENGTH}${NOT_AFTER}` +
        `|(?<![\\p{L}\\p{N}_-])(?:resolution|分辨率|解析度|清晰度|画质)(?:${SPACE}[:=])?${SPACE}${LINES}${NOT_AFTER}`,
      'giu',
    ),
)

/** A length or a resolution with its label, anywhere: `duration: 8s`, `时长8秒`, `resolution: 720p`. */
export function findLabelledSeconds(readable: string): readonly Directive[] {
  return findAll(labelled(), readable, true)
}

function findAll(pattern: RegExp, readable: string, explicit: boolean): readonly Directive[] {
  return [...readable.matchAll(pattern)].flatMap(({ 0: { length }, index, groups = {} }) => {
    const sets = toSetting(groups)
    return sets === undefined ? [] : [{ start: index, end: index + length, explicit, sets }]
  })
}

function toSetting({
  seconds,
  lines,
  tier,
}: Readonly<Record<string, string>>): Setting | undefined {
  if (tier !== undefined) return { sizes: [tier.toUpperCase()] }
  if (lines !== undefined) return { lines: lines.toLowerCase() }
  const length = Number(seconds)
  return length >= 1 && length <= MOST_SECONDS ? { seconds: length } : undefined
}

/** Punctuation between clauses. */
const STOP = String.raw`[\r\n,;、|。.!()[\]【】]`
const stopped = once(() => new RegExp(STOP, 'u'))
const stopsAfter = once(() => new RegExp(`^${SPACE}(?:${STOP}|:)`, 'u'))
const last = once(() => new RegExp(`(?:${LENGTH}|${LINES})$`, 'iu'))
const first = once(() => new RegExp(`^(?:${LENGTH}|${LINES})`, 'iu'))
/** `3 seconds` within a line is a part of what happens; `8s` and `8秒` are as short as a ratio. */
const SHORT = /^(?:\d{1,2}(?:s|秒)|\d{3,4}p)$/iu
/** `music of the 80s`: a decade. */
const DECADE = /^[2-9]0s$/iu
const LONGEST = 24
const AROUND = /[\s,;、|。.!)(\]【】[]/u

/**
 * A length or a resolution as a clause at either end: `a cat, 8 seconds`, `8秒，一只猫`; or as the last word, when
 * it is short and no word before it claims it: `a cat 8s`, but not `the clock shows 8s`.
 */
export function findVideoEnds(readable: string): readonly Directive[] {
  return [findFirst(readable), findLast(readable)].filter((one) => one !== undefined)
}

function findLast(readable: string): Directive | undefined {
  const end = runStart(readable, readable.length, AROUND)
  const found = last().exec(readable.slice(Math.max(0, end - LONGEST), end))
  if (found === null || DECADE.test(found[0])) return undefined
  const start = end - found[0].length
  const bare = { start, end, size: '' }
  const gap = runStart(readable, start, AROUND)
  const between = readable.slice(gap, start)
  const isClause = gap === 0 || stopped().test(between)
  const isWord = between !== '' && SHORT.test(found[0]) && !belongsToWordsBefore(readable, bare)
  return isClause || isWord ? toDirective(found, start) : undefined
}

function findFirst(readable: string): Directive | undefined {
  const start = readable.length - readable.trimStart().length
  const found = first().exec(readable.slice(start, start + LONGEST))
  if (found === null || DECADE.test(found[0])) return undefined
  const end = start + found[0].length
  const isClause = stopsAfter().test(readable.slice(end, end + LONGEST))
  const bare = { start, end, size: '' }
  return isClause && !belongsToWordsAfter(readable, bare) ? toDirective(found, start) : undefined
}

function toDirective(found: RegExpExecArray, start: number): Directive | undefined {
  const sets = toSetting(found.groups ?? {})
  return sets && { start, end: start + found[0].length, explicit: false, sets }
}
