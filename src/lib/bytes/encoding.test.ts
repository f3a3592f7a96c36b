import { describe, test } from 'vitest'

import { parseJson } from '../json.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { fingerprint, sha256 } from './sha256.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('base64url', () => {
  // The first seven are RFC 4648 §10, without padding.
  test.for<[Uint8Array, string]>([
    [bytes(), ''],
    [new TextEncoder().encode('f'), 'Zg'],
    [new TextEncoder().encode('fo'), 'Zm8'],
    [new TextEncoder().encode('foo'), 'Zm9v'],
    [new TextEncoder().encode('foob'), 'Zm9vYg'],
    [new TextEncoder().encode('fooba'), 'Zm9vYmE'],
    [new TextEncoder().encode('foobar'), 'Zm9vYmFy'],
    [bytes(0xfb, 0xff, 0xbf), '-_-_'],
  ])('%j is %s and back', ([raw, text], { expect }) => {
    expect(toBase64Url(raw)).toBe(text)
    expect(fromBase64Url(text)).toEqual(raw)
  })

  test('takes every byte there and back', ({ expect }) => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value)
    expect(toBase64Url(all)).toMatch(/^[\w-]+$/)
    expect(fromBase64Url(toBase64Url(all))).toEqual(all)
  })

  test.for(['+/+/', 'Zm9v!', 'Z', 'Zm9vY', 'Zm9v.Zm9v', '猫', 'Zh', 'Zg==', 'Zm 9v', 'Zm9v\n'])(
    'is not %j',
    (text, { expect }) => {
      expect(fromBase64Url(text)).toBeUndefined()
    },
  )
})

describe('JSON', () => {
  test.for<[string, unknown]>([
    ['{"a":[1,null]}', { a: [1, null] }],
    ['null', null],
    ['"text"', 'text'],
    [' 5 ', 5],
    ['', undefined],
    ['{', undefined],
    ["{'a':1}", undefined],
    ['undefined', undefined],
    ['NaN', undefined],
    ['<html>', undefined],
  ])('%j is %j', ([text, value], { expect }) => {
    expect(parseJson(text)).toEqual(value)
  })
})

describe('SHA-256', () => {
  // FIPS 180-4, example B.1, and the empty message.
  test.for([
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['猫', 'a810bf845a307382118e6e6aef21a79f6a26b1b3ad2225fe97b7ee4c125e3380'],
  ] as const)('of %j', async ([text, digest], { expect }) => {
    expect((await sha256(text)).toHex()).toBe(digest)
    expect(await fingerprint(text)).toBe(digest.slice(0, 8))
  })

  test('tells secrets apart without showing them', async ({ expect }) => {
    const names = await Promise.all(['key-a:1', 'key-a:2', 'key-b:1'].map(fingerprint))
    expect(new Set(names).size).toBe(3)
    expect(names.every((name) => /^[0-9a-f]{8}$/.test(name))).toBe(true)
  })
})
