import type { Words } from '../../src/openai/wish/lexicon.ts'
import { ARABIC } from './asia/arabic.ts'
import { CHINESE } from './asia/chinese.ts'
import { INDONESIAN } from './asia/indonesian.ts'
import { JAPANESE } from './asia/japanese.ts'
import { KOREAN } from './asia/korean.ts'
import { TURKISH } from './asia/turkish.ts'
import { VIETNAMESE } from './asia/vietnamese.ts'
import { DUTCH } from './europe/dutch.ts'
import { ENGLISH } from './europe/english.ts'
import { FRENCH } from './europe/french.ts'
import { GERMAN } from './europe/german.ts'
import { ITALIAN } from './europe/italian.ts'
import { POLISH } from './europe/polish.ts'
import { PORTUGUESE } from './europe/portuguese.ts'
import { RUSSIAN } from './europe/russian.ts'
import { SPANISH } from './europe/spanish.ts'
import { UKRAINIAN } from './europe/ukrainian.ts'
import { HEBREW, HINDI, PERSIAN, THAI } from './more/asia.ts'
import { CZECH, FINNISH, GREEK, HUNGARIAN, ROMANIAN, SCANDINAVIAN } from './more/europe.ts'

/**
 * The words of the languages in which people ask; a Worker has them as the table that is written of them. Those that
 * have words in common stand beside each other, which packs better.
 */
export const LANGUAGES: Readonly<Record<string, Words>> = {
  english: ENGLISH,
  german: GERMAN,
  dutch: DUTCH,
  scandinavian: SCANDINAVIAN,
  finnish: FINNISH,
  hungarian: HUNGARIAN,
  turkish: TURKISH,
  indonesian: INDONESIAN,
  vietnamese: VIETNAMESE,
  french: FRENCH,
  romanian: ROMANIAN,
  italian: ITALIAN,
  spanish: SPANISH,
  portuguese: PORTUGUESE,
  polish: POLISH,
  czech: CZECH,
  ukrainian: UKRAINIAN,
  russian: RUSSIAN,
  greek: GREEK,
  hebrew: HEBREW,
  arabic: ARABIC,
  persian: PERSIAN,
  hindi: HINDI,
  thai: THAI,
  korean: KOREAN,
  japanese: JAPANESE,
  chinese: CHINESE,
}
