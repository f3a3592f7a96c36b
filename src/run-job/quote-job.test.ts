import { expect, test } from 'vitest'

import type { Medium, Order } from '../job/medium.ts'
import { quoteJob } from './quote-job.ts'

/** Sends what is known of the endpoint, so that it can be seen. */
const medium: Medium<{ model: string; count: number }, Order, never> = {
  name: 'known',
  async plan({ model }, _, liveOf) {
    const toOrder = () => ({
      endpoint: model,
      inputs: [{ live: liveOf(model) }],
      adjusted: [],
      quantity: { count: 1 },
    })
    return { model, choices: [{ endpoint: model, toOrder }] }
  },
  collect() {
    throw new Error('nothing is made of a quote')
  },
}

test('a quote is of what would be sent by the newest that is known of the endpoint', async () => {
  const quote = await quoteJob({ model: 'fal-ai/x', count: 1 }, medium, {
    schemas: {
      find: async () => undefined,
      known: (endpoint) => `the newest of ${endpoint}`,
      refresh: () => undefined,
    },
    prices: {
      ask: () => undefined,
      costUsd: () => undefined,
      estimate: async () => ({}),
    },
    retired: { has: () => false, add: () => undefined },
  })
  expect(quote.input).toEqual({ live: 'the newest of fal-ai/x' })
})
