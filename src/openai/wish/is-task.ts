import { FEWEST_TOKENS } from './evidence.ts'
import type { Read } from './read.ts'

/**
 * Whether a request is an app's order for words, when its text could also be read aloud: everything can be
 * said, so only what is told beside the text counts, and an order that is about a conversation.
 */
export function isTask({ asked, makesWriter, wordsOrders, text }: Read): boolean {
  const { maxTokens, json } = asked
  if (maxTokens !== undefined && maxTokens <= FEWEST_TOKENS) return true
  if (json !== undefined || makesWriter) return true
  return wordsOrders.some(
    ({ aboutChat, by }) => (aboutChat && by !== 'reply') || text.isConversation,
  )
}
