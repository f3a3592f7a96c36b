import { describe, test } from 'vitest'

import { readFalVideos } from './fal-output.ts'

const read = (body: unknown) => readFalVideos(body, JSON.stringify(body))
const URL = 'https://v3.fal.media/files/a.mp4'
const PLAIN = {
  url: URL,
  contentType: undefined,
  bytes: undefined,
  pixels: undefined,
  seconds: undefined,
}

describe('what fal made', () => {
  test.for<[string, unknown, object]>([
    ['only a URL', { video: { url: URL } }, PLAIN],
    ['a URL as text', { video_url: URL, thumbnail_url: 'https://v3.fal.media/t.jpg' }, PLAIN],
    ['the first of a list', { videos: [null, { url: URL }] }, PLAIN],
    [
      'all there is',
      {
        seed: 7,
        video: {
          url: URL,
          content_type: 'video/mp4',
          file_size: 1234,
          width: 1280,
          height: 720,
          duration: 5.04,
          fps: 24,
        },
      },
      {
        url: URL,
        contentType: 'video/mp4',
        bytes: 1234,
        pixels: { width: 1280, height: 720 },
        seconds: 5.04,
      },
    ],
    [
      'nonsense beside the URL',
      { video: { url: URL, width: '?', file_size: 0, content_type: 7 }, seed: [] },
      PLAIN,
    ],
    ['a length beside the video', { video: { url: URL }, duration: 8 }, { ...PLAIN, seconds: 8 }],
  ])('%s', ([, body, video], { expect }) => {
    expect(read(body).videos).toEqual([video])
  })

  test('a seed beyond 2^53 keeps its digits', ({ expect }) => {
    const text = `{"video":{"url":"${URL}"},"seed":12345678901234567890}`
    expect(readFalVideos(JSON.parse(text), text).seed).toBe('12345678901234567890')
  })

  test.for([{}, null, { video: null }, { videos: [] }, { video: { url: '' } }, { images: [] }])(
    '%j is no video, whatever fal calls it',
    (body, { expect }) => {
      expect(() => read(body)).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ kind: 'upstream_failed' }) }),
      )
    },
  )
})
