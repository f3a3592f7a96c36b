interface Timed {
  readonly text: string
  /** Seconds from the beginning. */
  readonly start: number
  readonly end: number
  /** Counted from 0; another one says the next line. */
  readonly speaker: number
}

interface TimedWord extends Timed {
  /** A space stands before it in the text. */
  readonly spaced: boolean
}

/** What was heard in a sound. */
export interface Transcript {
  readonly text: string
  readonly seconds: number
  readonly words: readonly TimedWord[]
  /** Sentences, or what is left of them at the end of a line. */
  readonly segments: readonly Timed[]
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100

/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

interface Word {
  readonly word: string
  /** A space stands before it. */
  readonly spaced: boolean
}

/** Punctuation belongs to the word before it, as recognizers write it. */
function splitUnspaced(piece: string): readonly string[] {
  const words: string[] = []
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, {
    granularity: 'word',
  }).segment(piece)) {
    if (isWordLike || words.length === 0) words.push(segment)
    else words[words.length - 1] = `${words.at(-1)}${segment}`
  }
  return words
}

function splitWords(line: string): readonly Word[] {
  const pieces = line.split(/\s+/).filter((piece) => piece !== '')
  return pieces.flatMap((piece) => {
    const words = UNSPACED.test(piece) ? splitUnspaced(piece) : [piece]
    return words.map((word, index) => ({ word, spaced: index === 0 }))
  })
}

/** With the white space behind each. */
function splitSentences(line: string): readonly string[] {
  const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(line)
  return Array.from(sentences, ({ segment }) => segment)
}

/** A moment of silence at both ends. */
const QUIET = 0.03
const SPEAKERS = 2

interface Placed extends Word {
  readonly sentence: number
  readonly speaker: number
}

function placeWords(text: string): {
  readonly words: readonly Placed[]
  readonly sentences: readonly string[]
} {
  const lines = text.split(/\n+/).filter((line) => line.trim() !== '')
  const sentences: string[] = []
  const words = lines.flatMap((line, turn) => {
    let spaced = true
    return splitSentences(line).flatMap((sentence) => {
      sentences.push(sentence.trim())
      const place = { sentence: sentences.length - 1, speaker: turn % SPEAKERS }
      const [first, ...others] = splitWords(sentence)
      const own = first ? [{ ...first, spaced }, ...others] : []
      spaced = /\s$/.test(sentence)
      return own.map((word) => ({ ...word, ...place }))
    })
  })
  return { words, sentences }
}

/**
 * Spreads a text over a sound: every word gets a time after its length, so that times rise and fit between
 * beginning and end. Each line is another speaker's turn.
 */
export function transcribe(text: string, seconds: number): Transcript {
  const { words: placed, sentences } = placeWords(text)
  const total = placed.reduce((sum, { word }) => sum + word.length + 1, 0)
  const from = seconds * QUIET
  const each = (seconds - 2 * from) / Math.max(1, total)
  let at = from
  const words = placed.map(({ word, ...rest }) => {
    const start = at
    at += (word.length + 1) * each
    return { ...rest, text: word, start: round(start), end: round(at - each / 2) }
  })
  const bySentence = Map.groupBy(words, ({ sentence }) => sentence)
  const segments = sentences.flatMap((sentence, index) => {
    const own = bySentence.get(index)
    const first = own?.[0]
    const last = own?.at(-1)
    if (!first || !last) return []
    return [{ text: sentence, start: first.start, end: last.end, speaker: first.speaker }]
  })
  return {
    text,
    seconds,
    segments,
    words: words.map(({ sentence: _sentence, ...word }) => word),
  }
}
