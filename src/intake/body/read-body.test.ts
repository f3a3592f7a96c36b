import { describe, expect, test } from 'vitest'

import { readJsonBody } from './read-body.ts'

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request('https://a.example/v1/images/generations', { method: 'POST', body, headers })
}

const BODY = { model: 'flux-schnell', prompt: 'an owl an owl an owl an owl an owl' }

// By the program zstd: out of a pipe, with a sum at the end; out of a file, without.
const ZSTD = [
  '28b52ffd0458950100b4027b226d6f64656c223a22666c75782d7363686e656c6c222c2270726f6d7074223a22616e206f776c20227d01005158cad49d464d',
  '28b52ffd2046950100b4027b226d6f64656c223a22666c75782d7363686e656c6c222c2270726f6d7074223a22616e206f776c20227d01005158ca',
]

async function pack(text: string, coding: 'gzip' | 'deflate'): Promise<Blob> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream(coding))).blob()
}

describe('compressed', () => {
  test.for(['gzip', 'deflate'] as const)('%s', async (coding) => {
    const body = await pack(JSON.stringify(BODY), coding)
    expect(await readJsonBody(post(body, { 'content-encoding': coding }))).toEqual(BODY)
  })

  test.for([
    ['X-GZIP', 'gzip'],
    ['identity, gzip', 'gzip'],
  ] as const)('as %s', async ([said, coding]) => {
    const body = await pack(JSON.stringify(BODY), coding)
    expect(await readJsonBody(post(body, { 'content-encoding': said }))).toEqual(BODY)
  })

  test.for(ZSTD)('zstd, %s', async (hex) => {
    const body = new Blob([Uint8Array.fromHex(hex)])
    expect(await readJsonBody(post(body, { 'content-encoding': 'zstd' }))).toEqual(BODY)
  })

  test('zstd in two frames, with something between them to skip', async () => {
    const [first = ''] = ZSTD
    const skipped = '502a4d180400000000000000'
    const body = new Blob([Uint8Array.fromHex(first + skipped)])
    expect(await readJsonBody(post(body, { 'content-encoding': 'zstd' }))).toEqual(BODY)
  })

  test.for(['identity', '', ' , '])('%j is none', async (said) => {
    expect(await readJsonBody(post(JSON.stringify(BODY), { 'content-encoding': said }))).toEqual(
      BODY,
    )
  })

  test.for(['br', 'compress', 'gzip, gzip', 'zstd, br', 'constructor'])(
    '%s is named',
    async (said) => {
      const read = readJsonBody(post(JSON.stringify(BODY), { 'content-encoding': said }))
      await expect(read).rejects.toMatchObject({
        problem: { kind: 'unsupported_coding', coding: said },
      })
    },
  )

  test.for(['gzip', 'deflate', 'zstd'])('what is not %s', async (said) => {
    const read = readJsonBody(post(JSON.stringify(BODY), { 'content-encoding': said }))
    await expect(read).rejects.toMatchObject({
      problem: { kind: 'invalid_request', message: expect.stringContaining(said) },
    })
  })

  test('the limit counts what comes out', async () => {
    const body = await pack(`{"prompt":"${'x'.repeat(33_000_000)}"}`, 'gzip')
    expect(body.size).toBeLessThan(100_000)
    const read = readJsonBody(post(body, { 'content-encoding': 'gzip' }))
    await expect(read).rejects.toMatchObject({ problem: { kind: 'too_large' } })
  })

  test.for([
    // 300 blocks of 128 KB, each one byte repeated.
    ['blocks that repeat', `28b52ffd0058${'02001078'.repeat(300)}01000000`],
    ['a window of 2 GB', '28b52ffd00a9010000'],
    ['a frame that says 4 GB', '28b52ffda0ffffffff010000'],
    // Each moves a window of 16 MB.
    ['a thousand blocks of one byte', `28b52ffd0070${'0a000078'.repeat(1000)}01000000`],
  ])('%s in zstd are counted before they are unpacked', async ([, hex]) => {
    const body = new Blob([Uint8Array.fromHex(String(hex))])
    const read = readJsonBody(post(body, { 'content-encoding': 'zstd' }))
    await expect(read).rejects.toMatchObject({ problem: { kind: 'too_large' } })
  })
})

test.for([
  ['{"prompt":"1.\tan owl"}', 'line 1, column 14: a tab inside a text is written \\t'],
  [
    '{"a":1,\n"prompt":"an owl\nin the snow"}',
    'line 2, column 17: a line break inside a text is written \\n',
  ],
  ['{"prompt":"an owl",}', 'line 1, column 20: a comma too many'],
  ['{"a":[1,]}', 'line 1, column 9: a comma too many, or a value is missing'],
  [
    '{model:flux-schnell,prompt:an owl}',
    'line 1, column 2: names and texts stand in double quotes',
  ],
  ["{'prompt':'an owl'}", 'line 1, column 2: names and texts stand in double quotes'],
  ['{"prompt":"an owl"', 'line 1, column 19: a closing brace is missing'],
  ['{"prompt":"an owl', 'line 1, column 18: a text does not end'],
  ['{"prompt" "an owl"}', 'line 1, column 11: a colon is expected'],
  ['{"a":1\r\n\r\n "b":2}', 'line 3, column 2: a comma is expected'],
  ['{"a":1}{"b":2}', 'line 1, column 8: something stands after the end'],
  ['// an owl\n{}', 'line 1, column 1: JSON has no comments'],
  ['{"a":"C:\\Users"}', 'line 1, column 6: a backslash before a letter'],
  ['{"a":“b”}', 'line 1, column 6: names and texts stand in double quotes'],
  [`{"a":${'['.repeat(20_000)}`, 'The body is not valid JSON'],
])('%s: %s', async ([text, message]) => {
  await expect(readJsonBody(post(String(text)))).rejects.toMatchObject({
    problem: { mistake: 'no_json', message: expect.stringContaining(String(message)) },
  })
})

const FORM = '--B\r\nContent-Disposition: form-data; name="prompt"\r\n\r\nan owl\r\n--B--\r\n'
const PNG = Uint8Array.fromHex('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489')

test.for<[string, BodyInit, Record<string, string>, string]>([
  [
    'a form',
    FORM,
    { 'content-type': 'text/plain' },
    "is a form, but the header Content-Type says 'text/plain'",
  ],
  [
    'a form with a picture',
    new Blob([FORM, PNG]),
    { 'content-type': 'application/json' },
    "says 'application/json'",
  ],
  [
    'a form without a type',
    new Blob([FORM]),
    {},
    'is a form, but the header Content-Type is missing',
  ],
  [
    'a form where there is none',
    FORM,
    { 'content-type': 'multipart/form-data; boundary=B' },
    'JSON, not a form',
  ],
  ['a picture', new Blob([PNG]), { 'content-type': 'image/png' }, 'is a picture (image/png)'],
  [
    'fields of a web form',
    'prompt=an+owl&n=1',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'is a web form',
  ],
  ['XML', '<prompt>an owl</prompt>', { 'content-type': 'text/xml' }, 'is XML or HTML'],
  ['UTF-16', new Blob([Uint8Array.fromHex('fffe7b007d00')]), {}, 'UTF-16'],
  ['UTF-16 without a mark', new Blob([Uint8Array.fromHex('7b0022006100')]), {}, 'UTF-16'],
  ['gzip', new Blob([Uint8Array.fromHex('1f8b0800000000000003')]), {}, 'compressed with gzip'],
  ['Latin-1', new Blob([Uint8Array.fromHex('7b22613a22e922')]), {}, 'not UTF-8'],
])('%s is called what it is', async ([, body, headers, message]) => {
  await expect(readJsonBody(post(body, headers))).rejects.toMatchObject({
    problem: { mistake: 'no_json', message: expect.stringContaining(message) },
  })
})

function nested(levels: number): string {
  return `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
}

test('what is nested deeply is refused, what a tool’s schema needs is not', async () => {
  expect(await readJsonBody(post(nested(90)))).toHaveProperty('a')
  for (const levels of [101, 5000, 400_000]) {
    await expect(readJsonBody(post(nested(levels)))).rejects.toMatchObject({
      problem: { kind: 'invalid_request', message: expect.stringContaining('100 levels') },
    })
  }
})
