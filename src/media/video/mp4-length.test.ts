import { expect, test } from 'vitest'

import { createMp4Length } from './mp4-length.ts'

type Bytes = readonly number[]

const word = (value: number): Bytes => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)
const wide = (value: number): Bytes => [...word(Math.floor(value / 2 ** 32)), ...word(value)]
const letters = (text: string): Bytes => Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
const box = (name: string, ...parts: readonly Bytes[]): Bytes => {
  const body = parts.flat()
  return [...word(body.length + 8), ...letters(name), ...body]
}

const FTYP = box('ftyp', letters('isom'), word(512))
const MDAT = box(
  'mdat',
  Array.from({ length: 3000 }, (_, at) => at % 251),
)
/** 1000 a second. */
const mvhd = (ms: number): Bytes =>
  box('mvhd', word(0), word(1), word(2), word(1000), word(ms), word(0))
const moov = (...boxes: readonly Bytes[]): Bytes => box('moov', ...boxes, box('trak', word(0)))
const longMdat: Bytes = [...word(1), ...letters('mdat'), ...wide(16 + 500), ...MDAT.slice(0, 500)]

function read(file: Bytes, step: number): number | undefined {
  const length = createMp4Length()
  const bytes = new Uint8Array(file)
  for (let at = 0; at < bytes.length; at += step) length.add(bytes.subarray(at, at + step))
  return length.seconds()
}

test.for<[string, Bytes, number | undefined]>([
  ['in front', [...FTYP, ...moov(mvhd(4040)), ...MDAT], 4.04],
  ['at the end', [...FTYP, ...MDAT, ...moov(mvhd(8000))], 8],
  ['behind a box of a length in 64 bits', [...FTYP, ...longMdat, ...moov(mvhd(5500))], 5.5],
  [
    'in 64 bits',
    [...FTYP, ...moov(box('mvhd', word(1 << 24), wide(1), wide(2), word(600), wide(1800)))],
    3,
  ],
  [
    'of one in fragments',
    [...FTYP, ...moov(mvhd(0), box('mvex', box('mehd', word(0), word(7000)))), ...MDAT],
    7,
  ],
  ['of one in fragments that does not say', [...FTYP, ...moov(mvhd(0)), ...MDAT], undefined],
  ['of one that says it is not known', [...FTYP, ...moov(mvhd(2 ** 32 - 1))], undefined],
  ['of no video', letters('\u0089PNG and so on, for some hundred letters '.repeat(9)), undefined],
  [
    'of a box that goes on to the end',
    [...FTYP, ...word(0), ...letters('mdat'), ...MDAT],
    undefined,
  ],
  ['of a head that is cut off', [...FTYP, ...moov(mvhd(4000)).slice(0, 30)], undefined],
  ['of boxes shorter than their heads', [...FTYP, ...word(3), ...letters('moov')], undefined],
])('the length %s, in whatever pieces', ([, file, seconds]) => {
  for (const step of [1, 7, 64, file.length]) expect(read(file, step)).toBe(seconds)
})

test('a file of nothing but empty boxes is given up', () => {
  const empty = Array.from({ length: 20_000 }, () => box('free')).flat()
  expect(read([...empty, ...moov(mvhd(4000))], 65_536)).toBeUndefined()
})
