import { expect, test } from 'vitest'

import { isPublicUrl } from './public-url.ts'

test.for([
  'https://example.com/hook',
  'https://hooks.example.co.uk:8443/a?b=c',
  'https://ec2-54-10-0-1.compute-1.example.com/',
  'https://v10.0.example.com/',
  'https://home.example.com/',
  'https://lan.party/',
  'https://snip.io/',
])('%s is public', (url) => {
  expect(isPublicUrl(url, false)).toBe(true)
})

test.for([
  'https://user@example.com/',
  'https://user:password@example.com/',
  'https://:password@example.com/',
  'https://10.0.0.1.nip.io/',
  'https://app-127-0-0-1.sslip.io/',
  'https://7f000001.nip.io/',
  'https://nip.io/',
  'https://127.0.0.1.example.com/',
  'https://ip-10-0-0-1.example.com/',
  'https://a.172.31.9.9.example.com./',
  'https://192-168-1-1.example.com/',
  'https://169.254.169.254.example.com/',
  'https://100-64-0-1.example.com/',
  'https://printer.lan/',
  'https://nas.local/',
  'https://api.INTERNAL/',
  'https://wiki.corp/',
  'https://box.home.arpa/',
  'https://router.home/',
  'https://me.localtest.me/',
  'https://intranet/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::ffff:10.0.0.1]/',
])('%s may lead inside', (url) => {
  expect(isPublicUrl(url, false)).toBe(false)
})
