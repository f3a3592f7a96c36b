import * as z from 'zod/mini'

import type { Quantity } from '../../job/job.ts'
import type { Estimate } from '../../job/quote.ts'
import { createBoundedMap } from '../../lib/bounded-map.ts'
import { parseJson } from '../../lib/json.ts'
import { once } from '../../lib/once.ts'
import { delay } from '../../lib/time/delay.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
import type { KeyPool } from '../key-pool.ts'
import type { Charge } from '../queue/result.ts'

/** What fal's endpoints cost. Nothing here fails: a price that cannot be had is undefined. */
export interface Prices {
  /**
   * Asks fal for an endpoint's price, unless it is known or somebody asks already. To be called when a job
   * begins and not waited for: when the job is done, the price is there or it is not.
   *
   * @returns undefined: nothing is asked
   */
  ask(endpoint: string): Promise<void> | undefined
  /** What fal charges in USD; undefined: the price is not known, or not in USD. Never 0 for unknown. */
  costUsd(charge: Charge): number | undefined
  /**
   * What a quantity will probably be charged, for budgets and quotes. Waits for the price when it is not
   * known, at most two seconds. Megapixels are rounded up for each image, as fal does.
   */
  estimate(endpoint: string, quantity: Quantity): Promise<Estimate>
}

/** fal changes a price now and then; its platform is asked once a day. */
const FRESH_MS = 24 * 60 * 60_000
/** While fal's platform is down it is asked so often. */
const REST_MS = 60_000
/** An answer that takes longer is for nobody any more. */
const TIMEOUT_MS = 2000
/** How often is looked whether another request's answer has come. */
const LOOK_AGAIN_MS = 20
/** A price has some hundred bytes; beyond so many the one that was asked first is forgotten. */
const MOST_REMEMBERED = 1000

const answer = once(() =>
  z.object({
    prices: z.array(
      z.object({
        endpoint_id: z.string(),
        unit_price: z.number().check(z.minimum(0)),
        unit: z.string(),
        currency: z.string(),
      }),
    ),
  }),
)

type Price = z.infer<ReturnType<typeof answer>>['prices'][number]

interface Remembered {
  /** undefined: fal knows none, or has not answered yet. */
  readonly price?: Price | undefined
  /** Under whose price fal charges the endpoint, as its results said; undefined: its own. */
  readonly billedAs?: string | undefined
  /** Nobody asks again before. */
  readonly askAfter: number
  /** Whether an answer may come at any moment. */
  readonly asking?: boolean
}

/**
 * Remembers prices as long as the isolate lives: a day while they are fresh, and longer while fal's platform
 * is down (fal API reference §8). Requests share what is remembered but never wait for each other, because
 * one request's connection ends with it.
 *
 * @param now milliseconds
 */
export function createPrices(access: FalAccess, pool: KeyPool, now: () => number): Prices {
  const remembered = createBoundedMap<Remembered>(MOST_REMEMBERED)
  const remember = (endpoint: string, news: Partial<Remembered>): void => {
    const known = remembered.get(endpoint) ?? { askAfter: 0 }
    remembered.set(endpoint, { ...known, ...news })
  }
  const askFor = async (endpoint: string): Promise<void> => {
    // Whoever comes meanwhile does not ask as well; should this request end first, another one asks soon.
    remember(endpoint, { asking: true, askAfter: now() + TIMEOUT_MS })
    const read = await readPrice(access, pool, endpoint)
    remember(endpoint, {
      ...read,
      asking: false,
      askAfter: now() + (read === undefined ? REST_MS : FRESH_MS),
    })
  }
  const priceOf = (endpoint: string): Price | undefined => {
    const { billedAs, price } = remembered.get(endpoint) ?? {}
    return billedAs === undefined ? price : remembered.get(billedAs)?.price
  }
  const isDue = (endpoint: string): boolean => now() >= (remembered.get(endpoint)?.askAfter ?? 0)
  const ask: Prices['ask'] = (endpoint) => {
    const billedAs = remembered.get(endpoint)?.billedAs
    const due = [endpoint, ...(billedAs === undefined ? [] : [billedAs])].filter(isDue)
    return due.length === 0 ? undefined : Promise.all(due.map(askFor)).then(() => undefined)
  }
  return {
    ask,
    costUsd({ endpoint, billedAs, units }) {
      if (billedAs !== remembered.get(endpoint)?.billedAs) remember(endpoint, { billedAs })
      // Nothing is nothing at any price: fal says 0 units of what it refuses.
      if (units === 0) return 0
      const price = priceOf(endpoint)
      return price && units * price.unit_price
    },
    async estimate(endpoint, quantity) {
      await ask(endpoint)
      const isOnItsWay = (): boolean =>
        priceOf(endpoint) === undefined && remembered.get(endpoint)?.asking === true
      for (let waited = 0; isOnItsWay() && waited < TIMEOUT_MS; waited += LOOK_AGAIN_MS) {
        await delay(LOOK_AGAIN_MS)
      }
      const price = priceOf(endpoint)
      return price === undefined ? {} : toEstimate(price, quantity)
    },
  }
}

/** What a unit of fal's prices counts in a quantity; undefined: it cannot be told beforehand. */
const UNITS: readonly (readonly [RegExp, (quantity: Quantity) => number | undefined])[] = [
  [/^(?:images?|videos?|audios?|generations?|requests?)$/i, ({ count }) => count],
  // fal rounds megapixels up for each image.
  [
    /^megapixels?$/i,
    ({ count, pixels }) => (pixels === undefined ? undefined : count * Math.ceil(pixels / 1e6)),
  ],
  [
    /^(?:audio |video )?seconds?$/i,
    ({ count, seconds }) => (seconds === undefined ? undefined : count * seconds),
  ],
  [
    /^(?:audio |video )?minutes?$/i,
    ({ count, seconds }) => (seconds === undefined ? undefined : (count * seconds) / 60),
  ],
  [/^characters?$/i, ({ characters }) => characters],
  [
    /^(?:1,?000|1k|thousand) characters$/i,
    ({ characters }) => (characters === undefined ? undefined : characters / 1000),
  ],
]

function toEstimate({ unit, unit_price }: Price, quantity: Quantity): Estimate {
  const units = UNITS.find(([name]) => name.test(unit))?.[1](quantity)
  return units === undefined ? { unit } : { unit, units, usd: units * unit_price }
}

/** @returns undefined when there is no answer worth anything */
async function readPrice(
  access: FalAccess,
  pool: KeyPool,
  endpoint: string,
): Promise<{ readonly price: Price | undefined } | undefined> {
  try {
    const [key] = await pool.peek()
    const query = new URLSearchParams({ endpoint_id: endpoint })
    const response = await callFal(access, {
      method: 'GET',
      url: `${access.hosts.apiUrl}/models/pricing?${query.toString()}`,
      key: key?.value ?? '',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    if (response.status === 404) return { price: undefined }
    const parsed = answer().safeParse(parseJson(text))
    if (!response.ok || !parsed.success) return undefined
    const price = parsed.data.prices.find(({ endpoint_id }) => endpoint_id === endpoint)
    return { price: price?.currency === 'USD' ? price : undefined }
  } catch {
    return undefined
  }
}
