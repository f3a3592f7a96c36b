import en from 'zod/v4/locales/en.js'

import { once } from './once.ts'

/**
 * How zod parses when people read what it says: `zod/mini` brings no words of its own. Given with each parsing
 * and not as zod's configuration, which all of an isolate would share. `reportInput`: an issue tells whether
 * the value was there at all.
 */
export const inEnglish = once(() => ({ error: en().localeError, reportInput: true }) as const)
