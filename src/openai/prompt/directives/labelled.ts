import { once } from '../../../lib/once.ts'
import type { Directive } from './directive.ts'
import { SPACE } from './scan.ts'
import { ORIENTATION, readSize } from './size-value.ts'

const CHINESE =
  '[宽寬]高比例?|[长長][宽寬]比例?|[纵縱][横橫]比例?|[画畫]幅比例?|比例|[画畫]幅|尺寸|大小|分辨率|解析度'
const ENGLISH = 'aspect[ _-]?ratio|ratio|size|resolution|format'
const OTHERS =
  'seitenverhältnis|bildformat|größe|auflösung|formato?|tamaño|tamanho|taille|dimensioni|r[ée]solu(?:ci[óo]n|ção|tion)|' +
  "rel[ao][cç](?:i[óo]n|ão) de aspecto|proporção de tela|rapport d['’]aspect|proporzioni|risoluzione|" +
  'соотношение сторон|формате?|размер|разрешение|(?:화면 ?|이미지 ?|가로세로 ?)?비율|종횡비|화면비|해상도|크기|' +
  'アスペクト比|縦横比|サイズ|解像度|نسبة العرض إلى الارتفاع|نسبة الأبعاد'

// Only where a clause begins: `，画面比例为16:9` is an instruction, `水和糖的比例为2:1` is a recipe.
const CLAUSE_LABEL = String.raw`(?<=^|[\s,;。.!|([【])(?:(?:[画畫]面|[图圖]片|[图圖]像|[画畫]布|照片|[输輸]出)的?)?(?:${CHINESE})(?:${SPACE}[为為是])?`
const INNER_LABEL = `(?<!的)(?:[画畫]面)?(?<!的)(?:${CHINESE})`
// `gear ratio 3:1`, `time ratio 4:3`: not an image's.
const ENGLISH_LABEL = String.raw`(?<![\w-])(?<!\b(?:gear|mixing|compression|contrast|time|odds|scale)\s)(?:${ENGLISH})`
// A recipe has its 비율 too: `물과 설탕의 비율 2:1`.
const OTHER_LABEL = String.raw`(?<![\p{L}\p{N}_-])(?<!의\s)(?:${OTHERS})`
// What would be left behind: `a cat in format 16:9`, `eine Katze im Format 16:9`.
const PREPOSITION = String.raw`(?:(?<![\p{L}\p{N}_-])(?:in|with|at|im|mit|en|au|con|com|em|в|с)[ ](?=\p{L}))?`

const TIER = String.raw`[124]k(?:(?<=[:=]${SPACE}[124]k)|(?=${SPACE}(?:$|[\r\n,;。.!|)\]】])))`
const MEASURES = String.raw`[1-9]\d{0,3}${SPACE}[:/x*]${SPACE}[1-9]\d{0,3}(?:px)?`
const WORD = String.raw`(?:${ORIENTATION})(?=$|[\s,;。.!|)\]】])`
// A longer number, a range, a third measure; or something that has a physical size.
const NOT_AFTER = String.raw`(?![\w:/*%]|[.-]\d|${SPACE}(?:(?:inch|inches|cm|mm|ft)\b|厘米|毫米|英寸|公分))`

const labelled = once(
  () =>
    new RegExp(
      `(?:${CLAUSE_LABEL}|${INNER_LABEL}|${PREPOSITION}(?:${ENGLISH_LABEL}|${OTHER_LABEL}))${SPACE}(?:[:=]${SPACE})?` +
        `(?<value>${TIER}|${MEASURES}|${WORD})${NOT_AFTER}(?:${SPACE}的)?`,
      'giu',
    ),
)

/**
 * A size with its label, anywhere: `比例：16:9`, `size 1024x768`, `画幅 横版`. A tier without a colon must
 * end its clause, as `size 4K TV` is no setting. A following `的` goes with it: `比例16:9的猫` leaves `猫`.
 */
export function findLabelled(readable: string): readonly Directive[] {
  return [...readable.matchAll(labelled())].flatMap(({ 0: { length }, index, groups }) => {
    const size = readSize(groups?.['value'] ?? '')
    return size === undefined
      ? []
      : [{ start: index, end: index + length, explicit: true, sets: { sizes: [size] } }]
  })
}
