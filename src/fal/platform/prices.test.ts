import { expect, test } from 'vitest'

import { createKeyPool } from '../key-pool.ts'
import { createPrices } from './prices.ts'

const DAY = 24 * 60 * 60_000

const hosts = {
  queueUrl: 'https://queue.fal.run',
  runUrl: 'https://fal.run',
  restUrl: 'https://rest.fal.ai',
  apiUrl: 'https://api.fal.ai/v1',
}

type Answer = () => Response | Promise<Response>

/** Prices that are asked of `fal.answer`, on a clock that is `fal.now`. */
function setUp(first: Answer) {
  const asked: string[] = []
  const keys: (string | null)[] = []
  const fal = { answer: first, now: 0, asked, keys }
  const fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    fal.asked.push(new URL(url).searchParams.get('endpoint_id') ?? '')
    fal.keys.push(new Headers(init?.headers).get('authorization'))
    return fal.answer()
  }
  const pool = createKeyPool(['a', 'b'], () => fal.now)
  return { fal, pool, prices: createPrices({ fetch, hosts }, pool, () => fal.now) }
}

function priced(endpoint: string, unit_price: number, more: Record<string, unknown> = {}): Answer {
  const price = { endpoint_id: endpoint, unit_price, unit: 'images', currency: 'USD', ...more }
  return () => Response.json({ prices: [price], next_cursor: null, has_more: false })
}

const charge = (units: number, billedAs?: string) => ({ endpoint: 'fal-ai/a', billedAs, units })

test('a price is asked once a day, and takes no key its turn', async () => {
  const { fal, pool, prices } = setUp(priced('fal-ai/a', 0.04))
  expect(prices.costUsd(charge(2))).toBeUndefined()
  await Promise.all([prices.ask('fal-ai/a'), prices.ask('fal-ai/a')])
  expect(prices.costUsd(charge(2))).toBe(0.08)
  fal.now = DAY - 1
  await prices.ask('fal-ai/a')
  expect(fal.asked).toEqual(['fal-ai/a'])
  expect((await pool.take()).map(({ value }) => value)).toEqual(['a', 'b'])
  fal.now = DAY
  fal.answer = priced('fal-ai/a', 0.05)
  await prices.ask('fal-ai/a')
  expect(prices.costUsd(charge(2))).toBe(0.1)
  expect(fal.keys).toEqual(['Key a', 'Key b'])
})

test('while fal cannot be asked the old price holds, and it is asked again after a minute', async () => {
  const { fal, prices } = setUp(priced('fal-ai/a', 0.04))
  await prices.ask('fal-ai/a')
  fal.answer = () => new Response('down', { status: 503 })
  fal.now = DAY
  await prices.ask('fal-ai/a')
  await prices.ask('fal-ai/a')
  expect(prices.costUsd(charge(1))).toBe(0.04)
  fal.now += 60_000
  fal.answer = () => Promise.reject(new TypeError('lost'))
  await prices.ask('fal-ai/a')
  expect(prices.costUsd(charge(1))).toBe(0.04)
  expect(fal.asked).toHaveLength(3)
})

test.for([
  ['that fal does not know', () => new Response('{}', { status: 404 })],
  ['in another currency', priced('fal-ai/a', 0.04, { currency: 'EUR' })],
  ['of another endpoint', priced('fal-ai/b', 0.04)],
  ['below nothing', priced('fal-ai/a', -1)],
  ['in no words of fal', () => new Response('<html>')],
] as const)('a price %s is unknown, never 0', async ([, answer]) => {
  const { prices } = setUp(answer)
  await prices.ask('fal-ai/a')
  expect(prices.costUsd(charge(1))).toBeUndefined()
  expect(await prices.estimate('fal-ai/a', { count: 1, pixels: 1 })).toEqual({})
})

test('no units cost nothing at any price', () => {
  const { prices } = setUp(priced('fal-ai/a', 0.04))
  expect(prices.costUsd(charge(0))).toBe(0)
})

test('an endpoint that is billed as another is asked for under that name from then on', async () => {
  const { fal, prices } = setUp(priced('fal-ai/a', 0.04))
  await prices.ask('fal-ai/a')
  expect(prices.costUsd(charge(1, 'fal-ai/b'))).toBeUndefined()
  fal.answer = priced('fal-ai/b', 0.5)
  await prices.ask('fal-ai/a')
  expect(fal.asked).toEqual(['fal-ai/a', 'fal-ai/b'])
  expect(prices.costUsd(charge(2, 'fal-ai/b'))).toBe(1)
  expect(prices.costUsd(charge(2))).toBe(0.08)
})

test('an estimate waits for the price, also while another request asks for it', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const { fal, prices } = setUp(() => promise)
  const wish = { count: 3, pixels: undefined }
  const estimates = [1, 2, 3].map(() => prices.estimate('fal-ai/a', wish))
  resolve(await priced('fal-ai/a', 0.04)())
  expect(await Promise.all(estimates)).toEqual(
    [1, 2, 3].map(() => ({ unit: 'images', units: 3, usd: 0.12 })),
  )
  expect(fal.asked).toHaveLength(1)
})

test.for([
  ['images', 4, { count: 2, pixels: undefined }, 2],
  ['image', 4, { count: 2, pixels: 1 }, 2],
  ['video', 4, { count: 1, seconds: 5 }, 1],
  ['megapixels', 3, { count: 2, pixels: 1_048_576 }, 4],
  ['megapixels', 3, { count: 2, pixels: 1_000_000 }, 2],
  ['megapixels', 3, { count: 2, pixels: undefined }, undefined],
  ['seconds', 3, { count: 2, seconds: 5 }, 10],
  ['seconds', 3, { count: 2, atMostSeconds: 5 }, undefined],
  ['minutes', 3, { count: 1, seconds: 90 }, 1.5],
  ['characters', 3, { count: 1, characters: 44 }, 44],
  ['1000 characters', 3, { count: 1, characters: 44 }, 0.044],
  ['compute seconds', 3, { count: 2, pixels: 1 }, undefined],
] as const)('%s at %d USD for %o are %d', async ([unit, price, wish, units]) => {
  const { prices } = setUp(priced('fal-ai/a', price, { unit }))
  expect(await prices.estimate('fal-ai/a', wish)).toEqual(
    units === undefined ? { unit } : { unit, units, usd: units * price },
  )
})

test('a thousand prices are remembered, and the first is forgotten for another', async () => {
  const { fal, prices } = setUp(() => new Response('{}', { status: 404 }))
  for (let index = 0; index <= 1000; index += 1) await prices.ask(`fal-ai/${index}`)
  await prices.ask('fal-ai/1')
  expect(fal.asked).toHaveLength(1001)
  await prices.ask('fal-ai/0')
  expect(fal.asked).toHaveLength(1002)
})
