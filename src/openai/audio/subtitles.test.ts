import { parseText } from 'media-captions'
import { describe, test } from 'vitest'

import type { TranscriptSegment } from '../../job/sound/transcript-job.ts'
import { toSrt, toVtt } from './subtitles.ts'

function said(start: number, end: number, text: string): TranscriptSegment {
  return { start, end, text, speaker: undefined }
}

const SEGMENTS = [
  said(0, 1.5, 'Hello there.'),
  said(1.5, 1.5, 'At once.'),
  said(61.0004, 62.9996, 'Tom & Jerry <3 --> more'),
  said(3600, 36_000.25, '两行\n\n\n第二行'),
]

test('SubRip', ({ expect }) => {
  expect(toSrt(SEGMENTS)).toBe(`1
00:00:00,000 --> 00:00:01,500
Hello there.

2
00:00:01,500 --> 00:00:01,501
At once.

3
00:01:01,000 --> 00:01:03,000
Tom & Jerry <3 --> more

4
01:00:00,000 --> 10:00:00,250
两行
第二行
`)
})

test('WebVTT', ({ expect }) => {
  expect(toVtt(SEGMENTS)).toBe(`WEBVTT

00:00:00.000 --> 00:00:01.500
Hello there.

00:00:01.500 --> 00:00:01.501
At once.

00:01:01.000 --> 00:01:03.000
Tom &amp; Jerry &lt;3 --&gt; more

01:00:00.000 --> 10:00:00.250
两行
第二行
`)
})

test('nothing was said', ({ expect }) => {
  expect([toSrt([]), toVtt([])]).toEqual(['', 'WEBVTT\n'])
})

describe('a player’s parser reads both, and finds nothing to complain about', () => {
  test.for(['srt', 'vtt'] as const)('%s', async (type, { expect }) => {
    const text = type === 'srt' ? toSrt(SEGMENTS) : toVtt(SEGMENTS)
    const { cues, errors } = await parseText(text, { type, strict: true, errors: true })
    expect(errors).toEqual([])
    expect(cues.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
      [0, 1.5],
      [1.5, 1.501],
      [61, 63],
      [3600, 36_000.25],
    ])
  })
})
