import { takeLines, type TakenText } from './told-lines.ts'
import { takeTags } from './told-tags.ts'

/** A text, with what it tells of a conversation or quotes from elsewhere taken out of it. */
export interface ToldText {
  /** What its author says: orders, questions, wishes. */
  readonly said: string
  /** What the user said in the conversations that it tells, oldest first. */
  readonly users: readonly string[]
  /** Whether a conversation is told. */
  readonly isConversation: boolean
  /** Whether anything is quoted: documents, code, a conversation. */
  readonly hasBlocks: boolean
}

/** As much as is read of either end of a text: what is ordered stands before or behind what it is about. */
const MOST_CHARACTERS = 3000

/** Takes a text apart; what is longer than two windows is known by its two ends. Linear. */
export function readToldText(whole: string): ToldText {
  const text =
    whole.length <= 2 * MOST_CHARACTERS
      ? whole
      : `${whole.slice(0, MOST_CHARACTERS)}\n\n${whole.slice(-MOST_CHARACTERS)}`
  const json = takeJson(text)
  const tags = takeTags(json.rest)
  const lines = takeLines(tags.rest)
  const all = [json, tags, lines]
  return {
    said: lines.rest,
    users: all.flatMap(({ users }) => users),
    isConversation: all.some(({ isConversation }) => isConversation),
    hasBlocks: all.some(({ told }) => told.length > 0),
  }
}

const JSON_ROLE = /"role"\s{0,2}:\s{0,2}"(?:user|assistant|system|human|model|tool|developer)"/u

const JSON_USER =
  /"role"\s{0,2}:\s{0,2}"user"\s{0,2},\s{0,4}"\w{1,20}"\s{0,2}:\s{0,2}"(?<said>[^"\\]{0,4000})/gu

/** Messages as JSON: from the first bracket before a role to the last one behind it. */
function takeJson(text: string): TakenText {
  const role = text.search(JSON_ROLE)
  const opening = text.slice(0, Math.max(0, role))
  const list = opening.indexOf('[')
  const from = list === -1 ? opening.lastIndexOf('{') : list
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'))
  if (from === -1 || end < role) return { rest: text, told: [], users: [], isConversation: false }
  const told = text.slice(from, end + 1)
  const users = [...told.matchAll(JSON_USER)].map(({ groups }) => groups?.['said'] ?? '')
  const rest = `${text.slice(0, from)}\n\n${text.slice(end + 1)}`
  return { rest, told: [told], users, isConversation: users.length > 0 }
}
