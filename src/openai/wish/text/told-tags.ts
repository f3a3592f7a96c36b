import { takeLines, type TakenText } from './told-lines.ts'

const TAG = /<(?<name>[\p{L}_][\p{L}\p{N}_:-]{0,30})(?:\s[^<>]{0,200})?>/gu

/** More are not looked at one by one. */
const MOST_TAGS = 60

const USERS_TAG = /^(?:user|human|user_message|usermessage|u|用户)$/iu

const CONVERSATION_TAG =
  /chat|conv|histor|messag|dialog|transcript|assistant|thread|exchange|turn|对话|聊天/iu

/** In these an app puts what the user says now, or what it orders itself. */
const ASKED_TAG =
  /query|question|request|input|wish|instruction|task|prompt|goal|role|rule|output|guideline|format/iu

/** What stands between tags, `<context>…</context>`. Linear: so many tags are looked at and no more. */
export function takeTags(text: string): TakenText {
  const parts: TakenText[] = []
  let done = 0
  for (const { groups, index, 0: tag } of [...text.matchAll(TAG)].slice(0, MOST_TAGS)) {
    const name = groups?.['name'] ?? ''
    const close = index < done ? -1 : text.indexOf(`</${name}>`, index)
    if (close === -1) continue
    const { rest, ...taken } = takeTag(name, text.slice(index + tag.length, close))
    parts.push({ ...taken, rest: `${text.slice(done, index)}\n${rest}\n` })
    done = close + name.length + 3
  }
  return {
    rest: parts.map(({ rest }) => rest).join('') + text.slice(done),
    told: parts.flatMap(({ told }) => told),
    users: parts.flatMap(({ users }) => users),
    isConversation: parts.some(({ isConversation }) => isConversation),
  }
}

const INNER_USER = /<(?:user|human)>\s{0,4}(?<said>[^<]{1,4000})/giu

function takeTag(name: string, content: string): TakenText {
  if (ASKED_TAG.test(name) && !CONVERSATION_TAG.test(name)) {
    return { rest: content, told: [], users: [], isConversation: false }
  }
  const own = USERS_TAG.test(name) ? [content.trim()] : []
  const tagged = [...content.matchAll(INNER_USER)].map(
    ({ groups }) => groups?.['said']?.trim() ?? '',
  )
  const lines = takeLines(content)
  const users = [...own, ...tagged, ...lines.users]
  const isConversation = users.length > 0 || lines.isConversation || CONVERSATION_TAG.test(name)
  return { rest: '', told: [content], users, isConversation }
}
