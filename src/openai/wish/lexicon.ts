/**
 * What a word is evidence of. A language lists its words by these, parted by white space; `_` joins the words
 * of a phrase, `*` at the end stands for any ending. All are written without accents, in lower case.
 */
export interface Words {
  /** Where the verb of an order stands: before what it asks for, behind it, or before it with the head last. */
  readonly verb: 'first' | 'last' | 'middle'
  /** Orders that only words can follow: summarise, explain. */
  readonly tell: string
  /** To translate, which is also done to the words in a picture. */
  readonly translate: string
  /** To answer, which needs to say with what: `reply with OK`. */
  readonly reply: string
  /** Orders that take their sense from what is ordered: generate, give. */
  readonly make: string
  /** Orders to write; what they ask for may be prose that `make` would mean as a picture (a recipe). */
  readonly write: string
  /** Orders that work on what is there, a text where no picture is: convert, correct, continue. */
  readonly work: string
  /** What an app has a model make of a chat: title, summary, tags, JSON. */
  readonly title: string
  /** Texts and code. */
  readonly text: string
  /** Texts only when they are written: a letter, a menu. */
  readonly prose: string
  /** What stands for the conversation or the text that the order is about. */
  readonly talk: string
  /** Names of languages. */
  readonly tongue: string
  /** Those of them that can only be a conversation. */
  readonly chat: string
  /** Who does it for a living: a translator, a title generator. */
  readonly writer: string
  /** Limits of an answer's form: only, no punctuation, at most, characters. */
  readonly form: string
  /** Orders to draw. */
  readonly draw: string
  /** Kinds of pictures, and what pictures are put on. */
  readonly picture: string
  /** How things look: style, lighting. Only English lists it: left out elsewhere, nothing was told less well. */
  readonly look?: string
  /** What asks for a sight: `look like`. */
  readonly sight: string
  /** What makes a question of an order: could you. */
  readonly may: string
  /** What asks for an answer. */
  readonly ask: string
  /** The two who talk: you, me. */
  readonly you: string
  /** Greetings, thanks, tests. */
  readonly small: string
  /** Words that show nothing: articles, auxiliaries, words about words. */
  readonly plain: string
}

export type Kind = Exclude<keyof Words, 'verb'>

/** What a word means, by language. */
export type Meanings = ReadonlyMap<string, ReadonlySet<Kind>>

export interface Lexicon {
  readonly languages: ReadonlyMap<string, Words['verb']>
  /** @returns undefined: the word is not known in any language */
  find(word: string): Meanings | undefined
  /** As it is, and by its beginning, for the endings that languages put behind a stem. */
  findAny(word: string): Meanings | undefined
  /** By its end, as the head of a compound noun of German or Dutch: `Einkaufsliste`. */
  findHead(word: string): Meanings | undefined
}

/** Languages that write compound nouns as one word. */
const COMPOUNDING: ReadonlySet<string> = new Set(['german', 'dutch'])

/** What the head of a compound is looked up for. */
const HEADS: readonly Kind[] = ['title', 'text', 'prose', 'picture']

/** Fewer letters are an ending, or the rest of another word. */
const LEAST_HEAD = 4
const LEAST_BEFORE_HEAD = 3
const MOST_HEAD = 14

/** Shorter stems would mean half a dictionary. */
const LEAST_STEM = 3

/** Longer stems are not listed. */
const MOST_STEM = 16

/** The words of all languages as `npm run words:update` writes them: nothing of it is worked out in a Worker. */
export interface WordTable {
  /** Their names, in the order of their signs, each with where its verb stands. */
  readonly languages: readonly (readonly [name: string, verb: Words['verb']])[]
  /**
   * A line for all words that mean the same: the signs of what they mean and the words, with `|` between. A word that
   * ends in `*` is a stem, which stands for words of any ending.
   */
  readonly words: string
}

/**
 * @param table is read when the first text is, not when the code is loaded; a word's meanings become sets when it is
 *   looked up, which is one in a hundred of them. A loop with more in it took 14 ms of a first chat, when nothing is
 *   compiled yet, and with sets for all words more.
 */
export function createLexicon(table: WordTable): Lexicon {
  const names = table.languages.map(([name]) => name)
  const known = new Map<string, Meanings>()
  const words = once(() => readLines(table.words))
  const toMeanings = (signs: string | undefined): Meanings | undefined => {
    if (signs === undefined) return undefined
    const meanings = known.get(signs) ?? readSigns(signs, names)
    known.set(signs, meanings)
    return meanings
  }
  const find = (word: string): Meanings | undefined => toMeanings(words().get(word))
  return {
    languages: new Map(table.languages),
    find,
    findHead(word) {
      const least = Math.max(LEAST_BEFORE_HEAD, word.length - MOST_HEAD)
      for (let at = least; at <= word.length - LEAST_HEAD; at++) {
        const heads = [...(find(word.slice(at)) ?? [])].filter(
          ([language, kinds]) => COMPOUNDING.has(language) && HEADS.some((kind) => kinds.has(kind)),
        )
        if (heads.length > 0) return new Map(heads)
      }
      return undefined
    },
    findAny(word) {
      let found = find(word)
      for (let length = Math.min(word.length, MOST_STEM); length >= LEAST_STEM; length--) {
        const stem = find(`${word.slice(0, length)}*`)
        if (stem !== undefined) found = found === undefined ? stem : new Map([...stem, ...found])
      }
      return found
    },
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

function readLines(lines: string): ReadonlyMap<string, string> {
  const signs = new Map<string, string>()
  for (const line of lines.split('\n')) {
    const parts = line.split('|')
    const [sign = ''] = parts
    for (const word of parts.slice(1)) signs.set(word, sign)
  }
  return signs
}

/** What a sign of a table is: the letter of the language, that of the kind. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const LANGUAGE_LETTERS = `${LETTERS.toUpperCase()}${LETTERS}`

/** In the language's place: of every language. */
const ALL = '*'

/** @param language its place among the languages; undefined: all of them */
export function toSign(language: number | undefined, kind: Kind): string {
  const letter = language === undefined ? ALL : LANGUAGE_LETTERS[language]
  return `${letter ?? ''}${LETTERS[KINDS.indexOf(kind)] ?? ''}`
}

function readSigns(signs: string, names: readonly string[]): Meanings {
  const meanings = new Map<string, Set<Kind>>()
  for (let at = 0; at < signs.length; at += 2) {
    const place = LANGUAGE_LETTERS.indexOf(signs.charAt(at))
    const kind = KINDS[LETTERS.indexOf(signs.charAt(at + 1))]
    for (const language of place < 0 ? names : names.slice(place, place + 1)) {
      const kinds = meanings.get(language) ?? new Set<Kind>()
      if (kind !== undefined) meanings.set(language, kinds.add(kind))
    }
  }
  return meanings
}

/** The kinds, in the order in which a table counts them. */
export const KINDS = [
  'tell',
  'translate',
  'reply',
  'make',
  'write',
  'work',
  'title',
  'text',
  'prose',
  'talk',
  'tongue',
  'chat',
  'writer',
  'form',
  'draw',
  'picture',
  'look',
  'sight',
  'may',
  'ask',
  'you',
  'small',
  'plain',
] as const satisfies readonly Kind[]
