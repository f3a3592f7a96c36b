import { RegExpParser, type AST } from '@eslint-community/regexpp'

/** Tries to go on from a place in the text; the answer is whether the rest fitted. */
type Next = (at: number) => boolean

/** Matches one part of an expression at a place. */
type Matcher = (at: number, next: Next) => boolean

/** One walk over one text. */
interface Walk {
  text: string
  steps: number
  readonly most: number
}

class TooManySteps extends Error {}

/**
 * How many steps a backtracking engine takes to find what an expression finds in a text: all matches of a
 * global one, else the first. The runtime's own engine is one of that kind; it leaves out steps that this one
 * takes, never a power of the length.
 */
export interface StepCounter {
  /** @returns Infinity when it took more than `most` */
  count(text: string, most: number): number
}

export function createStepCounter({ source, flags, global, unicode }: RegExp): StepCounter {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode })
  const walk: Walk = { text: '', steps: 0, most: 0 }
  const compiler = { walk, flags: flags.replaceAll(/[gy]/g, ''), unicode }
  const match = anyOf(pattern.alternatives, compiler, true)
  return {
    count(text, most) {
      const run = Object.assign(walk, { text, steps: 0, most })
      try {
        findAll(match, run, global)
      } catch (error) {
        if (error instanceof TooManySteps) return Infinity
        throw error
      }
      return run.steps
    },
  }
}

function findAll(match: Matcher, { text }: Walk, global: boolean): void {
  for (let start = 0; start <= text.length;) {
    let end = -1
    const found = match(start, (at) => {
      end = at
      return true
    })
    if (found && !global) return
    start = found && end > start ? end : start + 1
  }
}

interface Compiler {
  readonly walk: Walk
  readonly flags: string
  readonly unicode: boolean
}

function step(walk: Walk): void {
  walk.steps += 1
  if (walk.steps > walk.most) throw new TooManySteps('too many steps')
}

function anyOf(
  alternatives: readonly AST.Alternative[],
  compiler: Compiler,
  forwards: boolean,
): Matcher {
  const branches = alternatives.map(({ elements }) => {
    const matchers = elements.map((element) => toMatcher(element, compiler, forwards))
    return inOrder(forwards ? matchers : matchers.toReversed())
  })
  return (at, next) => {
    for (const branch of branches) {
      step(compiler.walk)
      if (branch(at, next)) return true
    }
    return false
  }
}

function inOrder(matchers: readonly Matcher[]): Matcher {
  return (at, next) => {
    const from = (index: number, place: number): boolean => {
      const matcher = matchers[index]
      if (matcher === undefined) return next(place)
      return matcher(place, (end) => from(index + 1, end))
    }
    return from(0, at)
  }
}

function toMatcher(element: AST.Element, compiler: Compiler, forwards: boolean): Matcher {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return anyOf(element.alternatives, compiler, forwards)
    case 'Assertion':
      return toAssertion(element, compiler)
    case 'Quantifier':
      return toRepetition(element, compiler, forwards)
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass': {
      const take = toTaker(element, compiler, forwards)
      return (at, next) => {
        const end = take(at)
        return end !== undefined && next(end)
      }
    }
    default:
      throw new TypeError(`${element.type} is not counted yet: ${element.raw}`)
  }
}

/** Takes one character; undefined: it does not fit. */
function toTaker(
  { raw }: AST.Element,
  { walk, flags, unicode }: Compiler,
  forwards: boolean,
): (at: number) => number | undefined {
  const one = new RegExp(`^${raw}$`, flags)
  const known = new Map<string, boolean>()
  return (at) => {
    step(walk)
    const letter = letterAt(walk.text, at, { unicode, forwards })
    if (letter === '') return undefined
    const fits = known.get(letter) ?? one.test(letter)
    known.set(letter, fits)
    return fits ? at + (forwards ? letter.length : -letter.length) : undefined
  }
}

function letterAt(
  text: string,
  at: number,
  { unicode, forwards }: { readonly unicode: boolean; readonly forwards: boolean },
): string {
  if (!unicode) return text.charAt(forwards ? at : at - 1)
  const isPair = !forwards && (text.codePointAt(at - 2) ?? 0) > 0xffff
  const code = text.codePointAt(forwards ? at : at - (isPair ? 2 : 1))
  return code === undefined ? '' : String.fromCodePoint(code)
}

function toAssertion(element: AST.Assertion, compiler: Compiler): Matcher {
  const { walk, flags } = compiler
  if (element.kind === 'lookahead' || element.kind === 'lookbehind') {
    const inside = anyOf(element.alternatives, compiler, element.kind === 'lookahead')
    return (at, next) => inside(at, () => true) !== element.negate && next(at)
  }
  // Of the text before and behind, one character decides.
  const edge = new RegExp(element.raw, `${flags}y`)
  return (at, next) => {
    step(walk)
    const from = Math.max(0, at - 1)
    edge.lastIndex = at - from
    return edge.test(walk.text.slice(from, at + 1)) && fitsEnd(element, at, walk) && next(at)
  }
}

/** A slice ends where the text does not. */
function fitsEnd({ kind }: AST.Assertion, at: number, { text }: Walk): boolean {
  if (kind === 'start') return at === 0 || /[\n\r\u2028\u2029]/.test(text.charAt(at - 1))
  return kind !== 'end' || at === text.length || /[\n\r\u2028\u2029]/.test(text.charAt(at))
}

function toRepetition(
  { element, min, max, greedy }: AST.Quantifier,
  compiler: Compiler,
  forwards: boolean,
): Matcher {
  if (element.type.startsWith('Character')) {
    return repeatOne(toTaker(element, compiler, forwards), { min, max, greedy })
  }
  const once = toMatcher(element, compiler, forwards)
  const again = (done: number, at: number, next: Next): boolean => {
    const more = (): boolean =>
      done < max && once(at, (end) => (end !== at || done < min) && again(done + 1, end, next))
    if (done < min) return more()
    return greedy ? more() || next(at) : next(at) || more()
  }
  return (at, next) => again(0, at, next)
}

/** Without the recursion that a long run of one character would need. */
function repeatOne(
  take: (at: number) => number | undefined,
  { min, max, greedy }: { readonly min: number; readonly max: number; readonly greedy: boolean },
): Matcher {
  if (!greedy) {
    return (at, next) => {
      let end: number | undefined = at
      for (let count = 0; end !== undefined; count += 1) {
        if (count >= min && next(end)) return true
        end = count < max ? take(end) : undefined
      }
      return false
    }
  }
  return (at, next) => {
    const ends = [at]
    while (ends.length <= max) {
      const end = take(ends.at(-1) ?? at)
      if (end === undefined) break
      ends.push(end)
    }
    for (let count = ends.length - 1; count >= min; count -= 1) {
      if (next(ends[count] ?? at)) return true
    }
    return false
  }
}
