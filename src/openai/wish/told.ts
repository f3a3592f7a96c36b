/** A text, with what it tells of a conversation or quotes from elsewhere taken out of it. */
export interface ToldText {
  /** What its author says: orders, questions, wishes. */
  readonly said: string
  /** What the user said in the conversations that it tells, oldest first. */
  readonly users: readonly string[]
  /** What it quotes: documents, code, the conversation with both its sides. */
  readonly told: string
  /** Whether a conversation is told. */
  readonly isConversation: boolean
  /** Whether documents or sections surround what is said. */
  readonly hasBlocks: boolean
}

/** As much as is read of either end of a text: what is ordered stands before or behind what it is about. */
const MOST_CHARACTERS = 8000

const ROLES = {
  user: String.raw`user|human|customer|me|client|utilisateur|usuario|usuário|utente|nutzer|benutzer|пользователь|человек|المستخدم|用户|用戶|使用者|我|ユーザー|ユーザ|사용자|나`,
  other: String.raw`assistant|ai|bot|model|system|gpt|chatgpt|agent|asistente|assistente|assistent|ассистент|бот|المساعد|助手|助理|机器人|機器人|アシスタント|어시스턴트|봇|도우미`,
}

const MARKED = String.raw`^[\s>*#\[\-_\d.]{0,8}`

const ROLE_LINE = new RegExp(
  String.raw`${MARKED}(?:(?<user>${ROLES.user})|(?:${ROLES.other}))[\]*_]{0,3}\s?[:：](?<said>.*)$`,
  'iu',
)

/** Anybody's line in a dialogue. */
const NAMED_LINE = /^\s{0,4}(?<name>\p{L}[\p{L} .'’-]{0,24})[:：]\s?\S/u

/** Takes a text apart; what is longer than two windows is known by its two ends. Linear. */
export function readToldText(whole: string): ToldText {
  const text =
    whole.length <= 2 * MOST_CHARACTERS
      ? whole
      : `${whole.slice(0, MOST_CHARACTERS)}\n\n${whole.slice(-MOST_CHARACTERS)}`
  const json = takeJson(text)
  const tags = takeTags(json.rest)
  const lines = takeLines(tags.rest)
  const told = [...json.told, ...tags.told, ...lines.told]
  return {
    said: lines.rest,
    users: [...json.users, ...tags.users, ...lines.users],
    told: told.join('\n'),
    isConversation: json.users.length > 0 || tags.isConversation || lines.isConversation,
    hasBlocks: told.length > 0,
  }
}

interface Taken {
  readonly rest: string
  readonly told: readonly string[]
  readonly users: readonly string[]
}

const JSON_USER =
  /"role"\s{0,2}:\s{0,2}"user"\s{0,2},\s{0,4}"\w{1,20}"\s{0,2}:\s{0,2}"(?<said>[^"\\]{0,4000})/gu

const JSON_ROLE = /"role"\s{0,2}:\s{0,2}"(?:user|assistant|system|human|model|tool|developer)"/u

/** Messages as JSON: from the first bracket before a role to the last one behind it. */
function takeJson(text: string): Taken {
  const role = text.search(JSON_ROLE)
  if (role === -1) return { rest: text, told: [], users: [] }
  const opening = text.slice(0, role)
  const start = Math.max(opening.indexOf('['), opening.lastIndexOf('{'))
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'))
  if (start === -1 || end < role) return { rest: text, told: [], users: [] }
  const from = opening.includes('[') ? opening.indexOf('[') : start
  const told = text.slice(from, end + 1)
  const users = [...told.matchAll(JSON_USER)].map(({ groups }) => groups?.['said'] ?? '')
  return { rest: `${text.slice(0, from)}\n\n${text.slice(end + 1)}`, told: [told], users }
}

const TAG = /<(?<name>[\p{L}_][\p{L}\p{N}_:-]{0,30})(?:\s[^<>]{0,200})?>/gu

/** More are not looked at one by one. */
const MOST_TAGS = 60

const USERS_TAG = /^(?:user|human|user_message|usermessage|u|用户)$/iu

const CONVERSATION_TAG = /chat|conv|histor|messag|dialog|transcript|assistant|thread|exchange|turn|对话|聊天/iu

/** In these an app puts what the user says now. */
const ASKED_TAG = /query|question|request|input|wish|instruction|task|prompt|goal|role|rule|output|guideline|format/iu

/** What stands between tags, `<context>…</context>`. */
function takeTags(text: string): Taken & { readonly isConversation: boolean } {
  const told: string[] = []
  const users: string[] = []
  let rest = ''
  let done = 0
  let isConversation = false
  let count = 0
  for (const { groups, index, 0: tag } of text.matchAll(TAG)) {
    const name = groups?.['name'] ?? ''
    if (index < done || (count += 1) > MOST_TAGS) continue
    const close = text.indexOf(`</${name}>`, index)
    if (close === -1) continue
    const content = text.slice(index + tag.length, close)
    if (ASKED_TAG.test(name) && !CONVERSATION_TAG.test(name)) {
      rest += `${text.slice(done, index)}\n${content}\n`
    } else {
      rest += `${text.slice(done, index)}\n\n`
      told.push(content)
      if (USERS_TAG.test(name)) users.push(content.trim())
      const inside = takeInside(content)
      users.push(...inside.users)
      isConversation ||= inside.isConversation || CONVERSATION_TAG.test(name) || USERS_TAG.test(name)
    }
    done = close + name.length + 3
  }
  return { rest: rest + text.slice(done), told, users, isConversation }
}

const INNER_USER = /<(?:user|human)>\s{0,4}(?<said>[^<]{1,4000})/giu

function takeInside(content: string): { users: readonly string[]; isConversation: boolean } {
  const tagged = [...content.matchAll(INNER_USER)].map(({ groups }) => groups?.['said']?.trim() ?? '')
  const lines = takeLines(content)
  const users = [...tagged, ...lines.users]
  return { users, isConversation: users.length > 0 || lines.isConversation }
}

/** A fence of code, or of three quotation marks. */
const FENCE = /^\s{0,4}(?:```|"""|'''|~~~)/u

/** A dialogue has at least so many lines. */
const LEAST_LINES = 3

function takeLines(text: string): Taken & { readonly isConversation: boolean } {
  const lines = text.split('\n')
  const named = namesOf(lines)
  const rest: string[] = []
  const told: string[] = []
  const users: string[] = []
  let isConversation = false
  let fenced = false
  let speaking: 'user' | 'other' | undefined
  for (const line of lines) {
    if (FENCE.test(line)) {
      fenced = !fenced
      rest.push('')
      continue
    }
    if (fenced) {
      told.push(line)
      continue
    }
    const role = ROLE_LINE.exec(line.slice(0, 4000))
    if (role !== null || isNamed(line, named)) {
      speaking = role?.groups?.['user'] === undefined ? 'other' : 'user'
      isConversation = true
      told.push(line)
      rest.push('')
      if (speaking === 'user') users.push((role?.groups?.['said'] ?? '').trim())
    } else if (speaking !== undefined && line.trim() !== '') {
      told.push(line)
      if (speaking === 'user' && users.at(-1) === '') users[users.length - 1] = line.trim()
    } else {
      speaking = undefined
      rest.push(line)
    }
  }
  const firstFenced = told.find((line) => line.trim() !== '')
  if (users.length === 0 && firstFenced !== undefined) users.push(firstFenced.trim())
  return { rest: rest.join('\n'), told, users, isConversation }
}

/** Who speaks in a dialogue of names: each of them more than once. */
function namesOf(lines: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const name = NAMED_LINE.exec(line)?.groups?.['name']
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const often = [...counts].filter(([, count]) => count > 1)
  const total = often.reduce((sum, [, count]) => sum + count, 0)
  return new Set(total >= LEAST_LINES && often.length <= 3 ? often.map(([name]) => name) : [])
}

function isNamed(line: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
  return names.has(NAMED_LINE.exec(line)?.groups?.['name'] ?? '')
}
