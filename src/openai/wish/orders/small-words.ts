import { once } from '../../../lib/once.ts'

// Small words by which the place and the object of an order are told. Their languages need not be told apart:
// they stand beside a word that was.

function list(words: string): Pick<ReadonlySet<string>, 'has'> {
  const set = once(
    () =>
      new Set(
        words
          .trim()
          .split(/\s+/u)
          .map((word) => word.replaceAll('_', ' ')),
      ),
  )
  return { has: (word) => set().has(word) }
}

/** Behind one of these stands a noun: `a list`, `une affiche`. */
export const ARTICLES = list(
  `a an the un une le la les des el los las una unos unas der die das den dem des ein eine einen einem um uma o os as il lo gli
  uno`,
)

/** A clause ends in front of one of these. */
export const AND = list('and then und dann et puis y e i и 并 並 然后 然後 再')

const OR = list('or oder ou o или або او 或 或者 か または 또는 lub veya atau hoac')

/** `of` is Dutch for it. */
export function isOr(word: string, language: string): boolean {
  return OR.has(word) || (word === 'of' && language === 'dutch')
}

/** Both answers, as one phrase. */
export const CHOICES = list('yes_or_no true_or_false')

/** `yes or no`, with the word between them. */
export const YES_OR_NO = list(
  'yes no true false ja nein oui non si sí no sim nao да нет نعم لا 是 否 はい いいえ 예 네 아니요',
)

export const ONLY = list(
  `only just exactly nur seulement uniquement solo solamente unicamente apenas somente soltanto только лишь فقط 只 仅 だけ
  のみ 만 alleen tylko sadece`,
)

export const NEGATIONS = list(
  `not no never dont don without nicht kein keine ohne pas sans non senza sin nao sem не без لا دون 不 不要 别 別 勿 禁止 无需
  不用 않 말 しない せず なく`,
)

/** In front of what an order is carried out by: `as an infographic`. */
export const BY = list(
  `as in into to with using by em em_um als zu mit in dans en comme avec en sous forme como con come как в виде على ك 用 以 成 做成 画成 畫成
  변환`,
)

/** The same, behind it. */
export const BY_BEHIND = list('で に として 로 으로')

/** In front of a picture in which something is. */
export const IN = list('in on from of im vom auf aus dans sur de en del da di su na z')

/** In front of what is there already: `this image`, `the title`. */
export const POINTING = list(
  `this that these the your my attached above given uploaded following dieses diesem diesen dem das der cette ce ces la le les
  l esta este esa la el las los questa questo la il нам этом эту этои 这 這 这张 這張 上 该 この その 이 그`,
)

/** Those that can stand for a text: `rewrite this: …` */
export const THIS = list(
  'this these that those my following dies dieses diesen diese meinen meine ce ces ceci mon ma este esta esto mi isso isto meu minha questo questa это этот эту 这 這 この 이',
)

/** Beside a text that is there: `the following sentence`. */
export const FOLLOWING = list(
  `following given below above folgenden folgende folgendes obigen suivant suivante suivants siguiente siguientes anterior
  seguinte seguintes seguente seguenti следующии следующее следующую التالي التالية 下面 以下 下列 上面 以上 上述 次 下記 上記 다음
  위 아래 volgende bovenstaande nastepujacy asagıdaki yukarıdaki berikut`,
)

/** Languages of code and of data. */
export const CODE = list(
  `python javascript typescript sql html css java bash rust go golang php kotlin swift ruby c r matlab json yaml markdown latex csv xml
  powershell shell node react vue excel`,
)

/** In front of what something is turned into: `into text`. */
export const INTO = list(
  'into to as in als zu a en em para in como w в na ke sang 成 为 為 に 로 으로',
)

/** `Output format` is a heading, no order. */
export const FORMATS = list('format formats 格式 形式 형식 formato формат')

/** To read what is written in a picture. */
export const READ = list(
  `extract read transcribe recognize recognise lies lis lisez lee lea leia leggi extrae extrais extraia estrai прочитаи распознаи
  اقرا استخرج 提取 识别 識別 读取 讀取 読み取 書き起こ 抽出 추출 읽어 lees haal przeczytaj oku`,
)

export const WRITTEN = list(
  'text texte texto testo tekst текст نص النص 文字 글자 텍스트 글 テキスト handwriting metni metin',
)

/** To look into a picture; with more to it, it is the first step of changing it. */
export const LOOK_INTO = list(
  `count rate evaluate judge review inspect analyze analyse analyser analysiere analiza analisa analise analizza проанализируи حلل 分析 분석 analyseer przeanalizuj`,
)

/** With what stands behind them these are things that can be seen: a question block, a code rain. */
export const COMPOUNDED = list('title tag question code script story name quote')
