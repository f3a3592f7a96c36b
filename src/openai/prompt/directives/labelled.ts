import type { Directive } from './directive.ts'
import { SPACE } from './scan.ts'
import { ORIENTATION, readSize } from './size-value.ts'

const CHINESE = '宽高比例?|长宽比例?|纵横比例?|比例|画幅|尺寸|大小|分辨率'
const ENGLISH = 'aspect[ _-]?ratio|ratio|size|resolution'

// Only where a clause begins: `，画面比例为16:9` is an instruction, `水和糖的比例为2:1` is a recipe.
const CLAUSE_LABEL = String.raw`(?<=^|[\s,;。.!|([【])(?:(?:画面|图片|图像|画布|照片|输出)的?)?(?:${CHINESE})(?:${SPACE}[为是])?`
const INNER_LABEL = `(?<!的)(?:${CHINESE})`
// `gear ratio 3:1`, `time ratio 4:3`: not an image's.
const ENGLISH_LABEL = String.raw`(?<![\w-])(?<!\b(?:gear|mixing|compression|contrast|time|odds|scale)\s)(?:${ENGLISH})`

const TIER = String.raw`[124]k(?:(?<=[:=]${SPACE}[124]k)|(?=${SPACE}(?:$|[\r\n,;。.!|)\]】])))`
const MEASURES = String.raw`[1-9]\d{0,3}${SPACE}[:/x*]${SPACE}[1-9]\d{0,3}(?:px)?`
const WORD = String.raw`(?:${ORIENTATION})(?=$|[\s,;。.!|)\]】])`
// A longer number, a range, a third measure; or something that has a physical size.
const NOT_AFTER = String.raw`(?![\w:/*%]|[.-]\d|${SPACE}(?:(?:inch|inches|cm|mm|ft)\b|厘米|毫米|英寸|公分))`

const LABELLED = new RegExp(
  `(?:${CLAUSE_LABEL}|${INNER_LABEL}|${ENGLISH_LABEL})${SPACE}(?:[:=]${SPACE})?` +
    `(?<value>${TIER}|${MEASURES}|${WORD})${NOT_AFTER}(?:${SPACE}的)?`,
  'giu',
)

/**
 * A size with its label, anywhere: `比例：16:9`, `size 1024x768`, `画幅 横版`. A tier without a colon must
 * end its clause, as `size 4K TV` is no setting. A following `的` goes with it: `比例16:9的猫` leaves `猫`.
 */
export function findLabelled(readable: string): readonly Directive[] {
  return [...readable.matchAll(LABELLED)].flatMap(({ 0: { length }, index, groups }) => {
    const size = readSize(groups?.['value'] ?? '')
    return size === undefined
      ? []
      : [{ start: index, end: index + length, explicit: true, sets: { size } }]
  })
}
