import { WORDS } from '../generated/words.ts'
import { createLexicon } from '../lexicon.ts'

/** The words of the languages in which people ask. */
export const LEXICON = createLexicon(WORDS)
