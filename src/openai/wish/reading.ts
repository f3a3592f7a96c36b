import type { Kind, Lexicon } from './lexicon.ts'
import { findOrders, POINTING, toSentences, type Order, type Sentence } from './orders.ts'
import { readToldText, type ToldText } from './told.ts'
import { means, toTokens, type Token } from './tokens.ts'

/** A text as evidence. */
export interface Reading extends ToldText {
  readonly tokens: readonly Token[]
  /** In the order in which they stand; what follows an order and its colon is what the order is about. */
  readonly orders: readonly Order[]
  /** Whether something is asked that words answer. */
  readonly isQuestion: boolean
  /** Whether it asks how something looks. */
  readonly asksForSight: boolean
  /** Whether every word is known to show nothing, in one language. */
  readonly isEmpty: boolean
  /** Whether it asks if pictures can be made, and of nothing. */
  readonly asksAbility: boolean
  /** Whether it holds nothing but greetings, thanks and the like, and words that show nothing. */
  readonly isSmallTalk: boolean
  /** Where the first kind of picture is named, before any kind of text; -1: nowhere. */
  readonly imageAt: number
  /** How many kinds of pictures are named. */
  readonly images: number
  /** How many words say how something looks. */
  readonly looks: number
  /** How many words limit the form of an answer. */
  readonly limits: number
}

export function readText(text: string, lexicon: Lexicon): Reading {
  const told = readToldText(text)
  const tokens = toTokens(told.said, lexicon)
  const all = allOrders(tokens, lexicon)
  const from = givenFrom(all, tokens)
  const found = all.filter(({ at, wants }) => wants === 'words' || at <= from)
  const own = tokens.slice(0, from)
  // A request that is JSON as a whole has its order in quotation marks.
  const isJson = found.length === 0 && told.isConversation && told.said.trim().startsWith('{')
  const orders = isJson ? allOrders(toTokens(told.said.replaceAll('"', ' '), lexicon), lexicon) : found
  const languages = [...lexicon.languages.keys()]
  const count = (...kinds: readonly Kind[]): number =>
    Math.max(...languages.map((one) => own.filter((token) => means(token, one, ...kinds)).length))
  const empty = languages.filter((one) => showsNothing(tokens, one))
  return {
    ...told,
    tokens,
    orders,
    isQuestion: isQuestion(tokens, lexicon),
    asksForSight: count('sight') > 0,
    isEmpty: empty.some((one) => isAddressed(tokens, one)),
    asksAbility: asksAbility(tokens, languages),
    isSmallTalk: empty.some((one) => tokens.some((token) => means(token, one, 'small'))),
    imageAt: imageAt(own, languages),
    images: count('picture'),
    looks: count('look'),
    limits: Math.max(...languages.map((one) => tokens.filter((token) => means(token, one, 'form')).length)),
  }
}

/** A language reads a sentence when it knows nearly as many of its words as the one that knows most. */
const NEARLY = 0.7

function readers(tokens: readonly Token[], lexicon: Lexicon): readonly string[] {
  const known = [...lexicon.languages.keys()].map(
    (language) =>
      [language, tokens.filter(({ meanings }) => meanings?.has(language) === true).length] as const,
  )
  const most = Math.max(...known.map(([, count]) => count))
  return known.filter(([, count]) => count > 0 && count >= most * NEARLY).map(([language]) => language)
}

function allOrders(tokens: readonly Token[], lexicon: Lexicon): readonly Order[] {
  const orders: Order[] = []
  const sentences = toSentences(tokens, '', 'first')
  for (const sentence of sentences) {
    for (const language of readers(sentence.tokens, lexicon)) {
      const verb = lexicon.languages.get(language) ?? 'first'
      const end = tokens[sentence.start + sentence.tokens.length]
      const own = end === undefined ? sentence.tokens : [...sentence.tokens, end]
      for (const order of findOrders(own, language, verb, sentences.length === 1)) {
        orders.push({ ...order, at: order.at + sentence.start })
      }
    }
  }
  return orders.toSorted((a, b) => a.at - b.at || (a.wants === 'image' ? -1 : 1))
}

/** Where begins what an order for words is about: behind its colon, or behind a label such as `Text:`. */
function givenFrom(orders: readonly Order[], tokens: readonly Token[]): number {
  const first = orders.find(({ wants }) => wants === 'words')
  if (first === undefined) return tokens.length
  const given = orders.find((order) => order.wants === 'words' && order.given)
  const label = toSentences(tokens, '', 'first').find(
    ({ tokens: own, start, end }) =>
      end === 'colon' && start > first.at && own.length <= 3 && own.every((token) => isLabel(token)),
  )
  return Math.min(given?.end ?? tokens.length, label?.start ?? tokens.length)
}

function isLabel({ meanings }: Token): boolean {
  return [...(meanings?.values() ?? [])].some((kinds) => kinds.has('talk') || kinds.has('chat') || kinds.has('plain'))
}

const QUIET: readonly Kind[] = ['plain', 'you', 'small', 'ask', 'may', 'reply', 'form', 'tongue']

function isQuiet(token: Token, language: string): boolean {
  if (token.type !== 'word' && token.type !== 'sign') return token.type !== 'given'
  return means(token, language, ...QUIET)
}

function showsNothing(tokens: readonly Token[], language: string): boolean {
  return tokens.every((token) => isQuiet(token, language))
}

/** Words that show nothing may still be a wish (`the model`), unless they speak to somebody. */
function isAddressed(tokens: readonly Token[], language: string): boolean {
  const numbers = tokens.filter(({ type }) => type === 'number').length
  if (numbers > 1 || (numbers === 1 && tokens.some((token) => means(token, language, 'form')))) return true
  const words = tokens.filter(({ type }) => type === 'word')
  if (words.length === 0) return true
  if (words.length === 1 && !tokens.some(({ type }) => type === 'question')) {
    return means(words[0], language, 'small')
  }
  return tokens.some(
    (token) => token.type === 'question' || means(token, language, 'small', 'ask', 'you', 'reply'),
  )
}

function isQuestion(tokens: readonly Token[], lexicon: Lexicon): boolean {
  const sentences = toSentences(tokens, '', 'first')
  return sentences.some((sentence, index) => {
    const others = sentences.filter((_, at) => at !== index).flatMap((one) => one.tokens)
    return readers(sentence.tokens, lexicon).some((language) => {
      if (others.filter((token) => isUnknown(token, language)).length > 1) return false
      return asks({ ...sentence, language, verb: lexicon.languages.get(language) ?? 'first' }, tokens)
    })
  })
}

function isUnknown({ type, meanings }: Token, language: string): boolean {
  return type === 'word' && meanings?.has(language) !== true
}

/** Whether a sentence asks for something that words answer. */
function asks({ tokens: own, start, end, language, verb }: Sentence, all: readonly Token[]): boolean {
  const is = (token: Token | undefined, ...kinds: readonly Kind[]): boolean => means(token, language, ...kinds)
  const unknown = own.filter((token) => isUnknown(token, language)).length
  const words = own.filter(({ type }) => type === 'word').length
  const at = own.findIndex((token) => is(token, 'ask'))
  const may = own.slice(0, 3).findIndex((token) => is(token, 'may'))
  const shown = all.slice(0, start).some((token) => is(token, 'picture', 'draw'))
  if (shown || (may !== -1 && (at === -1 || may < at))) return false
  const isPicture = (token: Token): boolean => is(token, 'picture', 'draw')
  const marked = end === 'question' || (end === 'colon' && unknown === 0)
  if (own.slice(0, Math.max(at, 0)).some(isPicture)) return marked && verb !== 'first'
  if (marked) return at !== -1 || is(own[0], 'you') || TOPIC.has(own.at(-1)?.word ?? '')
  if (at === -1 || unknown > words / 2) return false
  const behind = own.slice(at + 1)
  if (behind.some((token, index) => isPicture(token) && !is(behind[index - 1], 'plain'))) return false
  if (verb === 'first') {
    if (at !== 0 || EXCLAIMS.has(own[1]?.word ?? '')) return false
    return (unknown === 0 && own.length > 1) || own.slice(1, 3).some(isAux)
  }
  const ends = own.slice(-3).some((token) => is(token, 'ask'))
  return ends ? verb !== 'last' || own.slice(-2).some((token) => is(token, 'ask')) : at === 0 && HOW.has(own[0]?.word ?? '')
}

/** `what a dragon` */
const EXCLAIMS: ReadonlySet<string> = new Set(['a', 'an', 'ein', 'eine', 'un', 'une', 'una', 'um', 'uma'])

const HOW: ReadonlySet<string> = new Set('怎么 怎麼 怎样 怎樣 如何 为什么 為什麼 什么是 谁是 なぜ どうして どうやって 왜 어떻게'.split(' '))

/** `The weather in Tokyo?` */
const TOPIC: ReadonlySet<string> = new Set(['は', '는', '은'])

/** Pictures as such, and of nothing. */
const ANY_IMAGE =
  /^(?:images?|pictures?|photos?|drawings?|art|画像を作|絵を描|イラストを作|描け|图|图片|圖片|图像|圖像|画|画图|畫圖|画画|畫畫|畫|照片|画像|絵|写真|이미지|그림|사진|bilder|fotos?|imagen|imagenes|imagem|imagens|immagini?|dessins?|картин.*|изображени.*|صورة?|صور|afbeelding(?:en)?|obraz.*|resim.*|gorsel.*|hinh anh|anh|gambar|зображен.*)$/u

function asksAbility(tokens: readonly Token[], languages: readonly string[]): boolean {
  if (tokens.length > 20 || !tokens.some(({ word, type }) => type === 'word' && ANY_IMAGE.test(word))) return false
  return languages.some(
    (language) =>
      tokens.some((token) => token.type === 'question' || means(token, language, 'ask')) &&
      !tokens.some(({ word }) => /^(?:什么|什麼|随便|something|anything|etwas)$/u.test(word)) &&
      tokens.some((token) => means(token, language, 'may', 'ask')) &&
      tokens.every(
        (token) => isQuiet(token, language) || means(token, language, 'make', 'draw', 'write') || ANY_IMAGE.test(token.word),
      ),
  )
}

/** `what is …`, `how do …`: a question even without its mark. */
const AUXILIARIES: ReadonlySet<string> = new Set(
  `is are was were do does did can could should would has have s to many much long old you est es sont peut ist sind
  macht sao e sono fa значит такое`.split(/\s+/u),
)

function isAux(token: Token | undefined): boolean {
  return token !== undefined && AUXILIARIES.has(token.word)
}

const NAMES: readonly Kind[] = ['title', 'text']

function imageAt(tokens: readonly Token[], languages: readonly string[]): number {
  const places = languages.map((language) => {
    const first = tokens.findIndex((token) => means(token, language, 'picture', ...NAMES))
    const isImage = means(tokens[first], language, 'picture')
    const before = tokens.slice(Math.max(0, first - 2), first)
    return isImage && !before.some(({ word }) => POINTING.has(word)) ? first : -1
  })
  return Math.max(...places)
}
