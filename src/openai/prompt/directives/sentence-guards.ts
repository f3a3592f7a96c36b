import { once } from '../../../lib/once.ts'
import type { Span } from './directive.ts'
import { runEnd, runStart } from './scan.ts'

// After these a ratio belongs to the sentence: `meet me at 3:4`, `a TV showing 16:9`, `Psalm 1:1`.
const WORDS_BEFORE =
  'a an the this that it its at is was are were be been of to by in on for from with and or than as ' +
  'about around approx approximately until till before after between past over under vs versus v ' +
  'equals equal scale mix mixed odds clock watch time shows showing show says saying said say reads ' +
  'reading read displays displaying lost loses win wins lead leads leading result chapter verse page psalm genesis john'
const wordBefore = once(
  () => new RegExp(String.raw`(?<![\w-])(?:${WORDS_BEFORE.replaceAll(' ', '|')})$`, 'iu'),
)
const CHINESE_BEFORE =
  /(?:[为是到至于以用按比约在成从和与或及的第]|(?:[\d两二三四五六七八九十]|十一)点|比例|宽高比|长宽比|비율|时间|时刻|时钟|闹钟|挂钟|手表|显示|写着|指向|早上|上午|中午|下午|晚上|凌晨|傍晚|今天|明天)$/u

// Small numbers side by side are a score when the words before say so, even some words before.
const SCORE_BEFORE =
  /\b(?:score[ds]?|scoreline|beats?|beaten|defeat(?:s|ed)?|won|ratio|vs|versus)\b|比分|得分|总分|战胜|击败|打败|大胜|赢|输给|战平|打平|领先|落后|赔率|胜率|对阵/iu
const SCORE_WORDS_BACK = 64

const WORDS_AFTER =
  /^(?:am|pm|a\.m|p\.m|o'?clock|is|are|was|were|vs|versus|and|or|to|victory|win|loss|defeat|lead|score|odds|screens?|monitors?|tvs?|displays?|ratio|aspect|format|mix|scale|in the (?:morning|afternoon|evening))\b|^(?:[是与或为]|和(?![平服风室谐])|点(?![心缀亮])|分(?!辨率|镜)|比分|领先|落后|战胜|击败|大胜|屏幕|显示器|电视)/iu

// No team scores that unevenly and no clock shows 16:9 or 21:9; 9:16 and 9:21 are left to the words around.
const WIDE: ReadonlySet<string> = new Set(['16:9', '9:16', '21:9', '9:21'])

/** A size without a label, at an end of the message. */
export interface BareSize extends Span {
  readonly size: string
}

/** Whether a size is a likely score as well: `3:2`, not `16:9` or `1024x768`. */
export function mayBeScore(size: string): boolean {
  return size.includes(':') && !WIDE.has(size)
}

/** Whether the words before it claim a token at the message's end. */
export function belongsToWordsBefore(readable: string, { start, size }: BareSize): boolean {
  const end = runStart(readable, start, /\s/u)
  const before = readable.slice(Math.max(0, end - SCORE_WORDS_BACK), end)
  return (
    wordBefore().test(before) ||
    CHINESE_BEFORE.test(before) ||
    (mayBeScore(size) && SCORE_BEFORE.test(before))
  )
}

/** Whether the words after it claim a token at the message's start. */
export function belongsToWordsAfter(readable: string, { end }: BareSize): boolean {
  const start = runEnd(readable, end, /\s/u)
  return WORDS_AFTER.test(readable.slice(start, start + SCORE_WORDS_BACK))
}
