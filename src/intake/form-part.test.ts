import { expect, test } from 'vitest'

import { toPlainName } from './form-part.ts'

test.for([
  ['cat.png', 'cat.png'],
  ['我的 猫.png', '我的 猫.png'],
  ['C:\\fakepath\\cat.png', 'cat.png'],
  ['../../etc/passwd', 'passwd'],
  ['a\r\nb\u0000<c>.png', 'abc.png'],
  ['x'.repeat(500), 'x'.repeat(100)],
  ['', 'picture'],
  ['a/', 'picture'],
  [undefined, 'picture'],
] as const)('%s is called %s', ([given, name]) => {
  expect(toPlainName(given)).toBe(name)
})
