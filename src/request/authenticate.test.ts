import { describe, test } from 'vitest'

import { UNLIMITED, type AccessKey } from '../job/caller.ts'
import { sha256 } from '../lib/bytes/sha256.ts'
import { createAuthenticate } from './authenticate.ts'

const LONG = 'k'.repeat(300)

function keyOf(name: string, secret: AccessKey['secret']): AccessKey {
  return { ...UNLIMITED, name, owner: true, secret }
}

async function nameOf(keys: readonly AccessKey[], key: string): Promise<string | undefined> {
  const authenticate = createAuthenticate(keys)
  return authenticate(new Headers({ 'x-api-key': key })).then(
    ({ name }) => name,
    () => undefined,
  )
}

describe('a caller is known', () => {
  test.for(['sk-a', 'x', 'schlüssel', LONG, 'k'.repeat(255), 'k'.repeat(256)])(
    'by the key %s, whoever else there is',
    async (key, { expect }) => {
      const own = keyOf('own', { key })
      const byDigest = keyOf('by digest', { sha256: (await sha256('sk-digest')).toHex() })
      const others = [keyOf('long', { key: 'l'.repeat(300) }), keyOf('short', { key: 'sk-short' })]
      // A header holds bytes, which a client makes of UTF-8.
      const sent = String.fromCharCode(...new TextEncoder().encode(key))
      const known = key === 'schlüssel' ? keyOf('own', { key: sent }) : own
      for (const keys of [[known], [...others, known], [byDigest, ...others, known]]) {
        expect(await nameOf(keys, sent)).toBe('own')
        expect(await nameOf(keys, `${sent}x`)).toBeUndefined()
        expect(await nameOf(keys, `x${sent}`)).toBeUndefined()
      }
      expect(await nameOf([byDigest, known], 'sk-digest')).toBe('by digest')
    },
  )

  test('by nothing that only begins as a key does, or ends as one', async ({ expect }) => {
    const keys = [keyOf('own', { key: 'sk-secret' })]
    for (const wrong of ['sk-secre', 'sk-secret\u0001', 'k-secret', LONG, '\u0001']) {
      expect(await nameOf(keys, wrong)).toBeUndefined()
    }
  })
})
