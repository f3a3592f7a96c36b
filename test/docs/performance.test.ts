import { expect, test } from 'vitest'

import { toRows } from '../../bench/report.ts'
import { readLatest, toSentence } from '../../bench/results.ts'
import { readPage, tableOf } from './page.ts'

const page = readPage('docs/performance.md')
const latest = readLatest()

test('the table is what the latest complete run of the bench found', () => {
  expect(tableOf(page, '', 'this gateway')).toEqual(toRows(latest.figures))
})

test('the page says when and where that was, and how busy the machine', () => {
  expect(page.text).toContain(toSentence(latest))
})

test('nothing is left out of the run that is shown', () => {
  expect([latest.quick, latest.failed]).toEqual([false, []])
})

test('a figure in the prose is one of the table', () => {
  const prose = page.text.split('### What it says')[1]?.split('\n## ')[0] ?? ''
  const told = [...prose.matchAll(/\d[\d.,]* (?:ms|KB|MB)/g)].map(([figure]) => figure)
  const cells = toRows(latest.figures).flat().join(' ')
  expect(told.filter((figure) => !cells.includes(figure))).toEqual([])
})
