import * as z from 'zod/mini'

import { MEDIA } from '../api/models.ts'
import { createStore, type Store } from './store.ts'
import { FIRST_ORDER, type Order } from './works/work.ts'

type Language = 'en' | 'zh'
export type Theme = 'auto' | 'light' | 'dark'

/** What this browser remembers between visits. */
export interface Preferences {
  readonly accessKey: Store<string>
  readonly language: Store<Language>
  readonly theme: Store<Theme>
  readonly order: Store<Order>
}

/** The order without its pictures, which are not text. */
const keptOrder = z.partial(
  z.object({
    model: z.string(),
    medium: z.enum(MEDIA),
    prompt: z.string(),
    size: z.string(),
    resolution: z.string(),
    count: z.int().check(z.minimum(1), z.maximum(10)),
    format: z.string(),
    negativePrompt: z.string(),
    extra: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    live: z.boolean(),
    seconds: z.string(),
    sound: z.boolean(),
    voice: z.string(),
    speed: z.string(),
  }),
)

/**
 * @param storage where it is kept
 * @param languages the browser's, best first
 * @param hash the address's fragment: `#key=…` brings an access key along, as the line of `npm start` does
 */
export function createPreferences(
  storage: Storage,
  languages: readonly string[],
  hash: string,
): Preferences {
  const [first = 'en'] = languages
  const ofBrowser: Language = /^zh\b/i.test(first) ? 'zh' : 'en'
  const language = z.catch(z.enum(['en', 'zh']), ofBrowser).parse(storage.getItem('language'))
  const theme = z.catch(z.enum(['auto', 'light', 'dark']), 'auto').parse(storage.getItem('theme'))
  const brought = new URLSearchParams(hash.replace(/^#/, '')).get('key') ?? ''
  // A link must not put its key in the place of mine.
  const accessKey = storage.getItem('access-key') ?? brought
  return {
    accessKey: kept(storage, 'access-key', accessKey, String),
    language: kept(storage, 'language', language, String),
    theme: kept(storage, 'theme', theme, String),
    order: kept(storage, 'order', readOrder(storage.getItem('order')), writeOrder),
  }
}

function kept<Value extends object | string>(
  storage: Storage,
  name: string,
  first: Value,
  write: (value: Value) => string,
): Store<Value> {
  const store = createStore(first)
  const keep = (): void => {
    const text = write(store.get())
    if (text === '') storage.removeItem(name)
    else storage.setItem(name, text)
  }
  store.watch(keep)
  if (first !== '') keep()
  return store
}

function readOrder(text: string | null): Order {
  try {
    const read: unknown = JSON.parse(text ?? '{}')
    return { ...FIRST_ORDER, ...definedOf(keptOrder.parse(read)) }
  } catch {
    return FIRST_ORDER
  }
}

function definedOf<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]-?: NonNullable<Fields[Name]> } | object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Files are not text; a seed, and a video to work on, are for once. */
function writeOrder(order: Order): string {
  const files = { sources: undefined, mask: undefined, lastFrame: undefined, recording: undefined }
  return JSON.stringify({ ...order, ...files, video: undefined, seed: undefined })
}
