import { parseImageSize, type ImageSize } from '../../job/image/image-size.ts'
import { findBareEnds } from './directives/bare-ends.ts'
import { findClauses } from './directives/clauses.ts'
import { cut } from './directives/cut.ts'
import type { Directive, Finder } from './directives/directive.ts'
import { findFlags } from './directives/flags.ts'
import { findLabelled } from './directives/labelled.ts'
import { cover, toReadable, withoutMarksInNumbers } from './directives/readable.ts'
import { findResolutionsBeside } from './directives/resolution-beside.ts'
import { settleSizes } from './directives/settle-sizes.ts'
import { findLabelledSeconds, findVideoEnds, findVideoFlags } from './directives/video-settings.ts'

/** A chat message taken apart: what to paint, and how. A setting that nobody asked for is absent. */
export interface PromptDirectives {
  /**
   * The message without its directives. The white space and separators that they leave behind are
   * tidied, its two ends trimmed; everything else is byte for byte as written.
   */
  readonly prompt: string
  /**
   * As the images API takes it: a ratio `16:9` (1:8 to 8:1), or pixels `1024x768` (each 64 to 8192).
   * Always ASCII, however it was written.
   */
  readonly size?: string
  /** When labelled, or beside a size. It goes before the pixels of `size`, but not before its shape. */
  readonly resolution?: string
  /** Images, 1 to 10. Any other number is no directive: its text stays. */
  readonly count?: number
  /** A non-negative safe integer. */
  readonly seed?: number
  /** How long a video is to be, 1 to 60; only with `VIDEO_FINDERS`. */
  readonly seconds?: number
  /** `720p`; only with `VIDEO_FINDERS`. */
  readonly lines?: string
  /** What must not be in the image, as written after `--no`; several are joined by a comma. */
  readonly negativePrompt?: string
  /** `--new`: a new image. `--edit`: a change to the last one. */
  readonly mode?: 'new' | 'edit'
  /** `--draw`: an image, whatever the words may order besides. */
  readonly draw?: true
}

/**
 * Takes the image settings out of a chat message: flags (`--ar 16:9`), labels (`比例：16:9`), whole
 * clauses (`横屏`, `来四张`), and a bare `16:9` or `1024x768` at either end. When in doubt, the text
 * stays: a clock time, a score, a word in quotes is something to paint.
 *
 * When two directives disagree, a flag or a label wins over a clause or a bare token, and among equals
 * the later one wins; all of them are taken out. A ratio, a resolution and pixels of that ratio add up. Reading its own `prompt` again changes nothing, except
 * where two halves of a word close up around what was taken (`比--n 2例1:1`). Invisible marks within a
 * number are dropped. Never throws; linear time.
 */
export function readPromptDirectives(
  written: string,
  finders: readonly Finder[] = FINDERS,
): PromptDirectives {
  const text = withoutMarksInNumbers(written)
  const found = findDirectives(text, finders)
  return { prompt: cut(text, found), ...settle(found) }
}

/** The sizes that the words ask for, the one that wins first. */
export function sizesOf({
  resolution,
  size,
}: PromptDirectives): readonly (ImageSize | undefined)[] {
  return [resolution, size].map((one) => (one === undefined ? undefined : parseImageSize(one)))
}

// The order is the precedence: what a flag holds (`--no a sign, size 16:9`) is not read again.
const FINDERS: readonly Finder[] = [findFlags, findLabelled, findClauses, findBareEnds]

/** Of videos: `4张` counts pictures, and so is something to see. */
export const VIDEO_FINDERS: readonly Finder[] = [
  findFlags,
  findVideoFlags,
  findLabelled,
  findLabelledSeconds,
  (readable) => findClauses(readable).filter(({ sets }) => 'sizes' in sets),
  findBareEnds,
  findVideoEnds,
]

// A directive taken out can complete another one around it (`size --n 2 16:9`). Three nestings deep is
// already no human's text; the limit keeps the time linear.
const ROUNDS = 4

function findDirectives(text: string, finders: readonly Finder[]): readonly Directive[] {
  const found: Directive[] = []
  let readable = toReadable(text)
  for (let round = 0; round < ROUNDS; round++) {
    const before = found.length
    for (const find of finders) {
      const more = find(readable, text)
      readable = cover(readable, more, ' ')
      for (const directive of more) found.push(directive)
    }
    const beside = findResolutionsBeside(readable, text, found)
    readable = cover(readable, beside.toSorted(byStart), ' ')
    for (const directive of beside) found.push(directive)
    if (found.length === before) break
  }
  return found.toSorted(byStart)
}

function byStart(a: Directive, b: Directive): number {
  return a.start - b.start
}

function settle(found: readonly Directive[]): Omit<PromptDirectives, 'prompt'> {
  const byRank = [...found.filter((one) => !one.explicit), ...found.filter((one) => one.explicit)]
  const settings = settleSizes(byRank.flatMap(({ sets }) => ('sizes' in sets ? sets.sizes : [])))
  for (const { sets } of byRank) if (!('sizes' in sets)) Object.assign(settings, sets)
  const negatives = found.flatMap(({ sets }) =>
    'negativePrompt' in sets ? [sets.negativePrompt] : [],
  )
  return negatives.length > 1 ? { ...settings, negativePrompt: negatives.join(', ') } : settings
}
