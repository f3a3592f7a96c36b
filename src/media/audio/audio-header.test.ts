import { describe, test } from 'vitest'

import { readAudioHeader, recordingSeconds, writeWavHeader } from './audio-header.ts'

function bytesOf(text: string, length = 64): Uint8Array {
  const bytes = new Uint8Array(length)
  for (const [index, letter] of Array.from(text).entries()) {
    bytes[index] = letter.codePointAt(0) ?? 0
  }
  return bytes
}

describe('a recording is told by its first bytes', () => {
  test.for([
    ['ID3\u0004', 'audio/mpeg'],
    ['\u00ff\u00fb\u0090', 'audio/mpeg'],
    ['\u00ff\u00f3\u0044', 'audio/mpeg'],
    ['\u00ff\u00f1\u0050', 'audio/aac'],
    ['\u00ff\u00f9\u0050', 'audio/aac'],
    ['fLaC\u0000', 'audio/flac'],
    ['OggS\u0000', 'audio/ogg'],
    ['\u0000\u0000\u0000\u0020ftypM4A ', 'audio/mp4'],
    ['\u0000\u0000\u0000\u0020ftypisom', 'audio/mp4'],
    ['\u001aE\u00df\u00a3', 'audio/webm'],
    ['RIFF\u0000\u0000\u0000\u0000WAVE', 'audio/wav'],
    ['RF64\u0000\u0000\u0000\u0000WAVE', 'audio/wav'],
    ['\u0000\u0000\u0001\u00ba', 'video/mpeg'],
  ] as const)('%j is %s', ([text, contentType], { expect }) => {
    expect(readAudioHeader(bytesOf(text))?.contentType).toBe(contentType)
  })

  test.for([
    '',
    '<!doctype html>',
    '{"error":"no"}',
    '\u0089PNG\r\n',
    'RIFF\u0000\u0000\u0000\u0000WEBP',
    '\u00ff\u00d8\u00ff\u00e0',
    '\u00ff\u00ff\u00ff\u00ff',
    '\u00ff\u00fe\u0000\u0000',
    '#!AMR\n',
  ])('%j is none', (text, { expect }) => {
    expect(readAudioHeader(bytesOf(text))).toBeUndefined()
  })

  test('what ends within its header is still told, or is none, without a fault', ({ expect }) => {
    const whole = writeWavHeader({ sampleRate: 24_000, channels: 1 }, 48_000)
    const types = Array.from({ length: 45 }, (_, length) => {
      const found = readAudioHeader(whole.subarray(0, length))
      return found === undefined ? 0 : 1
    })
    expect(types.indexOf(1)).toBe(12)
    expect(types.slice(12)).toEqual(Array.from({ length: 33 }, () => 1))
  })
})

describe('WAV', () => {
  test('a header that we write is read back', ({ expect }) => {
    const header = writeWavHeader({ sampleRate: 24_000, channels: 1 }, 72_000)
    expect(readAudioHeader(header)).toEqual({
      contentType: 'audio/wav',
      ending: 'wav',
      wav: { sampleRate: 24_000, channels: 1, bits: 16, coding: 1, dataAt: 44, dataBytes: 72_000 },
    })
  })

  test.for<[string, number | undefined, number, number]>([
    ['as it says', 72_000, 44 + 72_000, 1.5],
    ['with something behind the samples', 72_000, 44 + 72_000 + 900, 1.5],
    ['cut off', 72_000, 44 + 24_000, 0.5],
    ['written as a stream', undefined, 44 + 48_000, 1],
    ['of nothing', undefined, 20, 0],
  ])('is as long as what there is of it: %s', ([, said, bytes, seconds], { expect }) => {
    const header = readAudioHeader(writeWavHeader({ sampleRate: 24_000, channels: 1 }, said))
    expect(header && recordingSeconds(header, bytes)).toBe(seconds)
  })

  test('chunks before the samples are passed over, and a length that nobody knew is none', ({
    expect,
  }) => {
    const plain = writeWavHeader({ sampleRate: 8000, channels: 2 }, undefined)
    const list = new Uint8Array([...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0])
    const longer = new Uint8Array([...plain.subarray(0, 36), ...list, ...plain.subarray(36)])
    new DataView(longer.buffer).setUint32(longer.byteLength - 4, 0xff_ff_ff_ff, true)
    expect(readAudioHeader(longer)?.wav).toEqual({
      sampleRate: 8000,
      channels: 2,
      bits: 16,
      coding: 1,
      dataAt: 56,
      dataBytes: undefined,
    })
  })

  test('a header that lies makes no endless walk', ({ expect }) => {
    const bytes = bytesOf('RIFF\u0000\u0000\u0000\u0000WAVEjunk\u0000\u0000\u0000\u0000', 1024)
    expect(readAudioHeader(bytes)?.wav).toBeUndefined()
  })
})

test('FLAC says how long it is', ({ expect }) => {
  const bytes = bytesOf('fLaC', 42)
  const view = new DataView(bytes.buffer)
  view.setUint32(18, 16_000 << 12)
  view.setUint32(22, 24_000)
  expect(readAudioHeader(bytes)?.seconds).toBe(1.5)
})
