import { describe, expect, test } from 'vitest'

import type { MediaStorage } from '../ports/media-storage.ts'
import { createImageIntake } from './image-intake.ts'
import { imageParts, readForm } from './read-form.ts'

/** A 3 x 2 PNG by its header, of so many bytes. */
function anImage(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length).fill(7)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, 3)
  new DataView(bytes.buffer).setUint32(20, 2)
  return bytes
}

function lengthOf(bytes: readonly Uint8Array[]): number {
  return bytes.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** Keeps what it is given, and tells how: `stored` whole, `parts` with the length of each. */
function aStorage() {
  const stored: number[] = []
  const parts: number[][] = []
  const storage: MediaStorage = {
    async store(bytes) {
      stored.push(lengthOf(bytes))
      return `https://kept.example/${stored.length}`
    },
    async begin() {
      const lengths: number[] = []
      parts.push(lengths)
      return {
        async add(bytes) {
          lengths.push(lengthOf(bytes))
        },
        async finish() {
          return `https://kept.example/parts/${parts.length}`
        },
      }
    },
  }
  return { storage, stored, parts }
}

async function read(
  entries: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[],
  storage = aStorage().storage,
) {
  const form = new FormData()
  for (const [name, value] of entries) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, new Blob([value]), 'x')
  }
  const request = new Request('https://a.example', { method: 'POST', body: form })
  return readImages(request, storage)
}

async function readImages(request: Request, storage = aStorage().storage) {
  const intake = createImageIntake(storage)
  const { taken, ...form } = await readForm(request, intake, { partOf: imageParts })
  return { ...form, ...taken }
}

const MB = 1024 * 1024
const pixels = { width: 3, height: 2 }

test('texts, lists and pictures are told apart, in any order', async () => {
  const body = await read([
    ['image', anImage(100)],
    ['prompt', '猫'],
    ['tags[]', 'a'],
    ['mask', anImage(50)],
    ['image', anImage(200)],
    ['tags[]', 'b'],
    ['n', '1'],
    ['n', '2'],
  ])
  expect(body).toEqual({
    fields: { prompt: '猫', tags: ['a', 'b'], n: '2' },
    images: [
      { url: `data:image/png;base64,${anImage(100).toBase64()}`, pixels },
      { url: `data:image/png;base64,${anImage(200).toBase64()}`, pixels },
    ],
    mask: `data:image/png;base64,${anImage(50).toBase64()}`,
    filename: 'x',
  })
})

function withHead(disposition: string) {
  const head = `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`
  const body = new Blob([head, anImage(100), '\r\n--b--\r\n'])
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const request = new Request('https://a.example', { method: 'POST', body, headers })
  return readImages(request)
}

test.for([
  ['name="image"; filename="cat.png"', 'cat.png'],
  ['name="image"; filename="猫.png"', '猫.png'],
  ['filename="a; name=b 猫.png"; name="image"', 'a; name=b 猫.png'],
  ['name=image; filename=猫.png', '猫.png'],
  ['name="image"; filename*=utf-8\'\'%E7%8C%AB.png', '猫.png'],
] as const)('a file may have any name: %s', async ([disposition, filename]) => {
  const body = await withHead(disposition)
  expect(body).toMatchObject({ images: [{ pixels }], filename })
})

test('a name that is badly encoded is the caller’s mistake', async () => {
  await expect(withHead(`name="image"; filename*=utf-8''%E7`)).rejects.toMatchObject({
    problem: { kind: 'invalid_request' },
  })
})

test('pictures of more than 4 MB together are stored, in order', async () => {
  const { storage, stored } = aStorage()
  const { images } = await read(
    [
      ['image[]', anImage(3 * MB)],
      ['image[]', anImage(2 * MB)],
      ['image[]', anImage(100)],
    ],
    storage,
  )
  expect(stored).toEqual([3 * MB, 2 * MB])
  expect(images.map(({ url }) => url.slice(0, 22))).toEqual([
    'https://kept.example/1',
    'https://kept.example/2',
    'data:image/png;base64,',
  ])
})

test('a large picture is handed on in parts of 5 MB, all but the last of one size', async () => {
  const { storage, stored, parts } = aStorage()
  const { images } = await read([['image', anImage(27 * MB)]], storage)
  expect(stored).toEqual([])
  expect(parts).toEqual([[5, 5, 5, 5, 5, 2].map((size) => size * MB)])
  expect(images).toEqual([{ url: 'https://kept.example/parts/1', pixels, bytes: 27 * MB }])
})

describe('what is refused', () => {
  test('more than sixteen pictures', async () => {
    const many = Array.from({ length: 17 }, () => ['image', anImage(30)] as const)
    await expect(read(many)).rejects.toMatchObject({ problem: { param: 'image' } })
    expect((await read(many.slice(1))).images).toHaveLength(16)
  })

  test('a picture, and a mask, beyond their limits', async () => {
    await expect(read([['image', anImage(51 * MB)]])).rejects.toMatchObject({
      problem: { kind: 'too_large', limitBytes: 50_000_000 },
    })
    await expect(read([['mask', anImage(17 * MB)]])).rejects.toMatchObject({
      problem: { kind: 'too_large', limitBytes: 16_000_000 },
    })
  })

  test('names that would change what they are not', async () => {
    const { fields } = await read([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
    expect(Object.entries(fields)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })
})

type Piece = string | Blob | Uint8Array<ArrayBuffer>

/** A form written by hand: heads as they are. */
function readRaw(pieces: readonly Piece[], headers: Record<string, string> = {}) {
  const request = new Request('https://a.example', {
    method: 'POST',
    body: new Blob([...pieces]),
    headers: { 'content-type': 'multipart/form-data; boundary=b', ...headers },
  })
  return readImages(request)
}

function part(head: string, body: Piece): readonly Piece[] {
  return [`--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, body, '\r\n']
}

describe('what a part is its bytes tell', () => {
  test.for([
    'name="image"',
    'name="image"\r\nContent-Type: image/png',
    'name="image"\r\nContent-Type: application/octet-stream',
    'name="image[]"\r\nContent-Type: text/plain',
    'name="images"; filename=""',
    'name="image[3]"; filename="x.txt"',
  ])('a picture is one under %s', async (head) => {
    const { images, fields } = await readRaw([...part(head, anImage(100)), '--b--\r\n'])
    expect(images).toMatchObject([{ pixels }])
    expect(fields).toEqual({})
  })

  test.for([
    ['name="prompt"; filename="blob"\r\nContent-Type: text/plain', 'an owl', { prompt: 'an owl' }],
    ['name="prompt"; filename="猫.txt"', 'an owl on a tree', { prompt: 'an owl on a tree' }],
    ['name="image"', 'https://a.example/1.png', { image: 'https://a.example/1.png' }],
    ['name="image"', '', { image: '' }],
    ['name="mask"; filename=""\r\nContent-Type: application/octet-stream', '', {}],
    ['name="image"; filename=""', '', {}],
    ['name="whatever"; filename="a.bin"', '', {}],
  ] as const)('%s with %j is a text, or nothing', async ([head, body, fields]) => {
    const form = await readRaw([...part(head, body), '--b--\r\n'])
    expect(form).toEqual({ fields, images: [], mask: undefined, filename: undefined })
  })

  test.for([
    ['name="image"; filename="a.png"', ''],
    ['name="image"; filename="a.png"', 'no picture at all'],
    ['name="image"\r\nContent-Type: image/png', 'no picture at all'],
    ['name="avatar"', anImage(100)],
    ['name="avatar"; filename="a.png"', anImage(100)],
  ] as const)('%s with %s is refused', async ([head, body]) => {
    await expect(readRaw([...part(head, body), '--b--\r\n'])).rejects.toMatchObject({
      problem: { kind: 'invalid_request', mistake: 'wrong_value' },
    })
  })
})

describe('forms that are broken', () => {
  const whole = part('name="prompt"', 'x')
  test.for([
    ['a head that does not end', [...whole, '--b\r\nX: y\r\n--b\r\n\r\nz\r\n--b--\r\n']],
    ['a head that is no head', [...whole, '--b\r\nno colon\r\n\r\nz\r\n--b--\r\n']],
    ['no head at all', ['--b\r\n\r\nz\r\n--b--\r\n']],
    [
      'a name badly encoded',
      ["--b\r\nContent-Disposition: form-data; name=a; filename*=utf-8''%ff\r\n\r\nz\r\n--b--"],
    ],
    ['two hundred heads', [`--b\r\n${'a: b\r\n'.repeat(200)}\r\nz\r\n--b--\r\n`]],
    ['a head of 20 KB', [`--b\r\na: ${'b'.repeat(20_000)}\r\n\r\nz\r\n--b--\r\n`]],
    ['no end', [...whole]],
    ['nothing', []],
    ['another boundary', ['--c\r\nContent-Disposition: form-data; name=a\r\n\r\nz\r\n--c--\r\n']],
  ] as const)('%s', async ([, pieces]) => {
    await expect(readRaw(pieces)).rejects.toMatchObject({
      problem: { kind: 'invalid_request', mistake: 'wrong_value' },
    })
  })

  test.for([
    '',
    '; boundary',
    '; boundary=',
    '; boundary="',
    '; boundary=b c',
    '; charset="; boundary=b',
    '; boundary=\u00e9',
  ])('a content type that ends with %j', async (end) => {
    const headers = { 'content-type': `multipart/form-data${end}` }
    await expect(readRaw([...whole, '--b--\r\n'], headers)).rejects.toMatchObject({
      problem: { kind: 'invalid_request', mistake: 'wrong_value' },
    })
  })
})

test('a form may be compressed', async () => {
  const pieces = [
    ...part('name="prompt"', 'an owl'),
    ...part('name="image"', anImage(3 * MB)),
    '--b--\r\n',
  ]
  const packed = new Blob([...pieces]).stream().pipeThrough(new CompressionStream('gzip'))
  const body = await new Response(packed).blob()
  const form = await readRaw([body], { 'content-encoding': 'gzip' })
  expect(form.fields).toEqual({ prompt: 'an owl' })
  expect(form.images).toMatchObject([{ pixels }])
  await expect(readRaw(pieces, { 'content-encoding': 'gzip' })).rejects.toMatchObject({
    problem: { kind: 'invalid_request' },
  })
})
