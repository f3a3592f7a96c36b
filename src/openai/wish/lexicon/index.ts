import type { Words } from '../lexicon.ts'
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

/** The words of the languages in which people ask; a Worker has them as the table that is written of them. */
export const LANGUAGES: Readonly<Record<string, Words>> = {
  english: ENGLISH,
  chinese: CHINESE,
  japanese: JAPANESE,
  korean: KOREAN,
  german: GERMAN,
  french: FRENCH,
  spanish: SPANISH,
  portuguese: PORTUGUESE,
  italian: ITALIAN,
  russian: RUSSIAN,
  arabic: ARABIC,
  dutch: DUTCH,
  polish: POLISH,
  turkish: TURKISH,
  vietnamese: VIETNAMESE,
  indonesian: INDONESIAN,
  ukrainian: UKRAINIAN,
  scandinavian: SCANDINAVIAN,
  czech: CZECH,
  finnish: FINNISH,
  romanian: ROMANIAN,
  hungarian: HUNGARIAN,
  greek: GREEK,
  hebrew: HEBREW,
  persian: PERSIAN,
  hindi: HINDI,
  thai: THAI,
}
