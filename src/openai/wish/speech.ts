import type { Kind } from './lexicon.ts'
import type { Sentence } from './orders/sentence.ts'
import { BY, IN } from './orders/small-words.ts'
import { isUnknown, means, type Token } from './text/tokens.ts'

const SEEN: readonly Kind[] = ['picture', 'look', 'draw', 'sight']

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u).map((word) => word.replaceAll('_', ' ')))
}

/** Behind `you`: what somebody is to be. */
const BE = set('are re bist seid es etes eres e sei siete 是 は 은 는 la adalah bir jestes')

/** Languages with the verb last say at the end that somebody is something: `あなたは医者です`. */
const TOPIC = set('は 은 는')
const TOLD = /^(?:です|だ|である|ください|して|입니다|이다|이야|야|해)/u

const WE = set('we wir nous nosotros nos noi мы ми 我们 我們 wij my biz kami kita i ich')

const ROLE = set(
  `you_re act_as act_like pretend from_now_on roleplay role_play be_my imagine_you handle_als agiere_als verhalte agis_comme comporte_toi
  actua_como aja_como comportati 扮演 充当`,
)

/** So near to its beginning stands what a text tells the model to be. */
const ROLE_REACH = 6

/** Whether a text has in its beginning a word with which people speak of themselves or of the model. */
export function beginsSpeech(tokens: readonly Token[]): boolean {
  const isThanks = THANKS.test(tokens[0]?.word ?? '')
  return isThanks || tokens.slice(0, ROLE_REACH).some(({ word }) => SPEECH.has(word))
}

/** Whether a text tells the model what to be, and of nothing that can be seen: `You are now a pirate.` */
export function givesRole(sentences: readonly Sentence[], language: string): boolean {
  const tokens = sentences.flatMap((sentence) => sentence.tokens)
  // `Two men pretend to sleep` has somebody who does.
  const role = tokens.slice(0, ROLE_REACH).findIndex(({ word }) => ROLE.has(word))
  const isRole = role !== -1 && !tokens.slice(0, role).some((token) => isUnknown(token, language))
  if (!isRole && !saysYouAre(sentences[0], language)) return false
  if (sentences.slice(1).some((sentence) => means(sentence.tokens[0], language, 'make'))) {
    return false
  }
  return !tokens.some((token) => IMAGE_MAKER.test(token.word) || means(token, language, ...SEEN))
}

function saysYouAre(sentence: Sentence | undefined, language: string): boolean {
  if (sentence === undefined) return false
  const [you, be] = sentence.tokens.map(({ word }) => word)
  const isYou = means(sentence.tokens[0], language, 'you') && !WE.has(you ?? '')
  if (!isYou || !BE.has(be ?? '')) return false
  return !TOPIC.has(be ?? '') || TOLD.test(sentence.tokens.at(-1)?.word ?? '')
}

/** Who makes pictures for a living. */
const IMAGE_MAKER =
  /^(?:photog|fotog|illustrat|ilustra|artist|artiste|kunstl|design|disen|painter|maler|peintre|pintor|pittor|animat|cartoon|художн|фотогр|дизаин|画家|摄影|插画|设计)/u

/** What begins a sentence about oneself. */
const SELF = set(
  `i im i_m i_ve i_ll my_name ich mir je j yo estoy tengo siento soy eu estou tenho sou sono ho mi_annoio mi_sento я мне мені 我 私 僕 俺 나는 난 ik
  ja jestem mam nudzi nudze toi saya aku ben انا اشعر لدي me_llamo tengo_una_pregunta meu_nome mi_chiamo меня маю мене nazywam bir_sorum 내_이름은 私の名前は`,
)

/** What makes `my` of `I`. */
const OF = set('的 の 의')

/** Who says more tells a scene. */
const MOST_WORDS = 18

/** Whether somebody speaks of how they are, and wants nothing: `Hi, I can't sleep.` */
export function speaksOfSelf(sentences: readonly Sentence[], language: string): boolean {
  const all = sentences.flatMap((sentence) => sentence.tokens)
  const from = all.findIndex((token) => token.type !== 'comma' && !means(token, language, 'small'))
  const tokens = all.slice(Math.max(0, from))
  if (from > 0 && THANKS.test(all[0]?.word ?? '')) return praises(tokens, language)
  const [self = '', next = ''] = tokens.map(({ word }) => word)
  const isSelf = SELF.has(self) && means(tokens[0], language, 'you', 'plain')
  // A phrase (`me llamo`) says by itself that it goes on.
  if (!isSelf || tokens.length > MOST_WORDS || (!self.includes(' ') && isMy(next))) return false
  return !tokens.some(
    (token, at) =>
      (means(token, language, 'make', 'write', ...SEEN) && !isWill(tokens, at)) ||
      DREAMS.test(token.word),
  )
}

/** `I want to learn`, `I need help`, but not `I want to be a knight` */
function isWill(tokens: readonly Token[], at: number): boolean {
  const [next = '', then = ''] = tokens.slice(at + 1, at + 3).map(({ word }) => word)
  return at === 1 && (HELP.test(next) || (next === 'to' && !BECOME.test(then)))
}

const HELP = /^(?:help|hilfe|ayuda|aide|aiuto|ajuda|hulp|помощь)$/u

const BECOME = /^(?:be|become|have|get|see|look|make|create|draw|design|add|change)$/u

/** `me as a knight`, `my name on a cake`, `我的厨房`, or nothing more. */
function isMy(next: string): boolean {
  return next === '' || BY.has(next) || IN.has(next) || OF.has(next)
}

const THANKS =
  /^(?:thank|thx|cheers|danke|vielen|merci|gracias|obrig|grazie|спасибо|дякую|شكرا|谢|謝|多谢|ありがとう|고마|감사|dank|bedankt|dziek|tesekk|cam on|terima)/u

/** What is thanked for. */
const HELPED = /^(?:ساعد|yardim|도움|帮|幫|助|giup|bantu)/u

/** Longer thanks have a wish in them. */
const MOST_THANKS = 10

/** Behind thanks: `you helped me a lot`. */
function praises(tokens: readonly Token[], language: string): boolean {
  return (
    tokens.some((token) => HELPED.test(token.word) || means(token, language, 'you')) &&
    speaksOfBefore(tokens, language)
  )
}

/** What somebody sees before their eyes. */
const DREAMS =
  /^(?:d$|see$|sehe$|vois$|veo$|vejo$|vedo$|xem$|вижу$|бачу$|widze$|wish|would|dream|imagin|love_to|would_love|traum|reve|rêve|sone|sueno|sonh|сни|夢|梦)/u

/** Whether a text thanks and says what was wished or done: `C'est exactement ce que je voulais, merci !` */
export function thanksFor(tokens: readonly Token[], language: string): boolean {
  if (tokens.length <= MOST_THANKS && tokens.some(({ word }) => EXACTLY.test(word))) {
    return tokens.some((token) => means(token, language, 'small', 'you'))
  }
  return tokens.some(({ word }) => THANKS.test(word)) && speaksOfBefore(tokens, language)
}

/** It is as somebody wished. */
const EXACTLY = /^(?:exactly|genau|exactement|exactamente|esattamente|именно|саме|正是)$/u

function speaksOfBefore(tokens: readonly Token[], language: string): boolean {
  return (
    tokens.length <= MOST_THANKS &&
    tokens.some((token) => means(token, language, 'you', 'ask')) &&
    !tokens.some((token) => means(token, language, 'make', 'write', 'work', 'may', ...SEEN))
  )
}

const SPEECH: ReadonlySet<string> = new Set([...ROLE, ...BE, ...SELF])
