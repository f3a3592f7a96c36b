import { readPromptDirectives } from '../../prompt/prompt-directives.ts'
import type { TextOrder } from '../orders/find-orders.ts'
import type { Read } from '../read.ts'
import { fillNamed, fillSchema, type Filling } from './json-answer.ts'
import { OF_IMAGES, type Phrases } from './words-only.ts'

/** Longer titles are cut off by the apps' side bars anyway. */
const TITLE_CHARACTERS = 24

/** What stands for a conversation in which nothing was said. */
const NO_TITLE = 'Picture'

/** An answer to a summary is no longer than a summary. */
const SUMMARY_CHARACTERS = 2000

/**
 * The answer to a request for words, in the form that was asked for: a title, JSON with the fields that were
 * named, the word that was to be said. What only a text model could say is not made up.
 */
export function answerInWords(read: Read, phrases: Phrases = OF_IMAGES): string {
  const { asked, text } = read
  const order = wordsOrder(read)
  const filling = fill(read)
  if (asked.json !== undefined || (order !== undefined && wantsJson(read))) {
    return toJson(read, filling)
  }
  switch (order?.by) {
    case 'title':
    case 'noun':
      return toTold(read, filling)
    case 'tell':
      return order.aboutChat || text.isConversation ? toTold(read, filling) : phrases.notTexts
    case 'reply':
      return toReply(read)
    case 'translate':
    case 'text':
    case 'writer':
    case 'work':
      return toWriters(read, filling, phrases)
    case 'draw':
    case undefined:
      break
  }
  const isEmpty = text.isEmpty || text.isQuestion || text.asksAbility
  return isEmpty ? phrases.nothing : phrases.fewTokens
}

/** The kinds of orders, that which says most of the answer's form first. */
const KINDS: readonly TextOrder['by'][] = [
  'title',
  'noun',
  'tell',
  'translate',
  'text',
  'writer',
  'work',
  'reply',
]

/** An app's instructions say what the answer is; else the message does. */
function wordsOrder({ text, system, makesWriter }: Read): TextOrder | undefined {
  return (makesWriter ? mostTelling(system.orders) : undefined) ?? mostTelling(text.orders)
}

function mostTelling(orders: readonly TextOrder[]): TextOrder | undefined {
  const words = orders.filter(({ wants }) => wants === 'words')
  return KINDS.flatMap((kind) => words.filter(({ by }) => by === kind))[0]
}

const SUMMARY =
  /summar|recap|condens|compact|compress|gist|zusammenf|résum|resum|riassu|sintesi|síntes|compend|резюм|кратк|пересказ|излож|подытож|لخص|ملخص|خلاصة|总结|總結|摘要|概括|归纳|浓缩|纪要|要約|まとめ|振り返|요약|정리|samenvat|streszcz|podsum|özet|tóm tắt|ringkas|rangkum|підсум/iu

/** A summary of a conversation is all that was said in it; everything else is named by its last wish. */
function toTold({ system, text }: Read, { title, all }: Filling): string {
  const said = `${system.said} ${text.said}`
  return SUMMARY.test(said) && !TITLE.test(said) ? all : title
}

/** A writer of titles writes a title; a translator is none here. */
function toWriters(read: Read, filling: Filling, { notTexts }: Phrases): string {
  const said = `${read.system.said} ${read.text.said}`
  return SUMMARY.test(said) || TITLE.test(said) ? toTold(read, filling) : notTexts
}

const TITLE =
  /title|headline|heading|name|subject|titel|überschrift|titre|intitulé|nom\b|título|titulo|titolo|nombre|nome\b|заголов|назван|имя|عنوان|اسم|标题|標題|名称|名字|命名|主题|主題|タイトル|題名|見出し|名前|제목|이름|tytuł|nazw|başlık|tiêu đề|judul/iu

function fill({ asked, text, makesWriter }: Read): Filling {
  const said = makesWriter ? [asked.text] : asked.before
  const users = text.users.length > 0 ? text.users : said
  const last = users.at(-1) ?? ''
  const told = asked.instructedLast ? [...asked.before, asked.text] : users
  return {
    last: asked.instructedLast ? asked.text : last,
    title: toTitle(asked.instructedLast ? asked.text : last),
    all: told.join('\n').slice(0, SUMMARY_CHARACTERS) || NO_TITLE,
  }
}

/** What was to be drawn, without its settings. */
function toTitle(wish: string): string {
  const { prompt } = readPromptDirectives(wish.slice(0, SUMMARY_CHARACTERS))
  return Array.from(prompt).slice(0, TITLE_CHARACTERS).join('').trim() || NO_TITLE
}

const JSON_WORDS = /\bjson\b|\{\s{0,4}"[\p{L}\p{N}_-]{1,40}"\s{0,2}:/iu

const LIST_WORDS =
  /array|list|liste|lista|elenco|массив|список|مصفوفة|数组|陣列|列表|配列|リスト|배열|목록/iu

function wantsJson({ text, system, makesWriter }: Read): boolean {
  return JSON_WORDS.test(text.said) || (makesWriter && JSON_WORDS.test(system.said))
}

function toJson({ asked, text, system }: Read, filling: Filling): string {
  const said = `${system.said}\n${text.said}`
  const object = fillSchema(asked.json?.schema, filling) ?? fillNamed(said, filling)
  if (object !== undefined) return JSON.stringify(object)
  return LIST_WORDS.test(said) && asked.json === undefined
    ? '[]'
    : JSON.stringify({ title: filling.title })
}

/** A word in quotation marks. */
const QUOTED = /["“„«「『](?<word>[^"“”„«»「」『』\n]{1,60})["”“»」』]/u

/** A word behind the order: `reply with the word READY`. */
const NAMED_WORD =
  /(?:with|say|word|Wort|mot|palabra|palavra|parola|словом?|كلمة|reply|respond|answer|antworte|réponds|responde|responda|rispondi|ответь|回复|回覆|回答|说|說|输出)(?:[:：]| with| only| nur| mit| just| solo| con| apenas| com| the word| seulement| par| только){0,4}\s?(?<word>[\p{Lu}\d]{1,20})(?![\p{L}\p{N}])/u

function toReply({ asked }: Read): string {
  const said = asked.text.slice(-SUMMARY_CHARACTERS)
  const word = QUOTED.exec(said)?.groups?.['word'] ?? NAMED_WORD.exec(said)?.groups?.['word']
  return word ?? 'OK'
}
