import { describe, test } from 'vitest'

import type { GeneratedImage, ImageResult } from '../../job/image/image-result.ts'
import { waitingWords } from '../conversation/waiting-words.ts'
import { toImageText } from './chat-text.ts'

const image = (name: string, pixels?: GeneratedImage['pixels']): GeneratedImage => ({
  url: `https://v3.fal.media/files/${name}.png`,
  contentType: 'image/png',
  pixels,
})

function aResult(more: Partial<ImageResult> = {}): ImageResult {
  return {
    medium: 'image',
    made: 1,
    images: [image('a')],
    endpoint: 'fal-ai/imagen4/preview',
    model: 'imagen4-preview',
    revisedPrompt: undefined,
    size: '16:9',
    seed: undefined,
    edited: false,
    adjusted: [],
    parts: [],
    timings: undefined,
    units: undefined,
    costUsd: undefined,
    ...more,
  }
}

describe('the assistant’s text', () => {
  test('is a line, a blank line and a markdown image, as the first Worker wrote it', ({
    expect,
  }) => {
    expect(toImageText(aResult(), { prompt: 'a cat', earlier: undefined })).toBe(
      'Generated image with prompt: "a cat" and aspect ratio: 16:9 using imagen4-preview\n\n' +
        '![Generated Image](https://v3.fal.media/files/a.png)',
    )
  })

  test('says when a picture was changed, and why one was not', ({ expect }) => {
    const earlier = { kind: 'url', url: 'https://a.example/cat.png' } as const
    expect(toImageText(aResult({ edited: true }), { prompt: 'blue', earlier })).toMatch(
      /^Edited image with prompt: "blue"/,
    )
    const unable = toImageText(aResult(), { prompt: 'blue', earlier })
    expect(unable).toContain('This model only makes new pictures.')
    expect(unable).toContain('该模型只能生成新图片')
  })

  test('holds every picture', ({ expect }) => {
    const result = aResult({ images: [image('a'), image('b')] })
    expect(toImageText(result, { prompt: 'a cat', earlier: undefined })).toBe(
      'Generated 2 images with prompt: "a cat" and aspect ratio: 16:9 using imagen4-preview\n\n' +
        '![Generated Image](https://v3.fal.media/files/a.png)\n\n' +
        '![Generated Image](https://v3.fal.media/files/b.png)',
    )
  })

  test.for<[string, Partial<ImageResult>, string]>([
    ['the ratio asked', { size: '9:21' }, ' and aspect ratio: 9:21'],
    ['the name of a size in pixels', { size: '1344x768' }, ' and aspect ratio: 16:9'],
    ['a size without a name', { size: '1000x300' }, ' and aspect ratio: 1000x300'],
    ['a ratio without a name', { size: '8:1' }, ' and aspect ratio: 8:1'],
    [
      'the picture’s own shape',
      { size: '16:9', images: [image('a', { width: 64, height: 64 })] },
      ' and aspect ratio: 1:1',
    ],
    [
      'the picture’s own shape when none was asked',
      { size: undefined, images: [image('a', { width: 900, height: 200 })] },
      ' and aspect ratio: 900x200',
    ],
    ['nothing when nobody knows', { size: undefined }, ''],
  ])('tells %s', ([, more, shape], { expect }) => {
    expect(toImageText(aResult(more), { prompt: 'a cat', earlier: undefined })).toContain(
      `with prompt: "a cat"${shape} using imagen4-preview\n`,
    )
  })
})

describe('words for the wait', () => {
  const events = [
    { type: 'queued', position: 0 },
    { type: 'queued', position: undefined },
    { type: 'started' },
    {
      type: 'accepted',
      medium: 'image',
      memo: {},
      model: '',
      endpoint: '',
      parts: [],
      requestIds: [],
      keyFingerprint: '',
      adjusted: [],
    },
  ] as const

  test.for<[string, readonly (string | undefined)[], string, string]>([
    [
      'a cat',
      ['In the queue, position 1.\n', undefined, 'Started.\n', undefined],
      'Making your picture…\n\n',
      '20 s so far.\n',
    ],
    [
      '一只猫 in a hat',
      ['排队中，第 1 位。\n', undefined, '开始生成。\n', undefined],
      '正在生成图片…\n\n',
      '已用 20 秒。\n',
    ],
  ])('are in the language of %j', ([prompt, progress, making, elapsed], { expect }) => {
    const words = waitingWords(prompt)
    expect(events.map((event) => words.toProgress(event))).toEqual(progress)
    expect([words.making, words.elapsed(20)]).toEqual([making, elapsed])
  })
})
