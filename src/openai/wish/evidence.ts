import type { Read } from './read.ts'

/** One thing that speaks for words (above 0) or for a picture (below 0). */
export interface Evidence {
  readonly name: string
  readonly weight: number
  /** How often it is there, 0 to a few. */
  readonly count: (read: Read) => number
}

/** An answer of so few tokens holds no picture's address. */
export const FEWEST_TOKENS = 64

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
    count: ({ asked: { tools } }) => yes(tools.length > 0),
  },
  {
    name: 'makes the model a writer of titles, summaries, translations …',
    weight: 18,
    count: (read) => yes(read.makesWriter),
  },
  {
    name: 'orders words',
    weight: 4,
    count: (read) => yes(read.wordsOrders.length > 0),
  },
  {
    name: 'what it orders is about a conversation',
    weight: 3,
    count: (read) =>
      yes(
        read.wordsOrders.some(({ aboutChat, by }) => aboutChat && by !== 'reply') ||
          (read.wordsOrders.length > 0 && read.text.isConversation),
      ),
  },
  {
    name: 'limits the form of the words it orders',
    weight: 1,
    count: (read) => (read.wordsOrders.length > 0 ? Math.min(3, read.text.limits) : 0),
  },
  {
    name: 'wants one word or value, and no picture',
    weight: 3,
    count: ({ text, wordsOrders }) => yes(wordsOrders.length > 0 && text.ordersShortAnswer),
  },
  {
    name: 'asks a question',
    weight: 4,
    count: (read) => yes(isAsked(read) && !proposes(read)),
  },
  {
    name: 'has nothing that can be seen',
    weight: 4,
    count: ({ asked, text }) => yes(text.isEmpty && (asked.images === 'none' || text.isSmallTalk)),
  },
  {
    name: 'tells the model what to be, or how somebody is',
    weight: 4,
    count: ({ asked, text }) => yes(asked.images === 'none' && text.isSpoken),
  },
  {
    name: 'thanks for a picture',
    weight: 4,
    count: ({ asked, text }) => yes(asked.images === 'earlier' && text.isThanks),
  },
  {
    name: 'speaks of what an offered tool does',
    weight: 3,
    count: (read) => yes(namesTool(read)),
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
      const order = read.wordsOrders[0]?.at ?? Infinity
      return yes(imageAt !== -1 && imageAt < order && !isQuestion)
    },
  },
  {
    name: 'names several kinds of pictures',
    weight: -4,
    count: (read) => yes(read.wordsOrders.length > 0 && read.text.images > 1 && !isAboutText(read)),
  },
  {
    name: 'asks how something looks',
    weight: -6,
    count: (read) =>
      yes(read.text.asksForSight && !read.text.isSmallTalk && read.wordsOrders.length === 0),
  },
  {
    name: 'says how it shall look',
    weight: -2,
    count: ({ text: { looks, orders } }) =>
      looks > 3
        ? 2
        : yes(looks > 1 || (looks === 1 && orders.some(({ by, made }) => made && MADE.has(by)))),
  },
]

function isAsked({ asked, text }: Read): boolean {
  const isQuestion = text.isQuestion || (asked.images === 'none' && text.isMarkedOnly)
  const isWish = text.orders.some(({ wants }) => wants === 'image')
  return isQuestion && !isWish && (asked.images !== 'earlier' || text.sentences === 1)
}

/** Beside a picture these change it: `how about pink?`, and beside an earlier one `is there one without glasses?` */
function proposes({ asked, text }: Read): boolean {
  if (asked.images === 'none') return false
  return PROPOSES.test(text.said) || (asked.images === 'earlier' && OTHER.test(text.said))
}

const PROPOSES =
  /^\W{0,3}(?:how about|what about|(?:can|could|shall|should) we|wie w[äa]re)|怎么样|怎麼樣|どうですか|어때|可以吗|好吗|行吗|可以嗎|好嗎/iu

const OTHER = /^\W{0,3}(?:is there|are there|gibt es|what happens if)/iu

/** What is made, and so may be made to be looked at. */
const MADE: ReadonlySet<string> = new Set(['title', 'text'])

/** Words of a tool's name that say nothing of what it is for. */
const OF_ANY_TOOL =
  /^(?:get|set|make|create|draw|image|picture|the|for|run|call|use|tool|new|all|add|file)$/u

/** As much of a word is compared, without its ending. */
const STEM = 5

function namesTool({ asked, text }: Read): boolean {
  const names = asked.tools.flatMap((tool) =>
    tool
      .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '_')
      .toLowerCase()
      .split(/[^a-z]+/u)
      .filter((word) => word.length > 2 && !OF_ANY_TOOL.test(word)),
  )
  const said = text.said.toLowerCase().split(/[^a-z]+/u)
  return names.some((name) => said.some((word) => word.startsWith(name.slice(0, STEM))))
}

function yes(is: boolean): number {
  return is ? 1 : 0
}

/** Whether the words are about a conversation, or about a picture that is there. */
function isAboutText({ asked, text, wordsOrders }: Read): boolean {
  return (
    asked.images !== 'none' ||
    text.hasBlocks ||
    wordsOrders.some(({ aboutChat, by }) => aboutChat || by === 'reply' || by === 'writer') ||
    /prompt|提示词|提示詞|プロンプト|프롬프트/iu.test(text.said)
  )
}
