import { once } from '../../../lib/once.ts'

/** What was taken out of a text, and what is left of it. */
export interface TakenText {
  readonly rest: string
  readonly told: readonly string[]
  /** What the user said in it. */
  readonly users: readonly string[]
  readonly isConversation: boolean
}

const ROLES = {
  user: String.raw`user|human|customer|me|q|client|utilisateur|usuario|usuário|utente|nutzer|benutzer|пользователь|человек|المستخدم|用户|用戶|使用者|我|ユーザー|ユーザ|사용자|나`,
  other: String.raw`assistant|ai|a|bot|model|system|gpt|chatgpt|agent|asistente|assistente|assistent|ассистент|бот|المساعد|助手|助理|机器人|機器人|アシスタント|어시스턴트|봇|도우미`,
}

const roleLine = once(
  () =>
    new RegExp(
      String.raw`^[\s>*#\[\-_\d.]{0,8}(?:(?<user>${ROLES.user})|(?:${ROLES.other}))[\]*_]{0,3}\s?[:：](?<said>.*)$`,
      'iu',
    ),
)

/** A longer line says in its beginning who speaks. */
const MOST_OF_LINE = 4000

/** Anybody's line in a dialogue. */
const NAMED_LINE = /^\s{0,4}(?<name>\p{L}[\p{L} .'’-]{0,24})[:：]\s?\S/u

/** A fence of code, or of three quotation marks. */
const FENCE = /^\s{0,4}(?:```|"""|'''|~~~)/u

/** Who has the word in a line. */
type Speaker = 'user' | 'other' | 'author'

/** What is known of the lines so far. */
interface Listening {
  readonly rest: string[]
  readonly told: string[]
  readonly users: string[]
  fenced: boolean
  speaker: Speaker
  isConversation: boolean
}

/** What is told line by line: `User: …`, a dialogue of names, what stands in a fence. Linear. */
export function takeLines(text: string): TakenText {
  const lines = text.split('\n')
  const names = namesOf(lines)
  const heard: Listening = {
    rest: [],
    told: [],
    users: [],
    fenced: false,
    speaker: 'author',
    isConversation: false,
  }
  for (const line of lines) {
    if (!takeFenced(line, heard)) takeSaid(line, names, heard)
  }
  const { rest, told, users, isConversation } = heard
  const first = told.find((line) => line.trim() !== '')
  if (users.length === 0 && first !== undefined) users.push(first.trim())
  return { rest: rest.join('\n'), told, users, isConversation }
}

function takeFenced(line: string, heard: Listening): boolean {
  const isFence = FENCE.test(line)
  if (!isFence && !heard.fenced) return false
  if (isFence) {
    heard.fenced = !heard.fenced
    const content = line.replace(FENCE, '')
    if (content !== '') heard.told.push(content)
  } else heard.told.push(line)
  heard.rest.push('')
  return true
}

function takeSaid(line: string, names: ReadonlySet<string>, heard: Listening): void {
  const role = roleLine().exec(line.slice(0, MOST_OF_LINE))?.groups
  const isSaid = role !== undefined || names.has(nameOf(line) ?? '')
  if (isSaid) {
    heard.isConversation = true
    heard.speaker = speakerOf(role)
  } else if (line.trim() === '') {
    heard.speaker = 'author'
  }
  const { speaker, users, told, rest } = heard
  if (speaker === 'author') {
    rest.push(line)
    return
  }
  told.push(line)
  rest.push('')
  if (speaker === 'user') listen(users, isSaid ? (role?.['said'] ?? '') : line, isSaid)
}

function nameOf(line: string): string | undefined {
  return NAMED_LINE.exec(line)?.groups?.['name']
}

function speakerOf(role: Readonly<Record<string, string>> | undefined): Speaker {
  return role?.['user'] === undefined ? 'other' : 'user'
}

/** What the user says begins on the line of the role or on the next one. */
function listen(users: string[], line: string, isNew: boolean): void {
  if (isNew) users.push(line.trim())
  else if (users.at(-1) === '') users[users.length - 1] = line.trim()
}

/** A dialogue has at least so many lines. */
const LEAST_LINES = 3

/** Of at most so many people. */
const MOST_NAMES = 3

/** Who speaks in a dialogue of names: each of them more than once. */
function namesOf(lines: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const name = nameOf(line)
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const often = [...counts].filter(([, count]) => count > 1)
  const total = often.reduce((sum, [, count]) => sum + count, 0)
  const isDialogue = total >= LEAST_LINES && often.length <= MOST_NAMES
  return new Set(isDialogue ? often.map(([name]) => name) : [])
}
