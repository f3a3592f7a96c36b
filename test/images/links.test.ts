import { createHash, createHmac, hkdfSync } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { aPicture } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

const SIGNING_KEY = 'a key that signs the links of these tests'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ env: { IMAGE_URLS: 'proxy', SIGNING_KEY } })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** A picture made through the official client: our address of it, and fal's. */
async function make(prompt: string): Promise<{ url: string; falUrl: string }> {
  const answer = await stack.openai.images.generate({ model: 'flux-2', prompt })
  const url = answer.data?.[0]?.url ?? ''
  const [falUrl] = readToken(url)
  return { url, falUrl }
}

/** What an address holds: it is signed, not hidden. */
function readToken(url: string): [falUrl: string, ending: string, expiresAt: number] {
  const text = Buffer.from(/\/images\/([^.]+)/.exec(url)?.[1] ?? '', 'base64url').toString()
  const value: unknown = JSON.parse(text)
  return z.tuple([z.string(), z.string(), z.number()]).parse(value)
}

/** Signs as the gateway does (RFC 5869, RFC 2104), or as one with another key would. */
function sign(value: unknown, secret = SIGNING_KEY, use = 'picture links'): string {
  const key = hkdfSync('sha256', secret, '', `fal-openai-worker ${use}`, 32)
  const body = Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${body}.${createHmac('sha256', Buffer.from(key)).update(body).digest('base64url')}`
}

async function digest(response: Response): Promise<string> {
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')
}

test('a picture’s address is ours, answers without a key, and gives fal’s bytes', async () => {
  const { url, falUrl } = await make('a cat [[bytes:3MB]]')
  expect(url.startsWith(`${stack.gateway.url}/images/`)).toBe(true)
  expect(falUrl.startsWith(`${stack.fal.url}/cdn/`)).toBe(true)
  const response = await fetch(url)
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(3 * 1024 * 1024),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
    'access-control-allow-origin': '*',
    'accept-ranges': 'bytes',
  })
  expect(await digest(response)).toBe(await digest(await fetch(falUrl)))
})

test('it may be cached until it expires', async () => {
  const { url } = await make('a cat')
  const [, , expiresAt] = readToken(url)
  const days = (expiresAt - Date.now() / 1000) / 86_400
  expect(days).toBeGreaterThan(29.99)
  expect(days).toBeLessThan(31)
  const { headers } = await fetch(url)
  const [, age = ''] =
    /^public, max-age=(\d+), immutable$/.exec(headers.get('cache-control') ?? '') ?? []
  expect(Math.abs(Number(age) + Date.now() / 1000 - expiresAt)).toBeLessThan(5)
})

test('HEAD, ranges and conditions', async () => {
  const { url, falUrl } = await make('a dog [[bytes:256KB]]')
  const whole = Buffer.from(await (await fetch(falUrl)).arrayBuffer())
  const head = await fetch(url, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(head.headers.get('content-length')).toBe('262144')
  expect(head.headers.get('content-type')).toBe('image/png')
  const etag = head.headers.get('etag') ?? ''
  const part = async (
    headers: Record<string, string>,
  ): Promise<[number, string | null, Buffer]> => {
    const response = await fetch(url, { headers })
    const bytes = Buffer.from(await response.arrayBuffer())
    return [response.status, response.headers.get('content-range'), bytes]
  }
  const range = 'bytes=100-199'
  const middle = [206, 'bytes 100-199/262144', whole.subarray(100, 200)]
  expect(await part({ range })).toEqual(middle)
  expect(await part({ range, 'if-range': etag })).toEqual(middle)
  expect(await part({ range, 'if-range': '"another"' })).toEqual([200, null, whole])
  expect(await part({ range: 'bytes=-10' })).toEqual([
    206,
    'bytes 262134-262143/262144',
    whole.subarray(262_134),
  ])
  stack.fal.journal.clear()
  for (const condition of [etag, `"x", W/${etag}`, '*']) {
    expect((await part({ 'if-none-match': condition }))[0]).toBe(304)
  }
  // What stands behind an address never changes: nobody has to be asked.
  expect(stack.asked()).toEqual({})
})

test('every surface tells our address, and base64 is read from fal', async () => {
  const ours = expect.stringMatching(
    new RegExp(`^${stack.gateway.url}/images/[\\w-]+\\.[\\w-]{43}\\.(png|jpeg)$`),
  )
  const both = await stack.post('/images/generations', { model: 'gpt-image-1.5', prompt: 'a cat' })
  expect(await both.json()).toMatchObject({ data: [{ url: ours, b64_json: expect.any(String) }] })
  expect(stack.asked()).toMatchObject({ cdn: 1 })
  const job = await stack.request(`/images/jobs/${both.headers.get('x-job-id')}`)
  const found: unknown = await job.json()
  expect(found).toMatchObject({ result: { data: [{ url: ours }] } })
  // The same all day, so that a browser need not fetch it twice.
  const again = await stack.request(`/images/jobs/${both.headers.get('x-job-id')}`)
  expect(await again.json()).toEqual(found)
  const chat = await stack.post('/chat/completions', {
    model: 'flux-2',
    messages: [{ role: 'user', content: 'a cat' }],
    modalities: ['image', 'text'],
  })
  const message = {
    content: expect.stringMatching(`!\\[Generated Image\\]\\(${stack.gateway.url}/images/`),
  }
  expect(await chat.json()).toMatchObject({
    choices: [{ message: { ...message, images: [{ image_url: { url: ours } }] } }],
  })
  const events = await stack.openai.chat.completions.create({
    model: 'flux-2',
    messages: [{ role: 'user', content: 'a cat' }],
    stream: true,
  })
  let text = ''
  for await (const event of events) text += event.choices[0]?.delta.content ?? ''
  expect(text).toMatch(`![Generated Image](${stack.gateway.url}/images/`)
  expect(text).not.toContain('/cdn/')
  const edited = await stack.post('/images/edits', {
    model: 'nano-banana-2',
    prompt: 'blue',
    image: `data:image/png;base64,${(await aPicture()).toString('base64')}`,
  })
  expect(await edited.json()).toMatchObject({ data: [{ url: ours, b64_json: expect.any(String) }] })
})

test('forged, expired, foreign and truncated addresses are refused in the same words', async () => {
  const { url, falUrl } = await make('a cat')
  const { origin } = new URL(url)
  const [token = ''] = /[^/]+$/.exec(url) ?? []
  const later = Math.ceil(Date.now() / 1000) + 3600
  const good = sign([falUrl, 'png', later])
  expect((await fetch(`${origin}/images/${good}.png`)).status).toBe(200)
  const [body = '', mark = ''] = token.split('.')
  const bad = [
    sign([falUrl, '', later - 3601]),
    `${sign([falUrl, 'png', later - 3602])}.png`,
    sign([falUrl, '', later], 'the key of somebody else'),
    sign([falUrl, '', later], SIGNING_KEY, 'job ids'),
    `${Buffer.from(JSON.stringify(['https://example.com/', 'png', later])).toString('base64url')}.${mark}.png`,
    good,
    `${good}.jpeg`,
    `${good}.png.png`,
    `${body}.${mark}`,
    `${body}.${mark.slice(0, -1)}.png`,
    `${body}.${mark.startsWith('A') ? 'B' : 'A'}${mark.slice(1)}.png`,
    ...[1, 4, 20, token.length - 3].map((letters) => token.slice(0, -letters)),
    body,
    'x',
    '…',
    '%00',
    sign(falUrl),
    sign([falUrl, 'png', String(later)]),
    'a'.repeat(9000),
  ]
  stack.fal.journal.clear()
  const answers = await Promise.all(
    bad.map(async (one) => {
      const response = await fetch(`${origin}/images/${one}`)
      return `${response.status} ${response.headers.get('content-type')} ${await response.text()}`
    }),
  )
  expect(new Set(answers)).toEqual(
    new Set([
      `404 application/json ${JSON.stringify({
        error: {
          message: 'There is nothing at this address any more.',
          type: 'invalid_request_error',
          param: null,
          code: 'picture_not_found',
        },
      })}`,
    ]),
  )
  expect(stack.asked()).toEqual({})
})

test('a page is never served under our name, whatever stands at fal', async () => {
  const place = `${stack.fal.url}/cdn/files/nothing.png`
  const later = Math.ceil(Date.now() / 1000) + 3600
  const get = (source: string, ending = ''): Promise<Response> =>
    fetch(`${stack.gateway.url}/images/${sign([source, ending, later])}${ending && '.'}${ending}`)
  expect((await get(place)).status).toBe(404)
  const json = await get(
    `${stack.fal.url}/api/openapi/queue/openapi.json?endpoint_id=fal-ai/flux/dev`,
  )
  expect([json.status, json.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
  const named = await get(
    `${stack.fal.url}/api/openapi/queue/openapi.json?endpoint_id=fal-ai/flux/dev`,
    'svg',
  )
  expect(named.headers.get('content-type')).toBe('image/svg+xml')
  expect(named.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await get('https://192.168.0.1/a.png')).status).toBe(502)
})

test('a slow picture arrives whole; one that breaks off breaks off, and its rest can be had', async () => {
  const slow = await make('a cat [[bytes:256KB]] [[cdn:slow]]')
  expect(Buffer.from(await (await fetch(slow.url)).arrayBuffer())).toHaveLength(262_144)
  const cut = await make('a cat [[bytes:256KB]] [[cdn:break*1]]')
  await expect((await fetch(cut.url)).arrayBuffer()).rejects.toThrow()
  const rest = await fetch(cut.url, { headers: { range: 'bytes=100000-' } })
  expect(Buffer.from(await rest.arrayBuffer())).toHaveLength(162_144)
  const hiccup = await make('a cat [[cdn:503*1]]')
  expect((await fetch(hiccup.url)).status).toBe(200)
  const gone = await make('a cat [[cdn:404]]')
  expect((await fetch(gone.url)).status).toBe(404)
})

test('an address that comes back is fal’s again before fal gets it', async () => {
  const { url, falUrl } = await make('a cat')
  const sourcesOf = (): unknown =>
    z.looseObject({ image_urls: z.unknown() }).parse(stack.fal.journal.jobs().at(-1)?.input)
      .image_urls
  const talk = [
    { role: 'user' as const, content: 'a cat' },
    { role: 'assistant' as const, content: `Here: ![Generated Image](${url})` },
    { role: 'user' as const, content: 'make it blue' },
  ]
  const model = 'nano-banana-2'
  const said = await stack.openai.chat.completions.create({ model, messages: talk })
  expect(said.choices[0]?.message.content).toMatch(/^Edited image/)
  expect(sourcesOf()).toEqual([falUrl])
  // The gateway may have another name for another client.
  const elsewhere = url.replace(stack.gateway.url, 'https://pictures.example.com/gateway')
  await stack.post('/images/edits', { model, prompt: 'red', images: [{ image_url: elsewhere }] })
  expect(sourcesOf()).toEqual([falUrl])
  const others = 'https://example.com/images/hat.png'
  const content = [
    { type: 'text', text: 'red' },
    { type: 'image_url', image_url: { url } },
    { type: 'image_url', image_url: { url: others } },
  ]
  await stack.post('/chat/completions', { model, messages: [{ role: 'user', content }] })
  expect(sourcesOf()).toEqual([falUrl, others])
  const input = [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: 'red' },
        { type: 'input_image', image_url: url },
      ],
    },
  ]
  const tools = [{ type: 'image_generation' }]
  await stack.post('/responses', { model, input, tools })
  expect(sourcesOf()).toEqual([falUrl])
})

test('an address of ours that no longer holds is refused before anything is submitted', async () => {
  const { falUrl } = await make('a cat')
  stack.fal.journal.clear()
  const old = `${stack.gateway.url}/images/${sign([falUrl, '', 1_700_000_000])}`
  const response = await stack.post('/images/edits', {
    model: 'nano-banana-2',
    prompt: 'red',
    image: old,
  })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { param: 'image', code: 'invalid_value' } })
  expect(stack.asked()).toEqual({})
})

test('PUBLIC_URL is the address in the links', async () => {
  const publicUrl = 'https://pictures.example.com/gateway'
  const other = await startStack({ env: { IMAGE_URLS: 'proxy', PUBLIC_URL: `${publicUrl}/` } })
  const { data } = await other.openai.images.generate({ model: 'flux-2', prompt: 'a cat' })
  expect(data?.[0]?.url).toMatch(new RegExp(`^${publicUrl}/images/[\\w-]+\\.`))
  await other.close()
})

test('no link stands in the log', async () => {
  const { url } = await make('a cat')
  await fetch(url)
  await fetch(`${url}x`)
  expect(stack.gateway.log()).not.toContain(readToken(url)[0])
  expect(stack.gateway.log()).not.toContain(url.split('/images/')[1]?.slice(0, 40))
})
