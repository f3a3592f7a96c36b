import { readCompactMap, type CompactMap } from '../../lib/compact-map.ts'
import { onceForEach } from '../../lib/once-for-each.ts'
import { once } from '../../lib/once.ts'

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
  /** All that words mean, with `|` between: the signs of each, see `toSign`. A word's number is its place there. */
  readonly meanings: string
  /**
   * The words, by what they are: apart, because what is looked up often, or in many lengths, is more often mistaken
   * for a word that it is not.
   */
  readonly words: Readonly<Record<WordShape, CompactMap>>
}

/** `stem`: it stands for words of any ending; `phrase`: several; `letters`: of a script that puts no spaces. */
export type WordShape = 'stem' | 'phrase' | 'letters' | 'word'

/** @returns what a word is in the table; a stem is asked for as such */
export function shapeOf(word: string): Exclude<WordShape, 'stem'> {
  if (word.includes(' ')) return 'phrase'
  return word.charCodeAt(0) >= FIRST_OF_EAST_ASIA ? 'letters' : 'word'
}

/** Where Unicode's blocks of Chinese and its neighbours begin. */
const FIRST_OF_EAST_ASIA = 0x2e80

/**
 * @param table is read when the first text is, not when the code is loaded, and a word's meanings become sets when it
 *   is looked up, which is one in a hundred of them: ten thousand words in a map took 7 ms of a first chat, when
 *   nothing is compiled yet.
 */
export function createLexicon(table: WordTable): Lexicon {
  const names = table.languages.map(([name]) => name)
  const meanings = once(() => table.meanings.split('|'))
  const meaningsAt = onceForEach((number: number) => readSigns(meanings()[number] ?? '', names))
  const maps = {
    stem: once(() => readCompactMap(table.words.stem)),
    phrase: once(() => readCompactMap(table.words.phrase)),
    letters: once(() => readCompactMap(table.words.letters)),
    word: once(() => readCompactMap(table.words.word)),
  }
  const lookUp = (word: string, shape: WordShape): Meanings | undefined => {
    const number = maps[shape]()(word)
    return number === undefined ? undefined : meaningsAt(number)
  }
  const find = (word: string): Meanings | undefined => lookUp(word, shapeOf(word))
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
        const stem = lookUp(word.slice(0, length), 'stem')
        if (stem !== undefined) found = found === undefined ? stem : new Map([...stem, ...found])
      }
      return found
    },
  }
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
