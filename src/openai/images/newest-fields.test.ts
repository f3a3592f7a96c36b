import { describe, expect, test } from 'vitest'

import { readNewestFields, readSafetyIdentifier } from './newest-fields.ts'

test.for([
  ['low', 'minimal'],
  ['medium', 'minimal'],
  ['high', 'high'],
])('complexity %s is thinking %s', ([complexity, thinking]) => {
  expect(readNewestFields({ complexity }, undefined)).toEqual({ thinking_level: thinking })
})

test.for([{}, { complexity: null, frame_count: null, svg: null, markup: null }])(
  'what is not said is not passed on: %o',
  (body) => {
    expect(readNewestFields(body, undefined)).toEqual({})
  },
)

test('an object of a form is one, too', () => {
  expect(readNewestFields({ 'svg[model]': 'a' }, 'svg')).toEqual({ svg: { model: 'a' } })
})

test.for<[string, object, 'gif' | 'svg' | 'png' | undefined]>([
  ['complexity', { complexity: 'extreme' }, undefined],
  ['frame_count', { frame_count: 9 }, undefined],
  ['frame_count', { frame_count: 1 }, 'gif'],
  ['frame_count', { frame_count: 17 }, 'gif'],
  ['frame_duration_ms', { frame_duration_ms: 200 }, 'png'],
  ['frame_duration_ms', { frame_duration_ms: 0 }, 'gif'],
  ['svg', { svg: { model: 'a' } }, 'gif'],
  ['svg', { 'svg[reasoning][effort]': 'low' }, 'png'],
  ['svg', { svg: 'a' }, 'svg'],
  ['markup', { markup: { image_url: 'https://example.com/a.png' } }, undefined],
])('%s is refused: %o', ([param, body, format]) => {
  expect(() => readNewestFields({ ...body }, format)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ param }) }),
  )
})

describe('whom a request is for', () => {
  test.for<[object, string | undefined]>([
    [{ safety_identifier: 'a', user: 'b' }, 'a'],
    [{ safety_identifier: '', user: 'b' }, 'b'],
    [{ safety_identifier: null, user: 'b' }, 'b'],
    [{ user: '' }, undefined],
    [{ user: 7 }, undefined],
    [{}, undefined],
  ])('%o: %s', ([body, expected]) => {
    expect(readSafetyIdentifier({ ...body })).toBe(expected)
  })
})
