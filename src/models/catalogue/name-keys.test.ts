import { expect, test } from 'vitest'

import { toPattern } from './name-keys.ts'

test.for([
  ['flux*', 'FLUX 1.1 Pro', true],
  ['flux*', 'my-flux', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['fal-ai/*/edit', 'fal-ai/a/b/edit', true],
  ['fal-ai/*/edit', 'fal-ai/edit', false],
  ['*pro*ultra', 'pro pro ultra ultra', true],
  ['*pro*ultra', 'pro ultra pro', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a?', 'a', false],
  ['**a**', 'a', true],
  ['a+(b)[c]^$|\\', 'a+(b)[c]^$|\\', true],
] as const)('%s and %s', ([glob, name, expected]) => {
  expect(toPattern(glob)(name)).toBe(expected)
})
