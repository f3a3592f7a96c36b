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
  /** How things look: style, lighting. */
  readonly look: string
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

/**
 * The words are listed when the first text is read, not when the code is loaded, and a word's meanings become sets
 * when it is looked up: that is one in a hundred of them, and all at once were 30 ms of a first chat. They never
 * change afterwards.
 *
 * @param shared words that people use in every language: OK, JSON
 */
export function createLexicon(
  shared: Partial<Omit<Words, 'verb'>>,
  languages: Readonly<Record<string, Words>>,
): Lexicon {
  const names = Object.keys(languages)
  const known = new Map<string, Meanings>()
  let listed: Listed | undefined
  const list = (): Listed => (listed ??= listWords([shared, ...Object.values(languages)]))
  const toMeanings = (signs: string | undefined): Meanings | undefined => {
    if (signs === undefined) return undefined
    const meanings = known.get(signs) ?? readSigns(signs, names)
    known.set(signs, meanings)
    return meanings
  }
  const find = (word: string): Meanings | undefined => toMeanings(list().words.get(word))
  return {
    languages: new Map(Object.entries(languages).map(([name, { verb }]) => [name, verb])),
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
      const { stems } = list()
      let found = find(word)
      for (let length = Math.min(word.length, MOST_STEM); length >= LEAST_STEM; length--) {
        const stem = toMeanings(stems.get(word.slice(0, length)))
        if (stem !== undefined) found = found === undefined ? stem : new Map([...stem, ...found])
      }
      return found
    },
  }
}

/** Words and stems, each with its signs: a letter for every meaning, which tells the language and the kind. */
interface Listed {
  readonly words: ReadonlyMap<string, string>
  readonly stems: ReadonlyMap<string, string>
}

/** @param lists the first are of every language, each of the others of one */
function listWords(lists: readonly Partial<Omit<Words, 'verb'>>[]): Listed {
  const words = new Map<string, string>()
  const stems = new Map<string, string>()
  for (const [place, list] of lists.entries()) {
    for (const [index, kind] of KINDS.entries()) {
      const sign = String.fromCharCode(place * KINDS.length + index)
      for (const word of (list[kind] ?? '').split(WHITE_SPACE)) {
        const isStem = word.endsWith('*')
        const into = isStem ? stems : words
        const key = (isStem ? word.slice(0, -1) : word).replaceAll('_', ' ')
        const signs = into.get(key)
        into.set(key, signs === undefined ? sign : signs + sign)
      }
    }
  }
  // What stands around the lists.
  words.delete('')
  return { words, stems }
}

const WHITE_SPACE = /\s+/u

/** @param names the languages in the order of the lists, but for the first list, which is of all of them */
function readSigns(signs: string, names: readonly string[]): Meanings {
  const meanings = new Map<string, Set<Kind>>()
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs.charCodeAt(at)
    const place = Math.floor(sign / KINDS.length)
    const kind = KINDS[sign % KINDS.length]
    for (const language of place === 0 ? names : names.slice(place - 1, place)) {
      const kinds = meanings.get(language) ?? new Set<Kind>()
      if (kind !== undefined) meanings.set(language, kinds.add(kind))
    }
  }
  return meanings
}

const KINDS = [
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
