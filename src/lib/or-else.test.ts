import { expect, test } from 'vitest'
import * as z from 'zod/mini'

import { orElse } from './or-else.ts'

const reading = z.object({ name: z.string(), age: orElse(z.nullish(z.int()), undefined) })

test('what fits is read, and what does not is read as the other value', () => {
  expect(reading.parse({ name: 'a', age: 7 })).toEqual({ name: 'a', age: 7 })
  expect(reading.parse({ name: 'a', age: 'seven' })).toEqual({ name: 'a', age: undefined })
  expect(reading.parse({ name: 'a', age: null })).toEqual({ name: 'a', age: null })
  expect(reading.parse({ name: 'a' })).toEqual({ name: 'a' })
})

test('only its own field is forgiven', () => {
  expect(reading.safeParse({ age: 7 }).success).toBe(false)
})

test('entries of a list are each read for themselves', () => {
  expect(z.array(orElse(z.boolean(), false)).parse([true, 'yes', null])).toEqual([
    true,
    false,
    false,
  ])
})
