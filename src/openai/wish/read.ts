import type { Asked } from './asked.ts'
import type { Lexicon } from './lexicon.ts'
import type { TextOrder } from './orders/find-orders.ts'
import { readText, type Reading } from './reading.ts'
import { makesWriter, openingOf, opensAsWriter, readInstructions } from './system.ts'

/** What a request is, read once. */
export interface Read {
  readonly asked: Asked
  /** What the user says, or the app where its words come last. */
  readonly text: Reading
  /** Those of its orders for words that count. */
  readonly wordsOrders: readonly TextOrder[]
  /** What the app says before the conversation. */
  readonly system: Reading
  /** Whether that makes the model a writer of titles, summaries, translations. */
  readonly makesWriter: boolean
}

export function readAsked(asked: Asked, lexicon: Lexicon): Read {
  const { instructions, instructedLast } = asked
  const last = instructedLast ? readText(instructions.at(-1) ?? '', lexicon) : undefined
  // `Be kind.` behind a wish is no order of its own.
  if (last !== undefined && last.orders.some(({ wants }) => wants === 'words')) {
    return toRead(asked, last, readText('', lexicon))
  }
  const own = { ...asked, instructedLast: false }
  const read = toRead(own, readText(asked.text, lexicon), readInstructions(instructions, lexicon))
  const opening = openingOf(instructions)
  if (opening === undefined || read.makesWriter) return read
  return { ...read, makesWriter: opensAsWriter(readInstructions([opening], lexicon)) }
}

function toRead(asked: Asked, text: Reading, system: Reading): Read {
  return {
    asked,
    text,
    wordsOrders: wordsOrders(asked, text),
    system,
    makesWriter: makesWriter(system),
  }
}

function wordsOrders(asked: Asked, text: Reading): readonly TextOrder[] {
  // A translation of what stands in a picture is a picture.
  const translates = text.orders.some(({ by }) => by === 'translate')
  if (translates && asked.images !== 'none') return []
  return text.orders.filter(
    (order) =>
      order.wants === 'words' &&
      !isInside(order, text) &&
      (!order.looksInto || asked.images === 'sent') &&
      (order.by !== 'work' || asked.images === 'none') &&
      !isOfImage(order, asked, text) &&
      // `Answer from the context` is what a template says around a wish.
      (order.by !== 'reply' || order.aboutChat || !text.hasBlocks),
  )
}

/** A text with more pieces is long: an order within it is a part of what is described. */
const LONG = 60

/** So near to either end an order of a long text stands. */
const NEAR_END = 25

function isInside({ at, aboutChat }: TextOrder, { length, isConversation }: Reading): boolean {
  const isNearEnd = at <= NEAR_END || at >= length - NEAR_END
  return length > LONG && !isNearEnd && !aboutChat && !isConversation
}

/** Somebody asks for words about a picture. */
const POINTS =
  /\b(?:this|the) (?:image|photo|picture)|\b(?:for|about|of|from) (?:this|it|these)\b|图片|照片|这张图|圖片|この画像|この写真|이 사진|이미지|(?:dieses|diesem|das|dem) (?:bild|foto)|cette (?:image|photo)|esta (?:imagen|foto|imagem)|questa (?:immagine|foto)|картин|фото|الصورة/iu

/** A title is suggested in words. */
const SUGGESTS = /^(?:please )?(?:suggest|propose|schlag|propon|suger|sugier|предлож|建议|推荐)/iu

/** `Make the title larger`: a title that is seen. */
function isOfImage(order: TextOrder, { images }: Asked, text: Reading): boolean {
  if (order.aboutChat) return false
  const isMade = order.by === 'title' || order.by === 'text'
  if (isMade && order.definite && !order.aboutText && !text.hasBlocks) return true
  if (order.by !== 'title' || images === 'none') return false
  if (SUGGESTS.test(text.said)) return false
  return order.definite || (!POINTS.test(text.said) && text.limits === 0)
}
