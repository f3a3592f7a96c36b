import { createLexicon } from '../lexicon.ts'
import { ARABIC } from './arabic.ts'
import { CHINESE } from './chinese.ts'
import { DUTCH } from './dutch.ts'
import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'
import { GERMAN } from './german.ts'
import { INDONESIAN } from './indonesian.ts'
import { ITALIAN } from './italian.ts'
import { JAPANESE } from './japanese.ts'
import { KOREAN } from './korean.ts'
import { POLISH } from './polish.ts'
import { PORTUGUESE } from './portuguese.ts'
import { RUSSIAN } from './russian.ts'
import { SHARED } from './shared.ts'
import { SPANISH } from './spanish.ts'
import { TURKISH } from './turkish.ts'
import { UKRAINIAN } from './ukrainian.ts'
import { VIETNAMESE } from './vietnamese.ts'

/** The words of the languages in which people ask. */
export const LEXICON = createLexicon(SHARED, {
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
})
