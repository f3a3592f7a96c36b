import { toAsciiDigits } from '../../../lib/digits.ts'
import { once } from '../../../lib/once.ts'
import type { Span } from './directive.ts'

/** Stands in `readable` for every character that must not be read. */
const OPAQUE = '\uFFFC'

/** What nobody sees: marks of right-to-left writing, embeddings, isolates, word joiners, a byte order mark. */
const MARK = String.raw`[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]`
const marks = once(() => new RegExp(MARK, 'gu'))
const marksInNumbers = once(
  () => new RegExp(String.raw`(?<=[\p{Nd}:：x×])${MARK}+(?=[\p{Nd}:：x×])`, 'giu'),
)

/** The message without the invisible marks within its numbers: no finder could read `16\u200E:9`. */
export function withoutMarksInNumbers(text: string): string {
  return text.replaceAll(marksInNumbers(), '')
}

/**
 * The message as the finders read it, same length and offsets: fullwidth forms (U+FF01 to U+FF5E) and
 * `×` in ASCII, digits of every script, marks of writing direction as spaces, and quotations, code, `[[…]]` and URLs opaque, as they are text to paint or to pass on.
 */
export function toReadable(text: string): string {
  return toAsciiDigits(cover(text, [...protectedSpans(text)], OPAQUE))
    .replaceAll(/[！-～]/gu, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0))
    .replaceAll('∶', ':')
    .replaceAll('×', 'x')
    .replaceAll('،', ',')
    .replaceAll(marks(), ' ')
}

/** The text with every span (ordered, apart) replaced by as many fillers. */
export function cover(text: string, spans: readonly Span[], filler: string): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of spans) {
    parts.push(text.slice(at, start), filler.repeat(end - start))
    at = end
  }
  return parts.join('') + text.slice(at)
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['「', '」'],
  ['『', '』'],
  ['[[', ']]'],
  ['```', '```'],
  ['`', '`'],
])

// A URL is ASCII here, so that Chinese text may follow without a space, and does not end in punctuation.
const OPENERS = /```|\[\[|["“「『`]|https?:\/\/[\w\-.~:/?#@!$&'()*+,;=%]*[\w\-~/#@$&*+=%]/giu

function* protectedSpans(text: string): Generator<Span, void> {
  // Without it, 100,000 unclosed quotation marks would each search to the end of the text.
  const unclosed = new Set<string>()
  let end = 0
  for (const { 0: opener, index } of text.matchAll(OPENERS)) {
    if (index < end || unclosed.has(opener)) continue
    const close = endOf(text, opener, index)
    if (close === undefined) {
      unclosed.add(opener)
    } else {
      end = close
      yield { start: index, end }
    }
  }
}

function endOf(text: string, opener: string, index: number): number | undefined {
  const closer = CLOSERS.get(opener)
  if (closer === undefined) return index + opener.length
  const close = text.indexOf(closer, index + opener.length)
  return close === -1 ? undefined : close + closer.length
}
