import type OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startStack, until, type Stack } from '../support/start-stack.ts'
import { impatient } from './orders.ts'

// Two equal orders of one caller are two orders, whoever of them comes back: each gets an image of its own, and
// nothing is made that nobody gets.

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ ledger: 'temporary' })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const model = 'flux-dev'
const submits = (): number => stack.fal.journal.count('submit')

type Ask = (client: OpenAI, prompt: string) => Promise<string | undefined>

const SURFACES: Readonly<Record<string, Ask>> = {
  images: async (client, prompt) =>
    (await client.images.generate({ model, prompt, response_format: 'url' })).data?.[0]?.url,
  chat: async (client, prompt) => {
    const messages = [{ role: 'user' as const, content: prompt }]
    const { choices } = await client.chat.completions.create({ model, messages })
    return /\((http\S+?)\)/.exec(choices[0]?.message.content ?? '')?.[1]
  },
  responses: async (client, prompt) => {
    const tools = [{ type: 'image_generation' as const }]
    const { output } = await client.responses.create({ model, input: prompt, tools })
    const call = output.find(({ type }) => type === 'image_generation_call')
    return call?.type === 'image_generation_call' ? (call.result ?? undefined) : undefined
  },
}

const generate = SURFACES['images'] ?? (() => Promise.reject(new Error('no surface')))

/** Asks for the same as many times as there are patiences, each when the one before has been submitted. */
async function askInTurn(
  ask: Ask,
  prompt: string,
  patiences: readonly number[],
): Promise<readonly (string | undefined)[]> {
  const asking: Promise<string | undefined>[] = []
  for (const patience of patiences) {
    asking.push(ask(impatient(stack, patience), prompt))
    await until(() => submits() >= asking.length)
  }
  return Promise.all(asking)
}

/** Each got one, another than the others', of as many as there were made. */
function expectEachItsOwn(got: readonly (string | undefined)[]): void {
  expect(got.every((one) => one !== undefined)).toBe(true)
  expect(new Set(got).size).toBe(got.length)
  expect(submits()).toBe(got.length)
  expect(stack.fal.journal.count('cancel')).toBe(0)
}

describe.each(Object.entries(SURFACES))('two equal orders at once: %s', (name, ask) => {
  test('the second runs longer than its client waits', async () => {
    const prompt = `a twin of ${name} [[run:100ms*1]] [[run:3s]]`
    expectEachItsOwn(await askInTurn(ask, prompt, [20_000, 2000]))
  })

  test('the first runs longer than its client waits', async () => {
    const prompt = `another twin of ${name} [[run:3s*1]] [[run:100ms]]`
    expectEachItsOwn(await askInTurn(ask, prompt, [2000, 20_000]))
  })
})

test('both run longer than their clients wait', async () => {
  const prompt = 'twins that both come back [[run:3s]]'
  expectEachItsOwn(await askInTurn(generate, prompt, [2000, 2000]))
})

test('both wait in the queue longer than their clients do', async () => {
  const prompt = 'twins that wait [[queue:3s]]'
  expectEachItsOwn(await askInTurn(generate, prompt, [2000, 2000]))
})

test('one is being waited for while the other comes back', async () => {
  const prompt = 'a patient twin [[run:5s]]'
  expectEachItsOwn(await askInTurn(generate, prompt, [20_000, 2000]))
})

test('four, of which every second comes back', async () => {
  const prompt = 'quadruplets [[run:4700ms]]'
  expectEachItsOwn(await askInTurn(generate, prompt, [20_000, 2000, 20_000, 2000]))
})

test('one after the other: what has been delivered is nobody else’s', async () => {
  const prompt = 'a later twin [[run:100ms*1]] [[run:3s]]'
  const first = await generate(impatient(stack, 20_000), prompt)
  const second = await generate(impatient(stack, 2000), prompt)
  expectEachItsOwn([first, second])
})

test('one after the other, and the first try of the second never came', async () => {
  const body = { model, prompt: 'a twin whose first try never came' }
  const draw = async (tries: number) => {
    const headers = { 'x-stainless-retry-count': String(tries) }
    const response = await stack.post('/images/generations', body, { headers })
    return /"url":"(\S+?)"/.exec(await response.text())?.[1]
  }
  const first = await draw(0)
  const delivered = Date.now()
  // Sooner it could be the same client, whose time was up when the answer came.
  await until(() => Date.now() > delivered + 3600)
  expectEachItsOwn([first, await draw(1)])
})

const drawClear: Ask = async (client, prompt) => {
  const wish = { model, prompt, background: 'transparent' as const }
  return (await client.images.generate({ ...wish, response_format: 'url' })).data?.[0]?.url
}

test('a second step belongs to its own order, too', async () => {
  const prompt = 'a cleared twin [[run:1500ms]]'
  const got = await Promise.all([2000, 20_000].map((ms) => drawClear(impatient(stack, ms), prompt)))
  expect(new Set(got).size).toBe(2)
  expect(stack.fal.journal.jobs()).toHaveLength(4)
})
