import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { CLIENTS } from '../../scripts/clients/client-needs.ts'
import { PAGE_FILE, readShowings, writeCompatibilityPage } from '../../scripts/compatibility.ts'

const page = readFileSync(PAGE_FILE, 'utf8')

test('the page says what the tests say: `npm run docs:compatibility` writes it anew', () => {
  expect(plain(page)).toBe(plain(writeCompatibilityPage()))
})

/** The formatter pads the cells of a table. */
const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

test('tests show needs that clients have', () => {
  const known = new Set(
    Object.entries(CLIENTS).flatMap(([id, { needs }]) =>
      Object.keys(needs).map((need) => `${id}/${need}`),
    ),
  )
  const shown = readShowings().flatMap(({ shows }) => shows)
  expect(shown.filter((id) => !known.has(id))).toEqual([])
})

test('nothing is listed that no test shows', () => {
  expect(page.split('\n').filter((line) => /\| not shown +\|$/.test(line))).toEqual([])
})

const read = (source: string) => readShowings(() => source, ['test/a.test.ts'])

describe('a comment that says what is shown', () => {
  test.for([
    ["// Shows: a/b\ntest('it works', () => {", ['a/b']],
    ["  // Shows: a/b, a/c\n  // Why.\n  test.for([\n    ['x', 1],\n  ])('it works', () => {", []],
    ["// Shows: a/b, a/c\ntest.for([\n  ['x', 1],\n])(\n  'it works',", ['a/b', 'a/c']],
    ["// Shows: a/b\ntest.for([\n  ['x()'],\n] as const)('it works', () => {", ['a/b']],
    [
      "// Shows: a/b\ntest.for<[string, () => Promise<void>]>([\n  ['x', run],\n])('it works', () => {",
      ['a/b'],
    ],
    ["// Shows: a/b\ntest.each(ROWS)('it works', (row) => {", ['a/b']],
  ] as const)('is read above %j', ([source, shows]) => {
    if (shows.length === 0) expect(() => read(source)).toThrow('stands above no test')
    else expect(read(source)).toEqual([{ file: 'test/a.test.ts', title: 'it works', shows }])
  })

  const notRun = ['skip', 'todo'].map((how) => `test.${how}`)
  test.for([...notRun, 'describe', 'const x = '])('counts not above %s', (word) => {
    expect(() => read(`// Shows: a/b\n${word}('it works', () => {`)).toThrow('above no test')
  })
})
