import { describe, test } from 'vitest'

import { mergeGenerators, type MergedEvent } from './merge-generators.ts'

type Generator = AsyncGenerator<string, string, void>

async function* tell(name: string, events: number): Generator {
  for (let index = 0; index < events; index++) {
    await Promise.resolve()
    yield `${name}${index}`
  }
  return `${name}!`
}

async function* fail(name: string, events: number): Generator {
  for (let index = 0; index < events; index++) yield `${name}${index}`
  await Promise.resolve()
  throw new Error(name)
}

async function drain(generators: readonly Generator[], limit: number) {
  const merged = mergeGenerators(generators, limit)
  const events: MergedEvent<string>[] = []
  for (;;) {
    const next = await merged.next()
    if (next.done === true) return { events, ends: next.value }
    events.push(next.value)
  }
}

const done = (value: string) => ({ status: 'fulfilled', value }) as const
const broken = (name: string) => ({ status: 'rejected', reason: new Error(name) }) as const

describe('several generators side by side', () => {
  test('tell all their events, each in its own order', async ({ expect }) => {
    const { events } = await drain([tell('a', 3), tell('b', 1), tell('c', 2)], 6)
    expect(events).toHaveLength(6)
    const of = (index: number) =>
      events.filter((one) => one.index === index).map(({ event }) => event)
    expect([of(0), of(1), of(2)]).toEqual([['a0', 'a1', 'a2'], ['b0'], ['c0', 'c1']])
  })

  test('end in the order given, not in the order in which they are done', async ({ expect }) => {
    const { ends } = await drain([tell('slow', 9), tell('b', 0), tell('c', 3)], 6)
    expect(ends).toEqual([done('slow!'), done('b!'), done('c!')])
  })

  test('do not stop each other by failing', async ({ expect }) => {
    const { events, ends } = await drain([fail('a', 1), tell('b', 2), fail('c', 0)], 6)
    expect(ends).toEqual([broken('a'), done('b!'), broken('c')])
    expect(events.map(({ event }) => event).toSorted()).toEqual(['a0', 'b0', 'b1'])
  })

  test('of which there are none', async ({ expect }) => {
    expect(await drain([], 6)).toEqual({ events: [], ends: [] })
  })
})

describe('at most so many at a time', () => {
  test.for([1, 2, 3, 6, 10])('%d of ten', async (limit, { expect }) => {
    let underWay = 0
    let most = 0
    const begun: number[] = []
    async function* watched(index: number): Generator {
      begun.push(index)
      underWay += 1
      most = Math.max(most, underWay)
      try {
        for (let event = 0; event <= index % 3; event++) {
          await Promise.resolve()
          yield `${index}.${event}`
        }
        if (index === 4) throw new Error('four')
        return `${index}`
      } finally {
        underWay -= 1
      }
    }
    const indexes = Array.from({ length: 10 }, (_, index) => index)
    const { ends } = await drain(indexes.map(watched), limit)
    expect(most).toBe(limit)
    expect(begun).toEqual(indexes)
    expect(ends).toEqual(indexes.map((index) => (index === 4 ? broken('four') : done(`${index}`))))
  })
})

test('the next event is fetched while the last one is being told', async ({ expect }) => {
  const steps: string[] = []
  async function* eager(): Generator {
    steps.push('first')
    yield 'a'
    steps.push('second')
    yield 'b'
    return ''
  }
  const merged = mergeGenerators([eager()], 1)
  await merged.next()
  expect(steps).toEqual(['first', 'second'])
})

test('one alone tells its events and its end, also when it fails while one is being told', async ({
  expect,
}) => {
  const merged = mergeGenerators([fails()], 1)
  expect(await merged.next()).toEqual({ done: false, value: { index: 0, event: 'a' } })
  expect(await merged.next()).toEqual({ done: true, value: [broken('zero')] })
})

async function* fails(): Generator {
  yield 'a'
  throw new Error('zero')
}
