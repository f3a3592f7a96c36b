import { RegExpParser, type AST } from '@eslint-community/regexpp'

/** A text that is made longer by repeating its middle. */
export interface HostileText {
  readonly before: string
  readonly pump: string
  readonly after: string
}

/** At least so many characters of it. */
export function write({ before, pump, after }: HostileText, length: number): string {
  return before + pump.repeat(Math.ceil(length / pump.length)) + after
}

/** What long texts are made of whatever the expression. */
const PLAIN = [
  ' ',
  '\n',
  '\t',
  'a',
  '0',
  '一',
  '-',
  '/',
  '.',
  '[',
  '(',
  '"',
  '🐱',
  ' a',
  '0 ',
  'a\n',
]

/** Nothing, the end of a line, and what no expression ends with. */
const ENDS = ['', '\n', '\u0001']

/**
 * Texts that make an expression work: what its repetitions repeat, behind what leads to them; and the
 * beginnings of what it finds, again and again, of any length.
 */
export function hostileTexts({ source, unicode, flags }: RegExp): readonly HostileText[] {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode })
  const sample = createSampler(flags.replaceAll(/[gy]/g, ''))
  const whole = pattern.alternatives.map((one) => sample.of(one))
  const pumps: HostileText[] = PLAIN.map((pump) => ({ before: '', pump, after: '' }))
  const add = (before: string, pump: string): void => {
    if (pump !== '') pumps.push(...ENDS.map((after) => ({ before, pump, after })))
  }
  for (const { lead, element } of repetitions(pattern.alternatives, '', sample)) {
    const repeated = sample.all(element)
    for (const one of repeated) {
      add(lead, one)
      add('', lead + one)
      add(lead, one + (repeated.find((other) => other !== one) ?? ''))
    }
    add('', lead)
  }
  for (const one of whole) {
    const letters = Array.from(one)
    for (let end = 1; end <= Math.min(letters.length, 24); end += 1) {
      add('', letters.slice(0, end).join(''))
    }
    add('', one)
  }
  return [...new Map(pumps.map((one) => [JSON.stringify(one), one])).values()]
}

interface Repetition {
  /** What leads to it. */
  readonly lead: string
  readonly element: AST.Element
}

/** So often at least counts as a repetition. */
const OFTEN = 10

function* repetitions(
  alternatives: readonly AST.Alternative[],
  lead: string,
  sample: Sampler,
): Generator<Repetition> {
  for (const { elements } of alternatives) {
    let before = lead
    for (const element of elements) {
      yield* repetitionsIn(element, before, sample)
      before += sample.of(element)
    }
  }
}

function* repetitionsIn(
  element: AST.Element,
  lead: string,
  sample: Sampler,
): Generator<Repetition> {
  if (element.type === 'Quantifier') {
    if (element.max >= OFTEN) yield { lead, element: element.element }
    yield* repetitionsIn(element.element, lead, sample)
  } else if ('alternatives' in element) yield* repetitions(element.alternatives, lead, sample)
}

interface Sampler {
  /** The shortest text that is not empty, where there is one. */
  of(node: AST.Element | AST.Alternative): string
  /** One text for each way. */
  all(node: AST.Element): readonly string[]
}

/** Tried one after the other for a class of characters. */
const LETTERS = Array.from(
  ' a0x/.,:;-_=+([{"\'!?#<>|*%&@`~\\\n\t一，。张猫éAZ9]})\u0001\ufffc🐱한あкع',
)

function createSampler(flags: string): Sampler {
  const lettersOf = (raw: string): readonly string[] => {
    const one = new RegExp(`^${raw}$`, flags)
    return LETTERS.filter((letter) => one.test(letter)).slice(0, 4)
  }
  const all = (node: AST.Element): readonly string[] => {
    switch (node.type) {
      case 'Character':
        return [String.fromCodePoint(node.value)]
      case 'CharacterSet':
      case 'CharacterClass':
        return lettersOf(node.raw)
      case 'Group':
      case 'CapturingGroup':
        return node.alternatives.slice(0, 8).map(of)
      case 'Quantifier':
        return all(node.element).map((one) => one.repeat(Math.max(1, node.min)))
      case 'Assertion':
        return 'alternatives' in node && !node.negate ? [] : ['']
      default:
        return ['']
    }
  }
  const of = (node: AST.Element | AST.Alternative): string =>
    node.type === 'Alternative' ? node.elements.map(of).join('') : (all(node)[0] ?? '')
  return { of, all }
}
