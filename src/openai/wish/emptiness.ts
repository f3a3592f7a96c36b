import type { Kind } from './lexicon.ts'
import { means, type Token } from './text/tokens.ts'

const QUIET: readonly Kind[] = ['plain', 'you', 'small', 'ask', 'may', 'reply', 'form', 'tongue']

function isQuiet(token: Token, language: string): boolean {
  if (token.type !== 'word' && token.type !== 'sign') return token.type !== 'given'
  return means(token, language, ...QUIET)
}

/** Whether every word of a text is one that shows nothing, unless it begins with a wish for anything. */
export function showsNothing(tokens: readonly Token[], language: string): boolean {
  if (ANYTHING.has(tokens[0]?.word ?? '')) return false
  return tokens.every((token) => isQuiet(token, language))
}

/** Words that show nothing may still be a wish (`the model`), unless they speak to somebody. */
export function isAddressed(tokens: readonly Token[], language: string): boolean {
  const count = (type: Token['type']): number =>
    tokens.filter((token) => token.type === type).length
  const numbers = count('number')
  if (numbers > 1) return true
  if (numbers === 1 && tokens.some((token) => means(token, language, 'form'))) return true
  if (count('word') === 0) return true
  const isAsked = count('question') > 0
  if (count('word') === 1 && !isAsked) {
    return tokens.some((token) => means(token, language, 'small'))
  }
  if (isAsked || isLanguageAsked(tokens, language)) return true
  return tokens.some((token) => means(token, language, 'small', 'ask', 'you'))
}

/** `Reply with OK`, `from now on answer in Spanish` */
function isLanguageAsked(tokens: readonly Token[], language: string): boolean {
  const has = (kind: Kind): boolean => tokens.some((token) => means(token, language, kind))
  return means(tokens[0], language, 'reply') || (has('reply') && has('tongue'))
}

/** Beside a picture `ok, now from above` is a wish: most of small talk is small. */
export function isSmallTalk(tokens: readonly Token[], language: string): boolean {
  const words = tokens.filter(({ type }) => type === 'word' || type === 'sign')
  const small = words.filter((token) => means(token, language, 'small', 'you'))
  // `yes, do that`
  if (words.some((token) => DO.has(token.word) || means(token, language, 'text', 'title', 'talk')))
    return false
  return small.length * 3 >= words.length && words.some((token) => means(token, language, 'small'))
}

const DO: ReadonlySet<string> = new Set(
  'do go mach mache fais haz faz fai сделаи зроби zrob 做 做吧 やって 해줘'.split(' '),
)

/** Pictures as such, and of nothing. */
const ANY_IMAGE =
  /^(?:images?|videos?|pictures?|photos?|drawings?|art|画像を作|絵を描|イラストを作|描け|图|图片|圖片|图像|圖像|画|画图|畫圖|画画|畫畫|畫|照片|画像|絵|写真|이미지|그림|사진|bilder|fotos?|imagen|imagenes|imagem|imagens|immagini?|dessins?|картин\p{L}*|изображени\p{L}*|صورة?|صور|afbeelding(?:en)?|obraz\p{L}*|resim\p{L}*|gorsel\p{L}*|hinh anh|anh|gambar|зображен\p{L}*)$/u

/** What makes a wish of it all the same: `draw something`. */
const ANYTHING: ReadonlySet<string> = new Set(
  '什么 什麼 随便 隨便 something anything etwas algo qualcosa 何か 뭔가'.split(' '),
)

/** A longer question is about more. */
const MOST_TOKENS = 20

/** Whether a text asks if pictures can be made, and of nothing: `Can you draw?` */
export function asksAbility(tokens: readonly Token[], language: string): boolean {
  if (tokens.length > MOST_TOKENS || tokens.some(({ word }) => ANYTHING.has(word))) return false
  const isAsked = tokens.some((token) => token.type === 'question' || means(token, language, 'ask'))
  const isAbility = tokens.some((token) => means(token, language, 'may', 'ask'))
  const isOfNothing = tokens.every(
    (token) =>
      isQuiet(token, language) ||
      means(token, language, 'make', 'draw', 'write') ||
      ANY_IMAGE.test(token.word),
  )
  return isAsked && isAbility && isOfNothing && tokens.some(({ word }) => ANY_IMAGE.test(word))
}
