import { describe, test } from 'vitest'

import { testLongMessages } from './long-messages.fixture.ts'
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

testLongMessages(50)
