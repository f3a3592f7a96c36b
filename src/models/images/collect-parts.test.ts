import { describe, test } from 'vitest'

import { ProblemError } from '../../job/problem.ts'
import { collectParts } from './collect-parts.ts'
import type { FalImages } from './fal-output.ts'

const image = (name: string) => ({
  url: `https://v3.fal.media/${name}.png`,
  contentType: undefined,
  pixels: undefined,
})

function made(names: readonly string[], more: Partial<FalImages> = {}) {
  const value: FalImages = {
    images: names.map(image),
    seed: undefined,
    revisedPrompt: undefined,
    flagged: 0,
    ...more,
  }
  return { status: 'fulfilled', value } as const
}

const failed = (reason: unknown) => ({ status: 'rejected', reason }) as const
const REJECTED = new ProblemError({ kind: 'content_rejected', message: 'no' })
const BUSY = new ProblemError({ kind: 'rate_limited', retryAfterSeconds: undefined })

const nothing = { seed: undefined, revisedPrompt: undefined }

describe('the pictures of several requests', () => {
  test('are one list in order, with the first request’s seed and prompt', ({ expect }) => {
    const ends = [
      made(['a', 'b'], { seed: '7', revisedPrompt: 'one' }),
      made(['c'], { seed: '9', revisedPrompt: 'two' }),
    ]
    expect(collectParts(ends, 3)).toEqual({
      images: ['a', 'b', 'c'].map(image),
      seed: '7',
      revisedPrompt: 'one',
      adjusted: [],
    })
  })

  test('are returned when another request failed, which is named', ({ expect }) => {
    expect(collectParts([failed(REJECTED), made(['b'])], 2)).toEqual({
      images: [image('b')],
      ...nothing,
      adjusted: ['n=2->1:content_rejected'],
    })
  })

  test('are named as missing by every reason, each once', ({ expect }) => {
    const ends = [
      made(['a'], { flagged: 2 }),
      failed(BUSY),
      failed(BUSY),
      failed(new TypeError('a mistake of ours')),
    ]
    expect(collectParts(ends, 10).adjusted).toEqual(['n=10->1:rate_limited+internal+flagged'])
  })

  test('are too few without a failure, or more than asked', ({ expect }) => {
    expect(collectParts([made(['a'])], 4).adjusted).toEqual(['n=4->1'])
    expect(collectParts([made(['a', 'b'])], 1)).toMatchObject({
      images: ['a', 'b'].map(image),
      adjusted: [],
    })
  })
})

describe('no picture at all', () => {
  test('is the first request’s failure', ({ expect }) => {
    expect(() => collectParts([failed(REJECTED), failed(BUSY)], 2)).toThrow(REJECTED)
  })

  test.for([[[]], [[failed('not an error')]]])('never goes unsaid: %j', ([ends], { expect }) => {
    expect(() => collectParts(ends ?? [], 1)).toThrow('internal')
  })
})
