// What the runtime takes for one call of its interface: the same call many times in one request, with nothing of
// this gateway around it. `nothing` is the loop itself.
import { tracing } from 'cloudflare:workers'

const encoder = new TextEncoder()
const later = () => undefined

const CALLS = {
  nothing: async () => {},
  'a timer, set and lifted': async () => clearTimeout(setTimeout(later, 60_000)),
  'AbortSignal.timeout': async () => void AbortSignal.timeout(60_000),
  'an AbortController and its signal': async () => void new AbortController().signal,
  'a listener at a signal': async () =>
    new AbortController().signal.addEventListener('abort', later),
  'AbortSignal.any of two': async ({ one, other }) => void AbortSignal.any([one, other]),
  'a digest of a key': async () => crypto.subtle.digest('SHA-256', encoder.encode(KEY)),
  'a comparison in constant time': async ({ box, otherBox }) => {
    encoder.encodeInto(KEY, box)
    return crypto.subtle.timingSafeEqual(box, otherBox)
  },
  'an HMAC of a job’s id': async ({ key }) => crypto.subtle.sign('HMAC', key, encoder.encode(ID)),
  'a URL, parsed': async () => new URL(ADDRESS).pathname,
  'a header, read': async ({ request }) => request.headers.get('content-type'),
  'a Response with ten headers': async () => void new Response('', { headers: HEADERS }),
  waitUntil: async ({ context }) => context.waitUntil(Promise.resolve()),
  'a span, asked for': async () => tracing.startSpan('one').isTraced,
  'a span, gone into and out of': async () => tracing.enterSpan('one', async () => undefined),
  'a stream written by JavaScript': async () => void new ReadableStream({ pull: later }),
  'an identity stream': async () => void new IdentityTransformStream(),
  'a generator of one event': async () => {
    for await (const _ of tell()) later()
  },
  'a request to a server nearby': async ({ peer }) => (await fetch(peer)).text(),
}

const KEY = 'sk-test-access-key'
const ID = 'x'.repeat(160)
const ADDRESS = 'http://127.0.0.1:8787/v1/images/generations'
const HEADERS = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`x-${index}`, 'a']))

async function* tell() {
  yield 1
}

export default {
  async fetch(request, _env, context) {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/names') return Response.json(Object.keys(CALLS))
    if (pathname === '/peer') return new Response('{"status":"COMPLETED"}')
    const call = CALLS[searchParams.get('call')]
    const things = {
      request,
      context,
      peer: searchParams.get('peer'),
      one: new AbortController().signal,
      other: new AbortController().signal,
      box: new Uint8Array(256),
      otherBox: new Uint8Array(256),
      key: await crypto.subtle.importKey(
        'raw',
        new Uint8Array(32),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      ),
    }
    for (let left = Number(searchParams.get('times')); left > 0; left -= 1) await call(things)
    return new Response('done')
  },
}
