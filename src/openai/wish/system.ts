import type { Lexicon } from './lexicon.ts'
import type { TextOrder } from './orders/find-orders.ts'
import { readText, type Reading } from './reading.ts'

/** `You are an assistant that summarizes text.` */
const THAT_DOES =
  /\b(?:that|who|which|you) (summari[sz]e|translate|generate|create|write|rewrite|produce|extract|classifie|name|detect|decide|complete|correct|convert)s\b/giu

/** `Your job is naming chats.` */
const IS_DOING =
  /\b(?:job|task|role|purpose|function|goal|responsible for|speciali[sz]\w{2} in|expert (?:at|in))(?: is)? (?<verb>[a-z]{2,12})ing\b/giu

/** What an app says before the conversation, its jobs as the orders that they are. */
export function readInstructions(instructions: readonly string[], lexicon: Lexicon): Reading {
  const said = instructions
    .join('\n')
    .replaceAll(THAT_DOES, '$1')
    .replaceAll(
      IS_DOING,
      (_, verb: string) => `${verb}${/[aeiou][^aeiouy]$/u.test(verb) ? 'e' : ''}`,
    )
  return readText(said, lexicon)
}

/**
 * What longer instructions begin with: `You are a title generator. You output only a title.` before rules and
 * examples; undefined: they are short.
 */
export function openingOf(instructions: readonly string[]): string | undefined {
  const said = instructions.join('\n').trimStart()
  if (said.length <= MOST_INSTRUCTIONS) return undefined
  const [opening = ''] = said.slice(0, MOST_INSTRUCTIONS).replaceAll('\r', '').split('\n\n', 1)
  return opening
}

/** Whether the first that they say is that the model writes titles, summaries, translations. */
export function opensAsWriter(opening: Reading): boolean {
  return opening.orders[0]?.by === 'writer' && makesWriter(opening)
}

/** Instructions longer than this are a character or a way to work, not one order. */
const MOST_INSTRUCTIONS = 1200

/** The order stands in one of so many first sentences; later on it is one thing that the model can do, too. */
const FIRST_SENTENCES = 2

/** Or among so many first words. */
const FIRST_WORDS = 16

/** Whether an app's instructions are one order for words, and no wish for a picture. */
export function makesWriter(system: Reading): boolean {
  const { orders, said, limits, sentences } = system
  const [first] = orders
  if (said.length > MOST_INSTRUCTIONS) return false
  if (orders.some(({ by, chooses }) => by === 'reply' && chooses)) return true
  // The message is something to work on, and the answer a word or a value.
  if (system.isAboutText && system.ordersShortAnswer) return true
  if (system.beginsWithImage && first?.by !== 'writer') return false
  if (namesChats(system)) return true
  if (first?.wants !== 'words' || orders.some(({ wants }) => wants === 'image')) return false
  const isShort = sentences <= FIRST_SENTENCES
  return orders.some(
    (order) => (order.at < FIRST_WORDS || isShort || limits > 1) && isJob(order, system),
  )
}

/** No more is said to somebody who only gives chats a name. */
const MOST_TOKENS = 14

/** `Tu nommes les conversations : cinq mots au plus.` */
function namesChats({ orders, length, limits, isAboutChat }: Reading): boolean {
  return isAboutChat && length <= MOST_TOKENS && limits > 0 && orders.length === 0
}

function isJob({ by, aboutChat, aboutText, addressed, at }: TextOrder, system: Reading): boolean {
  const { said, limits, firstEnd } = system
  switch (by) {
    case 'noun':
      return addressed || limits > 1
    case 'work':
      return aboutText || aboutChat
    case 'tell':
      // `You are a helpful assistant. Explain things simply.`
      return aboutText || aboutChat || at < firstEnd
    case 'title':
      // The form of its calls, not of its answers.
      return !/\b(?:tools?|functions?)\b/iu.test(said)
    case 'translate':
    case 'writer':
      return true
    case 'text':
      return /\bjson\b/iu.test(said)
    case 'reply':
    case 'draw':
      return false
  }
}
