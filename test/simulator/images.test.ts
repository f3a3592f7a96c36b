import sharp from 'sharp'
import { afterAll, beforeAll, describe, test } from 'vitest'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, readImages, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await startSimulator()
  caller = createCaller(simulator)
})
afterAll(() => simulator.close())

async function fetchBytes(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer())
}

async function makeUrls(endpoint: string, input: object): Promise<readonly string[]> {
  const { body } = await caller.finish(endpoint, input)
  return readImages(body).map(({ url }) => url)
}

async function makeImages(endpoint: string, input: object): Promise<readonly Buffer[]> {
  return Promise.all((await makeUrls(endpoint, input)).map(fetchBytes))
}

async function makeOne(endpoint: string, input: object): Promise<Buffer> {
  const [image] = await makeImages(endpoint, input)
  return image ?? Buffer.alloc(0)
}

const FLUX = 'fal-ai/flux/dev'

async function describeOne(endpoint: string): Promise<object> {
  const { body } = await caller.finish(endpoint, { prompt: 'a fox' })
  return readImages(body)[0] ?? {}
}

async function lightest(image: Buffer | undefined): Promise<number> {
  const { channels } = await sharp(image).stats()
  return Math.max(...channels.map(({ max }) => max))
}

async function makeUrl(prompt: string, input: object = {}): Promise<string> {
  const [url = ''] = await makeUrls(FLUX, { prompt, image_size: 'square', ...input })
  return url
}

describe('size and format', () => {
  test.for([
    { endpoint: FLUX, input: {}, width: 1024, height: 768, format: 'jpeg' },
    { endpoint: FLUX, input: { image_size: 'square' }, width: 512, height: 512, format: 'jpeg' },
    {
      endpoint: FLUX,
      input: { image_size: { width: 333, height: 777 }, output_format: 'png' },
      width: 333,
      height: 777,
      format: 'png',
    },
    {
      endpoint: 'fal-ai/nano-banana-pro',
      input: { aspect_ratio: '16:9', resolution: '2K', output_format: 'webp' },
      width: 2736,
      height: 1536,
      format: 'webp',
    },
    {
      endpoint: 'fal-ai/gpt-image-1.5',
      input: { image_size: '1536x1024' },
      width: 1536,
      height: 1024,
      format: 'png',
    },
    { endpoint: 'openai/gpt-image-2', input: {}, width: 1024, height: 768, format: 'png' },
    {
      endpoint: 'fal-ai/hidream-o1-image',
      input: { image_size: { width: 1000, height: 700 } },
      width: 992,
      height: 672,
      format: 'png',
    },
    {
      endpoint: 'bytedance/seedream/v5/lite/text-to-image',
      input: {},
      width: 2048,
      height: 2048,
      format: 'png',
    },
    {
      endpoint: 'someone/new-image-model',
      input: { image_size: { width: 64, height: 32 } },
      width: 64,
      height: 32,
      format: 'png',
    },
  ])('$endpoint $input', async ({ endpoint, input, ...wanted }, { expect }) => {
    const image = await makeOne(endpoint, { prompt: 'a fox in the snow', ...input })
    const { width, height, format } = await sharp(image).metadata()
    expect({ width, height, format }).toEqual(wanted)
  })

  test('the answer tells the size where fal does', async ({ expect }) => {
    expect(await describeOne(FLUX)).toMatchObject({
      width: 1024,
      height: 768,
      content_type: 'image/jpeg',
    })
    expect(Object.keys(await describeOne('fal-ai/nano-banana'))).toEqual([
      'url',
      'content_type',
      'file_name',
    ])
    expect(Object.keys(await describeOne('fal-ai/bytedance/seedream/v4/text-to-image'))).toEqual([
      'url',
    ])
  })
})

describe('what is drawn', () => {
  test('is the same for the same prompt, seed and place, and differs otherwise', async ({
    expect,
  }) => {
    const size = { image_size: 'square', num_images: 2 }
    const first = await makeImages(FLUX, { ...size, prompt: 'a fox', seed: 1 })
    const again = await makeImages(FLUX, { ...size, prompt: 'a fox', seed: 1 })
    const reseeded = await makeImages(FLUX, { ...size, prompt: 'a fox', seed: 2 })
    const reworded = await makeImages(FLUX, { ...size, prompt: 'a dog', seed: 1 })
    expect(again.every((image, index) => image.equals(first[index] ?? Buffer.alloc(0)))).toBe(true)
    const all = [...first, ...reseeded, ...reworded].map((image) => image.toString('base64'))
    expect(new Set(all).size).toBe(6)
  })

  test('differs each time without a seed', async ({ expect }) => {
    const input = { prompt: 'a fox', image_size: 'square' }
    const [first, second] = [await makeOne(FLUX, input), await makeOne(FLUX, input)]
    expect(first.equals(second)).toBe(false)
  })

  test('does not depend on fault words', async ({ expect }) => {
    const input = { seed: 1, image_size: 'square' }
    const plain = await makeOne(FLUX, { ...input, prompt: 'a fox' })
    const faulty = await makeOne(FLUX, { ...input, prompt: '[[status:500*1]] a fox [[run:20ms]]' })
    expect(faulty.equals(plain)).toBe(true)
  })

  test.for([
    '你好，世界：一只在雪地里的狐狸',
    '<b>&amp; "quotes" \' \u0000 \uD800',
    '🦊'.repeat(300),
    '',
  ])('any prompt can be drawn: %s', async (prompt, { expect }) => {
    const image = await makeOne(FLUX, { prompt, image_size: 'square' })
    expect((await sharp(image).metadata()).width).toBe(512)
  })

  test('is black when the safety checker flagged it', async ({ expect }) => {
    const input = { prompt: 'flagged [[nsfw:1]]', num_images: 2, image_size: 'square' }
    const [fine, flagged] = await makeImages(FLUX, input)
    expect(await lightest(fine)).toBeGreaterThan(100)
    expect(await lightest(flagged)).toBe(0)
  })

  test('sync_mode puts the image into the answer', async ({ expect }) => {
    const [url = ''] = await makeUrls(FLUX, {
      prompt: 'a fox',
      sync_mode: true,
      output_format: 'png',
    })
    const [head, data = ''] = url.split(',')
    expect(head).toBe('data:image/png;base64')
    expect((await sharp(Buffer.from(data, 'base64')).metadata()).format).toBe('png')
  })

  test('a transparent background stays transparent', async ({ expect }) => {
    const input = { prompt: 'a fox', background: 'transparent' }
    const image = await makeOne('fal-ai/gpt-image-1.5', input)
    expect((await sharp(image).stats()).isOpaque).toBe(false)
  })
})

describe('edits', () => {
  const red = sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } }).png()

  test('keep the source underneath, and its size where the endpoint has none', async ({
    expect,
  }) => {
    const image_url = `data:image/png;base64,${(await red.toBuffer()).toString('base64')}`
    const input = { prompt: 'a fox', image_url, seed: 1 }
    const image = await makeOne('fal-ai/flux-kontext/dev', input)
    const { width, height } = await sharp(image).metadata()
    expect({ width, height }).toEqual({ width: 300, height: 200 })
    const [red_, green] = (await sharp(image).stats()).channels
    expect(red_?.mean).toBeGreaterThan((green?.mean ?? 0) + 20)
  })

  test('take an image that was made before', async ({ expect }) => {
    const [made = ''] = await makeUrls(FLUX, { prompt: 'a fox', image_size: 'square' })
    const input = { prompt: 'with a hat', image_urls: [made] }
    const { body } = await caller.finish('fal-ai/nano-banana/edit', input)
    expect((await sharp(await fetchBytes(readImages(body)[0]?.url ?? '')).metadata()).width).toBe(
      512,
    )
  })

  test.for([
    ['a file that is no image', 'data:image/png;base64,AAAA', 'image_load_error'],
    ['an upload that never came', 'http://127.0.0.1:1/cdn/files/b/x/y.png', 'file_download_error'],
  ] as const)('refuse %s', async ([, url, type], { expect }) => {
    const input = { prompt: 'a fox', image_urls: ['https://example.com/fine.png', url] }
    expect(await caller.finish('fal-ai/nano-banana/edit', input)).toMatchObject({
      status: 422,
      body: { detail: [{ type, loc: ['body', 'image_urls', 1], input: url }] },
    })
  })
})

describe('the CDN', () => {
  test.for([
    ['png', 'png', 'image/png'],
    ['jpeg', 'jpg', 'image/jpeg'],
  ] as const)(
    '%s: name, type, length; HEAD and ranges',
    async ([output_format, extension, type], { expect }) => {
      const url = await makeUrl('a fox', { output_format })
      const whole = await fetchBytes(url)
      const head = await fetch(url, { method: 'HEAD' })
      expect(url.endsWith(`.${extension}`)).toBe(true)
      expect(head.headers.get('content-type')).toBe(type)
      expect(head.headers.get('content-length')).toBe(String(whole.length))
      const part = await fetch(url, { headers: { range: 'bytes=10-19' } })
      expect(part.status).toBe(206)
      expect(part.headers.get('content-range')).toBe(`bytes 10-19/${whole.length}`)
      expect(whole.subarray(10, 20).equals(Buffer.from(await part.arrayBuffer()))).toBe(true)
    },
  )

  test('404 and 500 as wished', async ({ expect }) => {
    expect((await fetch(await makeUrl('lost [[cdn:404]]'))).status).toBe(404)
    const url = await makeUrl('hidden [[cdn:500*1]]')
    expect([(await fetch(url)).status, (await fetch(url)).status]).toEqual([500, 200])
    expect((await fetch(`${simulator.url}/cdn/files/rabbit/nothing.png`)).status).toBe(404)
  })

  test('break ends midway, chunked has no length, slow takes its time', async ({ expect }) => {
    await expect(fetchBytes(await makeUrl('half [[cdn:break]]'))).rejects.toThrow()
    const chunked = await fetch(await makeUrl('chunked [[cdn:chunked]]'))
    expect(chunked.headers.get('content-length')).toBeNull()
    expect((await sharp(await chunked.arrayBuffer()).metadata()).format).toBe('jpeg')
    const began = performance.now()
    const slow = await fetchBytes(await makeUrl('slow [[cdn:slow]]'))
    expect(performance.now() - began).toBeGreaterThan(1000)
    expect((await sharp(slow).metadata()).format).toBe('jpeg')
  })

  test.for([
    ['png', 16 * 1024 ** 2],
    ['jpeg', 3 * 1024 ** 2 + 17],
  ] as const)(
    'bytes makes a valid %s of exactly %d bytes',
    async ([output_format, bytes], { expect }) => {
      const image = await fetchBytes(await makeUrl(`heavy [[bytes:${bytes}]]`, { output_format }))
      expect(image.length).toBe(bytes)
      const { data, info } = await sharp(image, { failOn: 'warning' })
        .raw()
        .toBuffer({ resolveWithObject: true })
      expect(info.width).toBe(512)
      expect(data.length).toBe(512 * 512 * info.channels)
    },
  )
})
