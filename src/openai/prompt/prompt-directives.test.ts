import { describe, test } from 'vitest'

import { STAYS } from './prompt-directives-stays.fixture.ts'
import { TAKEN } from './prompt-directives.fixture.ts'
import { readPromptDirectives } from './prompt-directives.ts'
import { NO_SIZES, SIZES } from './prompt-sizes.fixture.ts'

describe('takes directives out of a message', () => {
  test.for([...TAKEN, ...SIZES])('%j', ([text, expected], { expect }) => {
    expect(readPromptDirectives(text)).toEqual(expected)
  })
})

describe('leaves alone what only looks like one', () => {
  test.for([...STAYS, ...NO_SIZES])('%j', (text, { expect }) => {
    expect(readPromptDirectives(text)).toEqual({ prompt: text })
  })
})

test.for([...[...TAKEN, ...SIZES].map(([text]) => text), ...STAYS, ...NO_SIZES])(
  'changes nothing when it reads its own prompt again: %j',
  (text, { expect }) => {
    const { prompt } = readPromptDirectives(text)
    expect(readPromptDirectives(prompt)).toEqual({ prompt })
  },
)

test.for(['  a cat  ', '\r\n一只猫\t', '\u3000一只猫\u3000', '\uFEFFa cat'])(
  'trims a message without directives: %j',
  (text, { expect }) => {
    expect(readPromptDirectives(text)).toEqual({ prompt: text.trim() })
  },
)

const PIECES =
  'a cat|一只猫|的|16:9|4:3|1024x768|4K|10:10|比例|尺寸：|size |aspect ratio|--ar |--n 2|--seed 7|--no |--new|' +
  '--v 6|—|横屏|正方形|4张|来四张|,|，|。|.| |  |\n|\r\n|(|)|【|】|“|”|"|「|」|[[|]]|`|```|https://a.b/|🐱|\uD83D|\uDC31|at|was|比分|x|:|0'
const WORDS = 'a cat|一只猫|的|,|，|。|.| |  |\n|(|)|“|”|"|「|[[|`|🐱|\uD83D|é|K|at|on the moon|—|!'

describe('with pseudo-random messages', () => {
  const seed = 20_261_123

  test(`never throws, and a second reading changes nothing (seed ${seed})`, ({ expect }) => {
    const unstable = randomTexts({ seed, pieces: PIECES.split('|'), texts: 2000 }).filter(
      (text) => {
        const { prompt } = readPromptDirectives(text)
        return readPromptDirectives(prompt).prompt !== prompt
      },
    )
    expect(unstable).toEqual([])
  })

  test(`returns a message without digits, flags or key words trimmed (seed ${seed})`, ({
    expect,
  }) => {
    const changed = randomTexts({ seed, pieces: WORDS.split('|'), texts: 2000 }).filter(
      (text) => readPromptDirectives(text).prompt !== text.trim(),
    )
    expect(changed).toEqual([])
  })
})

interface RandomTexts {
  readonly seed: number
  readonly pieces: readonly string[]
  readonly texts: number
}

function randomTexts({ seed, pieces, texts }: RandomTexts): string[] {
  let state = seed
  // Numerical Recipes' linear congruential generator.
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return Array.from({ length: texts }, () =>
    Array.from({ length: 1 + below(12) }, () => pieces[below(pieces.length)] ?? '').join(''),
  )
}

const LENGTH = 200_000

describe('takes linear time with 200 KB', () => {
  const units =
    '16:9 |(16:9) |16:|1|1:1|3:2,|1024x|(|((16:9)|(4张)|的|分|size |size   |size 16:9, |size 16:9:1 |' +
    'aspect |ratio:|比例|比例: 1 |画面的|--ar |--ar 1|--no |--no a|--no --n 2 |--seed 7 |--|—|–ar|--n |' +
    '4张 |画 |给我 |横屏,|正方形|圆形,方形 |四|“|"|「|『|[[|[[a]] |`|```|https://|https://,,|http|https://a |' +
    '2K 16:9 |16:9 2K|4K, |format |in |in format |화면 |соотношение сторон|\u200F|1\u200E:|' +
    ' |\n|\r\n|, |。|🐱|\uD83D|\uFFFC|a|一|score 3:2 '

  test.for(units.split('|'))('of %j', (unit, { expect }) => {
    const repeated = unit.repeat(LENGTH / unit.length)
    const spaces = ' '.repeat(LENGTH / 2)
    for (const text of [
      repeated,
      `a${repeated} 16:9`,
      `一${spaces}${repeated.slice(LENGTH / 2)}`,
    ]) {
      expect(readPromptDirectives(text).prompt.length).toBeLessThanOrEqual(text.length)
    }
  })

  test('of nested brackets', ({ expect }) => {
    const nested = `一只猫${'('.repeat(LENGTH / 2)}横屏${')'.repeat(LENGTH / 2)}`
    expect(readPromptDirectives(nested)).toEqual({ prompt: '一只猫', size: '16:9' })
  })
})
