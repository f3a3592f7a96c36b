import { describe, test } from 'vitest'

import { ProblemError } from '../job/problem.ts'
import { collectParts } from './collect-parts.ts'

interface Part {
  readonly made: readonly string[]
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
  readonly flagged?: number
}

function made(names: readonly string[], more: Partial<Part> = {}) {
  const value: Part = { made: names, seed: undefined, revisedPrompt: undefined, ...more }
  return { status: 'fulfilled', value } as const
}

const collect = (ends: readonly PromiseSettledResult<Part>[], count: number) =>
  collectParts(ends, count, (part) => part.made)

const failed = (reason: unknown) => ({ status: 'rejected', reason }) as const
const REJECTED = new ProblemError({ kind: 'content_rejected', message: 'no' })
const BUSY = new ProblemError({ kind: 'rate_limited', retryAfterSeconds: undefined })

const nothing = { seed: undefined, revisedPrompt: undefined }

describe('what several requests made', () => {
  test('is one list in order, with the first request’s seed and prompt', ({ expect }) => {
    const ends = [
      made(['a', 'b'], { seed: '7', revisedPrompt: 'one' }),
      made(['c'], { seed: '9', revisedPrompt: 'two' }),
    ]
    expect(collect(ends, 3)).toEqual({
      items: ['a', 'b', 'c'],
      seed: '7',
      revisedPrompt: 'one',
      adjusted: [],
    })
  })

  test('is returned when another request failed, which is named', ({ expect }) => {
    expect(collect([failed(REJECTED), made(['b'])], 2)).toEqual({
      items: ['b'],
      ...nothing,
      adjusted: ['n=2->1:content_rejected'],
    })
  })

  test('is named as missing by every reason, each once', ({ expect }) => {
    const ends = [
      made(['a'], { flagged: 2 }),
      failed(BUSY),
      failed(BUSY),
      failed(new TypeError('a mistake of ours')),
    ]
    expect(collect(ends, 10).adjusted).toEqual(['n=10->1:rate_limited+internal+flagged'])
  })

  test('is too little without a failure, or more than asked', ({ expect }) => {
    expect(collect([made(['a'])], 4).adjusted).toEqual(['n=4->1'])
    expect(collect([made(['a', 'b'])], 1)).toMatchObject({
      items: ['a', 'b'],
      adjusted: [],
    })
  })
})

describe('nothing at all', () => {
  test('is the first request’s failure', ({ expect }) => {
    expect(() => collect([failed(REJECTED), failed(BUSY)], 2)).toThrow(REJECTED)
  })

  test.for([[[]], [[failed('not an error')]]])('never goes unsaid: %j', ([ends], { expect }) => {
    expect(() => collect(ends ?? [], 1)).toThrow('internal')
  })
})
