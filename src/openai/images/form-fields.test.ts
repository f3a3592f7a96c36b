import { expect, test } from 'vitest'
import * as z from 'zod/mini'

import { optional } from '../schemas.ts'
import { fromFormFields } from './form-fields.ts'

const known = {
  words: optional(z.string()),
  list: optional(z.union([z.string(), z.array(z.string())])),
  count: optional(z.int()),
  sound: optional(z.boolean()),
  size: optional(z.union([z.string(), z.object({ width: z.int() })])),
}

test.for<[Record<string, unknown>, Record<string, unknown>]>([
  [{ words: '2024' }, { words: '2024' }],
  [{ words: 'true' }, { words: 'true' }],
  [{ words: 'null' }, { words: 'null' }],
  [{ words: '["a"]' }, { words: '["a"]' }],
  [{ words: '{a cat}' }, { words: '{a cat}' }],
  [{ list: '2024' }, { list: '2024' }],
  [{ list: '["a"]' }, { list: ['a'] }],
  [{ count: ' 2 ' }, { count: 2 }],
  [{ count: '2.0' }, { count: 2 }],
  [{ count: 'null' }, { count: null }],
  [{ count: '2.5' }, { count: 2.5 }],
  [{ count: '' }, {}],
  [{ sound: 'false' }, { sound: false }],
  [{ size: '{"width":3}' }, { size: { width: 3 } }],
  [
    { prompt: '2024', user: '7' },
    { prompt: '2024', user: '7' },
  ],
])('%j is %j, by what the field takes', ([fields, read]) => {
  expect(fromFormFields(fields, known)).toEqual(read)
})

test.for<[string, unknown]>([
  ['7', 7],
  ['0.5', 0.5],
  ['true', true],
  ['{"a":1}', { a: 1 }],
  ['12345678901234567890', '12345678901234567890'],
  ['1.0', 1],
])('of a field of fal’s %s is what it reads as, where nothing is lost', ([text, value]) => {
  expect(fromFormFields({ constructor: text }, known)).toEqual({ constructor: value })
})
