import { describe, test } from 'vitest'

import { readPromptDirectives, VIDEO_FINDERS } from '../prompt-directives.ts'

describe('how long and how sharp a video is to be', () => {
  test.for<[string, object]>([
    ['a cat --seconds 8', { prompt: 'a cat', seconds: 8 }],
    ['a cat --duration: 8s', { prompt: 'a cat', seconds: 8 }],
    ['a cat —duration 8 --ar 16:9', { prompt: 'a cat', seconds: 8, size: '16:9' }],
    ['a cat --resolution 1080p', { prompt: 'a cat', lines: '1080p' }],
    ['a cat --resolution 4k', { prompt: 'a cat', resolution: '4K' }],
    ['a cat, 8s', { prompt: 'a cat', seconds: 8 }],
    ['a cat 8s', { prompt: 'a cat', seconds: 8 }],
    ['a cat 16:9 8s 720p', { prompt: 'a cat', seconds: 8, size: '16:9', lines: '720p' }],
    ['8s, 16:9, a cat', { prompt: 'a cat', seconds: 8, size: '16:9' }],
    ['a cat, 8 seconds.', { prompt: 'a cat', seconds: 8 }],
    ['a cat\n8 sec', { prompt: 'a cat', seconds: 8 }],
    ['一只猫，8秒', { prompt: '一只猫', seconds: 8 }],
    ['8秒，一只猫', { prompt: '一只猫', seconds: 8 }],
    ['一只猫 １０秒', { prompt: '一只猫', seconds: 10 }],
    ['一只猫，时长8秒，竖屏', { prompt: '一只猫', seconds: 8, size: '9:16' }],
    ['a cat, duration: 8s, at night', { prompt: 'a cat, at night', seconds: 8 }],
    ['a cat, resolution: 480p', { prompt: 'a cat', lines: '480p' }],
    ['a cat 8s --seconds 5', { prompt: 'a cat', seconds: 5 }],
  ])('%s', ([text, found], { expect }) => {
    expect(readPromptDirectives(text, VIDEO_FINDERS)).toEqual(found)
  })

  test.for([
    'the clock shows 8s',
    'a countdown of 8s',
    'he waits for 8 seconds',
    'a man holds his breath 30 seconds',
    'music of the 80s',
    'a street, 80s',
    'a video of 8 seconds of silence',
    'after 8s, the cat jumps over 3 seconds of film',
    '一只猫跑步8秒',
    '曝光时长8秒',
    'a cat --seconds 0',
    'a cat --seconds 90x',
    'a sign saying "8s"',
    'a cat 4k',
    'shot in 720p',
    'model RS-8s',
    '4张',
  ])('stays: %s', (text, { expect }) => {
    expect(readPromptDirectives(text, VIDEO_FINDERS)).toEqual({ prompt: text })
  })

  test.for(['a cat, 8s', 'a cat --seconds 8', 'a cat 720p', 'a cat, duration: 8s'])(
    'a picture has none: %s',
    (text, { expect }) => {
      expect(readPromptDirectives(text)).toEqual({ prompt: text })
    },
  )
})
