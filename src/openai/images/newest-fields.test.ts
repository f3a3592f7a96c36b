import { describe, expect, test } from 'vitest'

import { readNewestFields, readSafetyIdentifier } from './newest-fields.ts'

test.for([
  ['low', 'minimal'],
  ['medium', 'minimal'],
  ['high', 'high'],
] as const)('complexity %s is thinking %s', ([complexity, thinking]) => {
  expect(readNewestFields({ complexity }, {})).toEqual({ complexity, thinking_level: thinking })
})

test('what is not said is not passed on', () => {
  expect(readNewestFields({}, { markup: null })).toEqual({})
})

test('an object of a form is one, too', () => {
  const read = readNewestFields({ output_format: 'svg' }, { 'svg[model]': 'a' })
  expect(read).toEqual({ svg: { model: 'a' } })
})

test('what belongs to a format is passed on where none is named', () => {
  expect(readNewestFields({ frame_count: 9 }, { 'svg[model]': 'a' })).toEqual({
    frame_count: 9,
    svg: { model: 'a' },
  })
})

test.for<[string, Parameters<typeof readNewestFields>[0], object]>([
  ['frame_count', { frame_count: 9, output_format: 'webp' }, {}],
  ['frame_duration_ms', { frame_duration_ms: 200, output_format: 'png' }, {}],
  ['svg', { svg: { model: 'a' }, output_format: 'gif' }, {}],
  ['svg', { output_format: 'png' }, { 'svg[reasoning][effort]': 'low' }],
  ['markup', {}, { markup: { image_url: 'https://example.com/a.png' } }],
])('%s is refused: %o', ([param, options, body]) => {
  expect(() => readNewestFields(options, { ...body })).toThrow(
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
