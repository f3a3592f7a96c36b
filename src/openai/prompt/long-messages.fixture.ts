import { describe, test } from 'vitest'

import { readPromptDirectives } from './prompt-directives.ts'

const UNITS =
  '16:9 |(16:9) |16:|1|1:1|3:2,|1024x|(|((16:9)|(4张)|的|分|size |size   |size 16:9, |size 16:9:1 |' +
  'aspect |ratio:|比例|比例: 1 |画面的|--ar |--ar 1|--no |--no a|--no --n 2 |--seed 7 |--|—|–ar|--n |' +
  '4张 |画 |给我 |横屏,|正方形|圆形,方形 |四|“|"|「|『|[[|[[a]] |`|```|https://|https://,,|http|https://a |' +
  '2K 16:9 |16:9 2K|4K, |format |in |in format |화면 |соотношение сторон|\u200F|1\u200E:|' +
  ' |\n|\r\n|, |。|🐱|\uD83D|\uFFFC|a|一|score 3:2 '

/** Whatever grows with the square of the length takes minutes at 200 KB, and seconds at 50. */
export function testLongMessages(kilobytes: number): void {
  const length = kilobytes * 1000

  describe(`takes linear time with ${kilobytes} KB`, () => {
    test.for(UNITS.split('|'))('of %j', (unit, { expect }) => {
      const repeated = unit.repeat(length / unit.length)
      const spaces = ' '.repeat(length / 2)
      for (const text of [
        repeated,
        `a${repeated} 16:9`,
        `一${spaces}${repeated.slice(length / 2)}`,
      ]) {
        expect(readPromptDirectives(text).prompt.length).toBeLessThanOrEqual(text.length)
      }
    })

    test('of nested brackets', ({ expect }) => {
      const nested = `一只猫${'('.repeat(length / 2)}横屏${')'.repeat(length / 2)}`
      expect(readPromptDirectives(nested)).toEqual({ prompt: '一只猫', size: '16:9' })
    })
  })
}
