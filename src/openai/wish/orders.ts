import type { Kind, Words } from './lexicon.ts'
import { means, type Token } from './tokens.ts'

/** Something that a text orders. */
export interface Order {
  readonly wants: 'words' | 'image'
  /** What kind of words: of a reply, of a title, … */
  readonly by: 'tell' | 'translate' | 'reply' | 'title' | 'noun' | 'text' | 'writer' | 'draw' | 'image'
  /** Whether it is about a conversation. */
  readonly aboutChat: boolean
  /** Place of its verb among the tokens. */
  readonly at: number
  /** Whether it is ordered of something that is there: `the title`. */
  readonly definite: boolean
  /** Whether it is about a text that is there. */
  readonly aboutText: boolean
  /** Where its sentence ends. */
  readonly end: number
  /** Whether it is to be one of what is given: `answer only with A or B`. */
  readonly chooses: boolean
  /** Whether what follows a colon is what it is about. */
  readonly given: boolean
}

/** A sentence and where it stands. */
export interface Sentence {
  readonly tokens: readonly Token[]
  readonly start: number
  readonly language: string
  readonly verb: Words['verb']
  readonly end: Token['type'] | undefined
}

/**
 * All orders of a sentence in one language.
 *
 * @param isAlone whether the text has no other sentence
 */
export function findOrders(
  tokens: readonly Token[],
  language: string,
  verb: Words['verb'],
  isAlone: boolean,
): readonly Order[] {
  const sentences = toSentences(tokens, language, verb)
  return sentences.flatMap((sentence) => findInSentence(sentence, isAlone))
}

/** The tokens between marks that end a sentence or announce something. */
export function toSentences(
  tokens: readonly Token[],
  language: string,
  verb: Words['verb'],
): readonly Sentence[] {
  const sentences: Sentence[] = []
  let start = 0
  for (let index = 0; index <= tokens.length; index++) {
    const type = tokens[index]?.type ?? 'end'
    if (type !== 'end' && type !== 'colon' && type !== 'question') continue
    // The key of an object ends nothing.
    if (type === 'colon' && tokens[index - 1]?.type === 'given') continue
    // Nor does a ratio or a time of day.
    if (type === 'colon' && isNumber(tokens[index - 1]) && isNumber(tokens[index + 1])) continue
    if (index > start) {
      sentences.push({ tokens: tokens.slice(start, index), start, language, verb, end: tokens[index]?.type })
    }
    start = index + 1
  }
  return sentences
}

function isNumber(token: Token | undefined): boolean {
  return token?.type === 'number'
}

function findInSentence(sentence: Sentence, isAlone: boolean): readonly Order[] {
  const { tokens, language, start, end } = sentence
  const aboutChat = tokens.some((token) => means(token, language, 'chat'))
  const orders: Order[] = []
  const add = (wants: Order['wants'], by: Order['by'], index: number): void => {
    const definite = POINTING.has(tokens[index + 1]?.word ?? '')
    const chooses = isChoice(tokens)
    orders.push({
      wants,
      by,
      aboutChat,
      aboutText: end === 'colon' || tokens.some((token) => means(token, language, 'talk')),
      definite,
      chooses,
      at: start + index,
      end: start + tokens.length,
      given: end === 'colon',
    })
  }
  const reads = tokens.findIndex(({ word }) => READ.has(word))
  const looksInto = isAlone && tokens.some(({ word }) => LOOK_INTO.test(word))
  if ((reads !== -1 && tokens.some(({ word }) => WRITTEN.has(word))) || looksInto) {
    add('words', 'tell', Math.max(reads, 0))
    return orders
  }
  for (const [index, token] of tokens.entries()) {
    const is = (...kinds: readonly Kind[]): boolean => means(token, language, ...kinds)
    if (is('draw') && stands(sentence, index) && !isNegated(sentence, index)) add('image', 'draw', index)
    if (is('writer') && isRole(sentence, index)) add('words', 'writer', index)
    const isCompound = sentence.verb !== 'first' && means(tokens[index + 1], language, 'picture')
    if (is('tell') && !isCompound && stands(sentence, index)) {
      add(isByImage(sentence, index) ? 'image' : 'words', 'tell', index)
    }
    if (is('translate') && stands(sentence, index) && translatesWhat(sentence)) {
      add(isByImage(sentence, index) ? 'image' : 'words', 'translate', index)
    }
    if (is('reply') && stands(sentence, index) && saysWhat(sentence, index)) {
      const shown = !isChoice(tokens) && tokens.some((one) => means(one, language, 'picture', 'look'))
      if (!shown) add('words', 'reply', index)
      else if (isByImage(sentence, index)) add('image', 'image', index)
    }
    if (is('make', 'write') && stands(sentence, index)) {
      const head = headOf(sentence, index) ?? (aboutChat || isOnText(sentence) ? 'title' : undefined)
      if (head === undefined || isNegated(sentence, index)) continue
      if (head === 'image') add('image', 'image', index)
      else if (isByImage(sentence, index)) add('image', 'image', index)
      else add('words', head === 'title' ? 'title' : 'text', index)
    }
  }
  if (orders.length === 0 && aboutChat && isNamedByNoun(sentence)) add('words', 'noun', 0)
  if (orders.length === 0 && isLanguageAlone(sentence)) add('words', 'translate', 0)
  return orders
}

const ONLY: ReadonlySet<string> = new Set(
  'only just exactly nur seulement uniquement solo solamente unicamente apenas somente soltanto только лишь فقط 只 仅 だけ のみ 만 alleen tylko sadece'.split(' '),
)

const OR: ReadonlySet<string> = new Set('or oder ou o или او 或 或者 か または 또는 of lub veya'.split(' '))

function isChoice(tokens: readonly Token[]): boolean {
  return tokens.some(({ word }) => ONLY.has(word)) && tokens.some(({ word }) => OR.has(word))
}

/** To read what is written in a picture. */
const READ: ReadonlySet<string> = new Set(
  `extract read transcribe recognize recognise lies lis lisez lee lea leia leggi extrae extrais extraia estrai прочитаи
  распознаи اقرا استخرج 提取 识别 識別 读取 讀取 読み取 書き起こ 抽出 추출 읽어 lees haal przeczytaj oku`.split(/\s+/u),
)

/** To look into a picture; with more to it, it is the first step of changing it. */
const LOOK_INTO =
  /^(?:analy[sz]e[rz]?|analysiere|analiz[ae]|analisa|analise|analizza|проанализируи|حلل|分析|분석|analyseer|przeanalizuj|analiz et)$/u

const WRITTEN: ReadonlySet<string> = new Set(
  'text texte texto testo tekst текст نص النص 文字 글자 텍스트 글 テキスト handwriting metni metin'.split(' '),
)

/** An adverb says how, not what. */
const ADVERB = /.ly$|.weise$|.ment$|.mente$/u

/** Whether a verb stands where an order has it: nothing that can be seen comes between it and its clause's edge. */
function stands(sentence: Sentence, index: number): boolean {
  const { tokens, language, verb } = sentence
  if (verb !== 'last' && isNoun(sentence, index)) return false
  const aboutChat = tokens.some((token) => means(token, language, 'chat'))
  const mayBeUnknown = aboutChat && !means(tokens[index], language, 'draw') ? 2 : 0
  const isEmpty = (token: Token): boolean => {
    if (token.type === 'number' || token.type === 'given') return true
    if (means(token, language, 'picture', 'look', 'sight') && !means(token, language, ...VERBS)) return false
    return token.meanings?.has(language) === true || ADVERB.test(token.word)
  }
  if (verb === 'last') {
    const behind = tokens.slice(index + 1)
    const comma = behind.findIndex(({ type }) => type === 'comma')
    return (comma === -1 ? behind : behind.slice(0, comma)).every(isEmpty)
  }
  const before = tokens.slice(0, index)
  const comma = before.findLastIndex(({ type, word }) => type === 'comma' || AND.has(word))
  return before.slice(comma + 1).filter((token) => !isEmpty(token)).length <= mayBeUnknown
}

/** Behind an article stands a noun, but in Romance languages `a` is also what stands before a verb. */
function isNoun({ tokens, language }: Sentence, index: number): boolean {
  const before = tokens[index - 1]?.word ?? ''
  return ARTICLES.has(before) && (before !== 'a' || language === 'english')
}

/** A clause ends in front of one of these. */
const AND: ReadonlySet<string> = new Set('and then und dann et puis y e i и 并 並 然后 然後 再'.split(' '))

/** Behind one of these stands a noun: `a list`, `une affiche`. */
const ARTICLES: ReadonlySet<string> = new Set(
  `a an the un une le la les des el los las una unos unas der die das ein eine einen einem um uma o os as il lo gli
  uno`.split(/\s+/u),
)

const VERBS: readonly Kind[] = ['tell', 'translate', 'reply', 'make', 'write', 'draw']

/** So far in front of a verb its negation stands. */
const NEAR = 3

const NEGATIONS: ReadonlySet<string> = new Set(
  `not no never dont don without nicht kein keine ohne pas sans non senza sin nao sem не без لا دون 不 不要 别 別 勿 禁止 无需 不用 않 말 しない せず なく`.split(
    ' ',
  ),
)

function isNegated({ tokens, verb }: Sentence, index: number): boolean {
  const near =
    verb === 'last' ? tokens.slice(index + 1, index + 1 + NEAR) : tokens.slice(Math.max(0, index - NEAR), index)
  return near.some(({ word }) => NEGATIONS.has(word))
}

/** `you are a translator`: somebody is told to be one. */
function isRole({ tokens, language }: Sentence, index: number): boolean {
  const before = tokens.slice(0, index)
  return before.length <= 14 && before.some((token) => means(token, language, 'you'))
}

/** What an order may be carried out by. */
const BY: ReadonlySet<string> = new Set(
  `as in into with using by als mit in dans en comme avec en sous forme como con come как в виде على ك 用 以 成 做成 画成 畫成 변환`.split(
    ' ',
  ),
)

const BEHIND: ReadonlySet<string> = new Set('で に として 로 으로'.split(' '))

export const POINTING: ReadonlySet<string> = new Set(
  `this that these the your my attached above given uploaded following dieses diesem diesen dem das der cette ce ces la le les l esta este esa la el las los questa questo la il нам этом эту этои 这 這 这张 這張 上 该 この その 이 그`.split(
    ' ',
  ),
)

/** Whether an order to tell is to be carried out in a picture: `explain it as an infographic`. */
function isByImage({ tokens, language }: Sentence, index: number): boolean {
  return tokens.some((token, at) => {
    if (/^visu(?:al|el)/u.test(token.word)) return true
    if (at === index || !means(token, language, 'picture', 'look') || means(token, language, 'title', 'text')) return false
    if (BEHIND.has(tokens[at + 1]?.word ?? '')) return true
    const before = tokens.slice(Math.max(0, at - 4), at)
    const near = tokens.slice(Math.max(0, at - 2), at)
    return before.some(({ word }) => BY.has(word)) && !near.some(({ word }) => POINTING.has(word))
  })
}

/** A translation is ordered together with a language, or with what is translated. */
function translatesWhat({ tokens, language, end }: Sentence): boolean {
  if (end === 'colon') return true
  return tokens.some(
    (token) => token.type === 'given' || means(token, language, 'tongue', 'talk', 'you') || POINTING.has(token.word),
  )
}

/** `Output format` is a heading. */
const FORMATS: ReadonlySet<string> = new Set('format formats 格式 形式 형식 formato формат'.split(' '))

/** A reply is ordered together with what it shall be. */
function saysWhat({ tokens, language }: Sentence, index: number): boolean {
  if (FORMATS.has(tokens[index + 1]?.word ?? '')) return false
  const near = [...tokens.slice(index + 1, index + 5), ...tokens.slice(Math.max(0, index - 3), index)]
  return near.some(
    (token) =>
      token.type === 'given' || token.type === 'number' || means(token, language, 'small', 'form', 'you'),
  )
}

/** `Make a poster of the summary`, whatever their order: one is there, the other is not. */
function isMadeOf({ tokens, language }: Sentence, index: number): boolean {
  const behind = tokens.slice(index + 1)
  const isThere = (kinds: readonly Kind[], before: ReadonlySet<string>): boolean =>
    behind.some((token, at) => means(token, language, ...kinds) && before.has(behind[at - 1]?.word ?? ''))
  return isThere(['title', 'text'], POINTING) && isThere(['picture'], ARTICLES)
}

/** What follows a colon is a text to work on: `fix the grammar: …`. */
function isOnText({ tokens, language, end }: Sentence): boolean {
  const isThere = end === 'colon' || tokens.some(({ word }) => FOLLOWING.has(word))
  return isThere && tokens.some((token) => means(token, language, 'talk'))
}

const FOLLOWING: ReadonlySet<string> = new Set(
  `following given below above folgenden folgende folgendes obigen suivant suivante suivants siguiente siguientes anterior
  seguinte seguintes seguente seguenti следующии следующее следующую التالي التالية 下面 以下 下列 上面 以上 上述 次 下記
  上記 다음 위 아래 volgende bovenstaande nastepujacy asagıdaki yukarıdaki berikut`.split(/\s+/u),
)

type Head = 'title' | 'text' | 'image'

/** As far behind its verb stands what an order asks for. */
const REACH = 18

/** What is ordered: the noun that comes first, or last where the head of a phrase is its end. */
function headOf(sentence: Sentence, index: number): Head | undefined {
  const { tokens, verb } = sentence
  if (verb === 'last') return lastNoun(sentence, Math.max(0, index - REACH), index, index)
  const clause = tokens.slice(index + 1, index + 1 + REACH)
  if (verb === 'middle') {
    const comma = clause.findIndex(({ type }) => type === 'comma')
    const end = comma === -1 ? clause.length : comma
    return (
      lastNoun(sentence, index + 1, index + 1 + end, index) ??
      (means(tokens[index], sentence.language, 'write') ? undefined : lastNoun(sentence, 0, index, index))
    )
  }
  const first = clause.findIndex((_, at) => nounAt(sentence, index + 1 + at, index) !== undefined)
  if (first === -1) return undefined
  if (isMadeOf(sentence, index)) return 'image'
  return sentence.language === 'english'
    ? englishHead(sentence, index + 1 + first, index)
    : nounAt(sentence, index + 1 + first, index)
}

function nounAt(
  { tokens, language }: Sentence,
  index: number,
  verb: number,
): Head | undefined {
  const token = tokens[index]
  if (means(token, language, 'picture')) return 'image'
  if (means(token, language, 'title')) return isSupplied(tokens, index) ? 'image' : 'title'
  if (means(token, language, 'text')) return isSupplied(tokens, index) ? 'image' : 'text'
  const isProse = means(token, language, 'prose') && means(tokens[verb], language, 'write')
  return isProse && !isSupplied(tokens, index) ? 'text' : undefined
}

/** `a title "Hello"`: the words are there, so what is wanted is how they look. */
function isSupplied(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1]?.type === 'given'
}

function lastNoun(
  sentence: Sentence,
  from: number,
  to: number,
  verb: number,
): Head | undefined {
  for (let index = to - 1; index >= from; index--) {
    const { type, meanings } = sentence.tokens[index] ?? {}
    // What stands between a noun and a verb at the end is the head itself.
    if (sentence.verb === 'last' && type === 'word' && meanings === undefined) return undefined
    const noun = nounAt(sentence, index, verb)
    if (noun !== undefined) return noun
  }
  return undefined
}

/** English puts the head of a compound last: `title screen`, `image prompt`. */
function englishHead(sentence: Sentence, first: number, verb: number): Head | undefined {
  let index = first
  while (nounAt(sentence, index + 1, verb) !== undefined) index += 1
  const next = sentence.tokens[index + 1]
  const isCompound =
    COMPOUNDED.has(sentence.tokens[index]?.word ?? '') &&
    next?.type === 'word' &&
    next.meanings?.has('english') !== true &&
    !/(?:ing|ed|able|ible|al|ive|ful|er|ly|ous|ant|ent)$/u.test(next.word)
  return isCompound ? 'image' : nounAt(sentence, index, verb)
}

/** With what stands behind them these are things that can be seen: a question block, a code rain. */
const COMPOUNDED: ReadonlySet<string> = new Set('title tag question code script story name quote'.split(' '))

/** `Into English, please: …` */
function isLanguageAlone({ tokens, language, end }: Sentence): boolean {
  return (
    end === 'colon' &&
    tokens.some((token) => means(token, language, 'tongue')) &&
    tokens.every((token) => token.meanings?.has(language) === true) &&
    !tokens.some((token) => means(token, language, 'picture', 'draw', 'look'))
  )
}

/** `Title for this conversation, five words`: an order without a verb. */
function isNamedByNoun(sentence: Sentence): boolean {
  const { tokens, language } = sentence
  if (tokens.some((token) => means(token, language, 'picture', 'draw'))) return false
  const title = tokens.findIndex((token) => means(token, language, 'title'))
  const chat = tokens.findIndex((token) => means(token, language, 'chat'))
  if (title === -1 || Math.abs(title - chat) > 8) return false
  const before = tokens.slice(0, Math.min(title, chat))
  return before.filter(({ meanings, type }) => type === 'word' && meanings?.has(language) !== true).length <= 2
}
