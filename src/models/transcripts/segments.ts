import type { TranscriptSegment } from '../../job/sound/transcript-job.ts'

/** A word, a chunk, or what stands between two words; times in seconds, undefined: not told. */
export interface TimedText {
  readonly text: string
  readonly start: number | undefined
  readonly end: number | undefined
  /** Whether it was said; what was not is a space or a noise. */
  readonly isSpoken: boolean
  readonly speaker: string | undefined
}

/** Longer silence parts what is said. */
const PAUSE_SECONDS = 1
/** What can be read at once: subtitles stay on the screen for up to 7 s, with two lines of 42 letters. */
const MOST_SECONDS = 7
const MOST_LETTERS = 84

/** Words as stretches that can be read: sentences, what one speaker says, what is said without a pause. */
export function toSegments(items: readonly TimedText[]): readonly TranscriptSegment[] {
  const spaced = items.some(({ isSpoken }) => !isSpoken)
  const groups: Group[] = []
  let between = ''
  for (const item of items) {
    if (!item.isSpoken) {
      between += /\S/.test(item.text) ? ' ' : item.text
      continue
    }
    const last = groups.at(-1)
    const gap = spaced ? between : ' '
    if (last === undefined || isNew(last, item)) groups.push(begin(item))
    else extend(last, item, gap)
    between = ''
  }
  return inOrder(groups.map((group) => ({ ...group, isSpoken: true })))
}

interface Group {
  text: string
  start: number | undefined
  end: number | undefined
  readonly speaker: string | undefined
}

function begin({ text, start, end, speaker }: TimedText): Group {
  return { text, start, end, speaker }
}

function extend(group: Group, { text, end }: TimedText, gap: string): void {
  group.text += gap + text
  group.end = end ?? group.end
}

function isNew(group: Group, { start, end, text, speaker }: TimedText): boolean {
  if (speaker !== group.speaker || /[.!?。！？…]["'”’」)]*$/u.test(group.text)) return true
  const pause = (start ?? 0) - (group.end ?? start ?? 0)
  const length = (end ?? 0) - (group.start ?? 0)
  return (
    pause > PAUSE_SECONDS || length > MOST_SECONDS || group.text.length + text.length > MOST_LETTERS
  )
}

/** Nothing begins before what stands in front of it, nor ends before it begins; what is empty is left out. */
export function inOrder(items: readonly TimedText[]): readonly TranscriptSegment[] {
  let from = 0
  return items.flatMap(({ text, start, end, speaker }, index) => {
    const plain = text.trim()
    if (plain === '') return []
    const begins = Math.max(from, start ?? from)
    const ends = Math.max(begins, end ?? items[index + 1]?.start ?? begins)
    from = begins
    return [{ start: begins, end: ends, text: plain, speaker }]
  })
}
