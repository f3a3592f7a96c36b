import { once } from '../../../lib/once.ts'
import type { Directive, Setting, Span } from './directive.ts'
import { runEnd, runStart, SPACE } from './scan.ts'
import { ORIENTATION, readSize } from './size-value.ts'

const BEGINS = String.raw`(?<=^|[\s,;。.!|()[\]【】])`
const ENDS = String.raw`(?=$|[\s,;。.!|()[\]【】])`
const ASKING = '[请請]|[帮幫]我|[给給]我|我要|[来來]|[画畫]|出|要|做|生成|[输輸]出|一共|共'
// No part may begin with `SPACE`: a long run of white space would be read once from each of its places.
const COUNT = String.raw`(?:(?:${ASKING}){1,4}${SPACE})?(?<count>\d{1,2}|[一二两兩三四五六七八九十])${SPACE}[张張](?:[图圖]片?)?`
const SHAPE = String.raw`(?<shape>\d{1,2}:\d{1,2})${SPACE}(?:aspect ratio|ratio|[宽寬]高比|[长長][宽寬]比|比例|[画畫]幅)`
const clause = once(
  () => new RegExp(`${BEGINS}(?:(?<orientation>${ORIENTATION})|${COUNT}|${SHAPE})${ENDS}`, 'giu'),
)

// `换掉第 2 张`, `画一个 正方形`, `圆形，方形`: the clause is part of what the words before it say.
const PART_OF_SENTENCE = /(?:[第有的个個是着著和与與]|[圆圓角]形,?)$/u

const COUNTS: ReadonlyMap<string, number> = new Map([
  ['两', 2],
  ['兩', 2],
  ...'一二三四五六七八九十'.split('').map((numeral, index) => [numeral, index + 1] as const),
])

/** Chinese words that are a whole clause: `横屏`, `来四张`, `2 张`; and the clause `16:9 aspect ratio`. */
export function findClauses(readable: string): readonly Directive[] {
  return [...readable.matchAll(clause())].flatMap(({ 0: { length }, index, groups = {} }) => {
    const span = { start: index, end: index + length }
    const edges = edgesOf(readable, span)
    const sets = PART_OF_SENTENCE.test(edges.before) ? undefined : toSetting(groups, edges)
    return sets === undefined ? [] : [{ ...span, explicit: false, sets }]
  })
}

interface Edges {
  /** How many of a clause's two ends are punctuation, a line break or an end of the text. */
  readonly firm: number
  /** Up to 4 characters, from the last that is no white space. */
  readonly before: string
}

function edgesOf(readable: string, { start, end }: Span): Edges {
  const from = runStart(readable, start, /\s/u)
  const to = runEnd(readable, end, /\s/u)
  const before = readable.slice(Math.max(0, from - 4), from)
  const begins =
    /^$|[,;。.!|()[\]【】]$/u.test(before) || /[\r\n]/u.test(readable.slice(from, start))
  const ends =
    /^$|[,;。.!|()[\]【】]/u.test(readable.charAt(to)) || /[\r\n]/u.test(readable.slice(end, to))
  return { firm: Number(begins) + Number(ends), before }
}

function toSetting(groups: Readonly<Record<string, string>>, { firm }: Edges): Setting | undefined {
  const { orientation = '', shape = '', count = '' } = groups
  const size = readSize(firm === 2 && shape !== '' ? shape : orientation)
  if (size !== undefined) return { sizes: [size] }
  const number = COUNTS.get(count) ?? Number(count)
  // Amid white space it is a quantity (`桌上 4张 纸`), and `画一张 猫` begins a sentence.
  return firm >= (number === 1 ? 2 : 1) && number >= 1 && number <= 10
    ? { count: number }
    : undefined
}
