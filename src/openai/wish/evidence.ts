import type { Asked } from './asked.ts'
import type { Reading } from './reading.ts'

/** What a request is, read once. */
export interface Read {
  readonly asked: Asked
  /** What the user says, or the app where its words come last. */
  readonly text: Reading
  /** What the app says before the conversation. */
  readonly system: Reading
}

/** One thing that speaks for words (above 0) or for a picture (below 0). */
export interface Evidence {
  readonly name: string
  readonly weight: number
  /** How often it is there, 0 to a few. */
  count(read: Read): number
}

/** An answer of so few tokens holds no picture's address. */
const FEWEST_TOKENS = 64

/** Instructions longer than this are a character or a way to work, not one order. */
const MOST_INSTRUCTIONS = 1200

/** Words win from here on. */
export const WORDS_FROM = 4

/** Weights are whole steps: 4 decides alone, 8 against one that does, 12 against nearly everything. */
export const EVIDENCE: readonly Evidence[] = [
  {
    name: 'allows fewer tokens than a picture’s address has',
    weight: 40,
    count: ({ asked: { maxTokens } }) => yes(maxTokens !== undefined && maxTokens <= FEWEST_TOKENS),
  },
  {
    name: 'wants JSON by the request’s own field',
    weight: 8,
    count: ({ asked: { json } }) => yes(json !== undefined),
  },
  {
    name: 'offers tools, none of which makes pictures',
    weight: 1,
    count: ({ asked: { otherTools } }) => yes(otherTools),
  },
  {
    name: 'makes the model a writer of titles, summaries, translations …',
    weight: 18,
    count: ({ system }) => yes(makesWriter(system)),
  },
  {
    name: 'orders words',
    weight: 4,
    count: (read) => yes(wordsOrders(read).length > 0),
  },
  {
    name: 'what it orders is about a conversation',
    weight: 3,
    count: (read) =>
      yes(
        wordsOrders(read).some(({ aboutChat, by }) => aboutChat && by !== 'reply') ||
          (wordsOrders(read).length > 0 && read.text.isConversation),
      ),
  },
  {
    name: 'limits the form of the words it orders',
    weight: 1,
    count: (read) => (wordsOrders(read).length > 0 ? Math.min(3, read.text.limits) : 0),
  },
  {
    name: 'asks a question',
    weight: 4,
    count: ({ text }) => yes(text.isQuestion && !text.orders.some(({ wants }) => wants === 'image')),
  },
  {
    name: 'has nothing that can be seen',
    weight: 4,
    count: ({ asked, text }) => yes(text.isEmpty && (asked.images === 'none' || text.isSmallTalk)),
  },
  {
    name: 'asks whether pictures can be made, and of nothing',
    weight: 20,
    count: ({ asked, text }) => yes(text.asksAbility && asked.images === 'none'),
  },
  {
    name: 'orders a picture first',
    weight: -8,
    count: ({ text: { orders } }) => yes(orders[0]?.wants === 'image'),
  },
  {
    name: 'orders a picture, too',
    weight: -4,
    count: ({ text: { orders } }) =>
      yes(orders[0]?.wants === 'words' && orders.some(({ wants }) => wants === 'image')),
  },
  {
    name: 'begins with a kind of picture',
    weight: -5,
    count: (read) => {
      const { imageAt, isQuestion } = read.text
      const order = wordsOrders(read)[0]?.at ?? Infinity
      return yes(imageAt !== -1 && imageAt < order && !isQuestion)
    },
  },
  {
    name: 'names several kinds of pictures',
    weight: -4,
    count: (read) => yes(read.text.images > 1 && wordsOrders(read).length > 0 && !isAboutText(read)),
  },
  {
    name: 'asks how something looks',
    weight: -6,
    count: (read) => yes(read.text.asksForSight && wordsOrders(read).length === 0),
  },
  {
    name: 'says how it shall look',
    weight: -2,
    count: ({ text: { looks, orders } }) =>
      looks > 3 ? 2 : yes(looks > 1 || (looks === 1 && orders.some(({ by }) => MADE.has(by)))),
  },
]

/** What is made, and so may be made to be looked at. */
const MADE: ReadonlySet<string> = new Set(['title', 'text'])

function yes(is: boolean): number {
  return is ? 1 : 0
}

/** Whether the words are about a conversation, or about a picture that is there. */
function isAboutText(read: Read): boolean {
  const { asked, text } = read
  return (
    asked.images !== 'none' ||
    text.hasBlocks ||
    wordsOrders(read).some(({ aboutChat, by }) => aboutChat || by === 'reply' || by === 'writer') ||
    /prompt|提示词|提示詞|プロンプト|프롬프트/iu.test(text.said)
  )
}

/** A text with more pieces is long: an order within it is a part of what is described. */
const LONG = 60

/** So near to either end an order of a long text stands. */
const NEAR_END = 25

/** The orders for words that count: a translation of what stands in a picture is a picture. */
function wordsOrders({ asked, text }: Read): Reading['orders'] {
  const translates = text.orders.some(({ by }) => by === 'translate')
  if (translates && asked.images !== 'none') return []
  return text.orders.filter(({ wants, by, at, aboutChat, aboutText, definite }) => {
    if (wants !== 'words') return false
    const { length } = text.tokens
    const isInside = length > LONG && at > NEAR_END && at < length - NEAR_END
    if (isInside && !aboutChat && !text.isConversation) return false
    const isThere = definite && !aboutChat && !aboutText && !text.hasBlocks
    if (isThere && MADE.has(by)) return false
    if (by === 'title' && asked.images !== 'none' && !aboutChat) {
      return POINTS.test(text.said) || (!definite && text.limits > 0)
    }
    return by !== 'reply' || aboutChat || !text.hasBlocks
  })
}

/** Somebody asks for words about a picture. */
const POINTS =
  /\b(?:this|the) (?:image|photo|picture)|图片|照片|这张图|圖片|この画像|この写真|이 사진|이미지|(?:dieses|diesem|das|dem) (?:bild|foto)|cette (?:image|photo)|esta (?:imagen|foto|imagem)|questa (?:immagine|foto)|картин|фото|الصورة/iu

/** Whether an app's instructions are one order for words, and no wish for a picture. */
function makesWriter({ orders, said, tokens, limits }: Reading): boolean {
  const [first] = orders
  if (first === undefined || said.length > MOST_INSTRUCTIONS) return false
  if (first.at < 60 && orders.some(({ by, chooses }) => by === 'reply' && chooses)) return true
  if (first.wants !== 'words') return false
  const jobs = new Set(['title', 'translate', 'writer', 'tell'])
  const isJob = (order: Reading['orders'][number]): boolean =>
    jobs.has(order.by) || (order.by === 'noun' && limits > 1) || (order.by === 'reply' && order.aboutChat)
  if (!orders.some((order) => isJob(order) && order.at < 60)) return false
  return tokens.length < 400 && !orders.some(({ by }) => by === 'draw')
}
