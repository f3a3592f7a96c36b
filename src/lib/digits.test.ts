import { expect, test } from 'vitest'

import { toAsciiDigits } from './digits.ts'

test.for([
  ['Arabic', '٠١٢٣٤٥٦٧٨٩'],
  ['Persian', '۰۱۲۳۴۵۶۷۸۹'],
  ['Devanagari', '०१२३४५६७८९'],
  ['Bengali', '০১২৩৪৫৬৭৮৯'],
  ['Thai', '๐๑๒๓๔๕๖๗๘๙'],
  ['fullwidth', '０１２３４５６７８９'],
  ['ASCII', '0123456789'],
])('%s', ([, digits]) => {
  expect(toAsciiDigits(`a${digits}é猫`)).toBe('a0123456789é猫')
})

test('every text stays as long as it is', () => {
  const text = '١𝟏①²一x'
  expect(toAsciiDigits(text)).toBe('1𝟏①²一x')
})
