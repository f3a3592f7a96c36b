import { describe, test } from 'vitest'

import { formatLines, joinVideoSizes, parseVideoSize, type VideoSize } from './video-size.ts'

const plain = (size: VideoSize | undefined) =>
  size && {
    ratio: size.ratio && `${size.ratio.width}:${size.ratio.height}`,
    lines: size.lines,
    exact: size.pixels !== undefined,
  }

describe('a size of a video, in whichever words', () => {
  test.for<[string, ReturnType<typeof plain>]>([
    ['1280x720', { ratio: '1280:720', lines: 720, exact: true }],
    ['1024x1792', { ratio: '1024:1792', lines: 1024, exact: true }],
    ['9:16', { ratio: '9:16', lines: undefined, exact: false }],
    ['16：9', { ratio: '16:9', lines: undefined, exact: false }],
    ['720p', { ratio: undefined, lines: 720, exact: false }],
    ['768P', { ratio: undefined, lines: 768, exact: false }],
    ['4k', { ratio: undefined, lines: 2160, exact: false }],
    ['2K', { ratio: undefined, lines: 1440, exact: false }],
    ['auto', { ratio: undefined, lines: undefined, exact: false }],
    ['large', undefined],
    ['0x720', undefined],
    ['constructor', undefined],
  ])('%s', ([text, size], { expect }) => {
    expect(plain(parseVideoSize(text))).toEqual(size)
  })

  test.for<[readonly string[], ReturnType<typeof plain>]>([
    [['1280x720', '1080p'], { ratio: '1280:720', lines: 1080, exact: false }],
    [['1280x720', '9:16'], { ratio: '9:16', lines: 720, exact: false }],
    [['9:16', '720p'], { ratio: '9:16', lines: 720, exact: false }],
    [['auto', '1280x720'], { ratio: '1280:720', lines: 720, exact: true }],
    [[], undefined],
  ])('%j add up, and the last wins', ([texts, size], { expect }) => {
    const sizes = texts.flatMap((text) => parseVideoSize(text) ?? [])
    expect(plain(joinVideoSizes(sizes))).toEqual(size)
  })

  test.for<[number, number, number, string]>([
    [16, 9, 720, '1280x720'],
    [9, 16, 1080, '1080x1920'],
    [21, 9, 480, '1120x480'],
    [1, 1, 580, '580x580'],
  ])('%i:%i with %i lines', ([width, height, lines, pixels], { expect }) => {
    expect(formatLines({ width, height }, lines)).toBe(pixels)
  })
})
