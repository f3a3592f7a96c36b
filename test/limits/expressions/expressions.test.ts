import { expect, test } from 'vitest'

import { createStepCounter } from './count-steps.ts'
import { findBuilt, findExpressions } from './find-expressions.ts'
import { hostileTexts, write, type HostileText } from './hostile-texts.ts'

const { written, built } = findExpressions()
const loaded = await findBuilt()

/** Put together in functions, out of what no caller says. */
const IN_FUNCTIONS = new Map([
  // Digits behind a random mark, in an answer of our own.
  ['media/base64-places.ts', 1],
])

test('every expression that is put together is looked at', () => {
  const seen = Map.groupBy(loaded, ({ place }) => place)
  const unseen = [...built].filter(([file, count]) => {
    return count !== (seen.get(file)?.length ?? 0) + (IN_FUNCTIONS.get(file) ?? 0)
  })
  expect(unseen).toEqual([])
  expect(written.length).toBeGreaterThan(100)
  expect(loaded.length).toBeGreaterThan(5)
})

const SHORT = 64
const TIMES = 4
/** Twice what the length says; the square of it would be four times. */
const GROWTH = TIMES * 2
/** Steps for one character, however the text is made. */
const MOST_STEPS = 400

/** Of all texts the dearest, and those that cost more than their length says. */
function look(expression: RegExp) {
  const counter = createStepCounter(expression)
  const none: HostileText = { before: '', pump: 'a', after: '' }
  let dearest = { text: none, steps: 0 }
  const growing: string[] = []
  for (const text of hostileTexts(expression)) {
    const count = (length: number) => counter.count(write(text, length), length * MOST_STEPS)
    const [short, long] = [count(SHORT), count(SHORT * TIMES)]
    const grows = long === Infinity || long + SHORT > GROWTH * (short + SHORT)
    if (grows) growing.push(`${JSON.stringify(text)}: ${short}, then ${long} steps`)
    if (long > dearest.steps) dearest = { text, steps: long }
  }
  return { dearest, growing }
}

test.for([
  // What once stood here, and what is known of such expressions.
  /^\s*(?:请|帮我|请帮我|给我|再|重新)*(?:画|生成)/i,
  /!\[[^\]]*\]\((https?:\/\/[^\s)]+)\)/g,
  /^\s*bearer\s+(.+)$/i,
  /\.?0+$/,
  /(a+)+b/,
  /(?:a|a)*b/,
  /\d+\d+x/,
  /[\s,]*x$/,
  /(?<=a.*)b/g,
  /--no (.*?)(?=\s--|$)/g,
])('the test finds fault with %s', (expression) => {
  expect(look(expression).growing).not.toEqual([])
})

const all = [...written, ...loaded].map((one) => ({ ...one, ...look(one.expression) }))

test('no expression takes more steps than the length of the text says', () => {
  const faults = all.flatMap(({ place, expression, growing: [fault] }) =>
    fault === undefined ? [] : [`${place} ${String(expression)} ${fault}`],
  )
  expect(faults).toEqual([])
})

/** Milliseconds of CPU, on which other programs have no hold, for reading so many texts one after the other. */
function time(expression: RegExp, text: string, texts: number): number {
  const begin = process.cpuUsage()
  for (let index = 0; index < texts; index += 1) {
    if (expression.global) for (const _ of text.matchAll(expression)) continue
    else expression.exec(text)
  }
  const { user } = process.cpuUsage(begin)
  return user / 1000
}

/** Of 256 KB whatever grows with the square costs many seconds: this is for collecting garbage meanwhile. */
const CHANCE_MS = 200

test('the runtime’s own engine agrees, from 1 KB to 256 KB', () => {
  const slow = all.filter(({ expression, dearest: { text } }) => {
    time(expression, write(text, 1024), 1)
    const quarter = time(expression, write(text, 16 * 1024), 4)
    return time(expression, write(text, 256 * 1024), 1) > 8 * 4 * quarter + CHANCE_MS
  })
  expect(slow.map(({ place, dearest }) => `${place} ${JSON.stringify(dearest.text)}`)).toEqual([])
})
