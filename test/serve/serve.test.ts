import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import path from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'

import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { openServeFolder, type Served } from '../support/start-serve.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const { folder, start } = openServeFolder(afterAll)
let fal: Simulator
let served: Served

beforeAll(async () => {
  fal = await startSimulator({ retired: [] })
  served = await start(fal.url, { env: { IMAGE_URLS: 'r2' } })
})
afterAll(async () => {
  served.kill('SIGTERM')
  await served.ended
  await fal.close()
})

const answer = z.object({ data: z.tuple([z.object({ url: z.url() })]) })

async function makeImage(prompt: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${served.url}/v1/images/generations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, ...headers },
    body: JSON.stringify({ model: 'flux-dev', prompt }),
  })
  expect(response.status).toBe(200)
  return answer.parse(await response.json()).data[0].url
}

test('one line says where it listens and what is bound', () => {
  const port = Number(new URL(served.url).port)
  expect(served.lines()[0]).toEqual({
    time: expect.any(String),
    level: 'info',
    message: `listening on http://127.0.0.1:${port}`,
    data: path.join(folder, 'data'),
    bound: ['LEDGER', 'ASSETS', 'IMAGES_BUCKET'],
    not_bound: ['MEDIA', 'RATE_LIMITER', 'USAGE'],
  })
})

test('the health check needs no key and tells the same', async () => {
  expect(await (await fetch(`${served.url}/healthz`)).json()).toEqual({
    status: 'ok',
    bindings: {
      ledger: true,
      images_bucket: true,
      media: false,
      rate_limiter: false,
      usage: false,
      assets: true,
    },
  })
})

test('the page and what it loads come with the headers that Cloudflare would send', async () => {
  const page = await fetch(served.url)
  const html = await page.text()
  expect(html).toBe(readFileSync(path.join(ROOT, 'dist/page/index.html'), 'utf8'))
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
  })
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''
  const loaded = await fetch(served.url + script)
  expect(await loaded.text()).toBe(readFileSync(path.join(ROOT, 'dist/page', script), 'utf8'))
  expect(loaded.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(loaded.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  const etag = page.headers.get('etag') ?? ''
  const again = await fetch(served.url, { headers: { 'if-none-match': `"x", W/${etag}` } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const head = await fetch(`${served.url}/openapi.json`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/json'])
})

test('what is no file of the page is answered by the gateway', async () => {
  for (const at of ['/_headers', '/assets/', '/index.html', '/../../package.json', '/run/lock']) {
    const response = await fetch(served.url + at)
    expect([at, response.status]).toEqual([at, 404])
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  }
})

test('IMAGE_URLS=r2 keeps a copy of each picture in the data folder, and serves it', async () => {
  const url = await makeImage('a cat')
  const copies = readdirSync(path.join(folder, 'data/images'))
  expect(copies).toHaveLength(1)
  const kept = readFileSync(path.join(folder, 'data/images', copies[0] ?? ''))
  const whole = await fetch(url)
  expect(url.startsWith(`${served.url}/images/`)).toBe(true)
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(kept)
  const { format } = await sharp(kept).metadata()
  expect(whole.headers.get('content-type')).toBe(`image/${format}`)
  for (const [range, from, to] of [
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, kept.length],
    ['bytes=-50', kept.length - 50, kept.length],
  ] as const) {
    const part = await fetch(url, { headers: { range } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${kept.length}`)
    expect(Buffer.from(await part.arrayBuffer())).toEqual(kept.subarray(from, to))
  }
  const head = await fetch(url, { method: 'HEAD' })
  expect(head.headers.get('content-length')).toBe(String(kept.length))
})

test('a picture that breaks off leaves no half copy', async () => {
  const before = readdirSync(path.join(folder, 'data/images'))
  await makeImage('a dog [[cdn:break]] [[bytes:3MB]]')
  expect(readdirSync(path.join(folder, 'data/images'))).toEqual(before)
})

test('a request leaves one line of JSON with its time and level', async () => {
  await makeImage('a secret owl')
  const line = z.looseObject({ message: z.string() })
  const requests = served
    .lines()
    .filter((one) => line.safeParse(one).data?.message === 'request')
    .filter((one) => line.parse(one)['route'] === '/images/generations')
  expect(requests.at(-1)).toMatchObject({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: 'info',
    status: 200,
    outcome: 'completed',
  })
  expect(served.log()).not.toContain('secret owl')
})

test('what others may not read is readable by nobody else', () => {
  const config = path.join(folder, 'data/run/workerd.capnp')
  expect(statSync(path.join(folder, 'data/run')).mode & 0o077).toBe(0)
  expect(statSync(config).mode & 0o077).toBe(0)
  const text = readFileSync(config, 'utf8')
  expect(text).not.toContain(ACCESS_KEY)
  expect(text).not.toContain('test-secret')
})

test('a second gateway does not get the same data folder', async () => {
  await expect(start(fal.url)).rejects.toThrow('another gateway uses this data folder')
})

test('a port that is taken is told, and nothing is left behind', async () => {
  const env = { PORT: new URL(served.url).port, DATA_DIR: 'other' }
  await expect(start(fal.url, { env })).rejects.toThrow(
    /in use[\s\S]*workerd ended by itself|workerd ended by itself[\s\S]*in use/,
  )
})

test.for([
  [{ FAL_API_KEY: undefined }, [], 'FAL_API_KEY'],
  [{ WORKER_ACCESS_KEY: ' ' }, [], 'WORKER_ACCESS_KEY'],
  [{ JOB_TIMEOUT_SECONDS: 'soon' }, [], 'JOB_TIMEOUT_SECONDS'],
  [{ PORT: 'http' }, [], 'PORT must be a number'],
  [{}, ['--prot', '1'], "'--prot'"],
  [{}, ['--env-file', 'nowhere'], 'nowhere'],
  [{ FAL_API_KEY: undefined, FAL_API_KEY_FILE: 'nowhere' }, [], 'FAL_API_KEY_FILE'],
] as const)('a mistake in the settings is told by its name: %j %j', async ([env, args, name]) => {
  const started = start(fal.url, { env: { DATA_DIR: 'wrong', ...env }, args })
  await expect(started).rejects.toThrow(name)
})

test('settings come from .dev.vars and from files too; the environment and the command line win', async () => {
  const own = path.join(folder, 'own')
  writeFileSync(path.join(folder, 'vars'), 'PORT=1\nDATA_DIR=nowhere\nWORKER_ACCESS_KEY=sk-vars\n')
  writeFileSync(path.join(folder, 'key'), 'sk-file\n')
  const env = { WORKER_ACCESS_KEY: undefined, WORKER_ACCESS_KEY_FILE: path.join(folder, 'key') }
  const args = ['--env-file', 'vars', '--data', own]
  const other = await start(fal.url, { env, args })
  const headers = { authorization: 'Bearer sk-file' }
  expect((await fetch(`${other.url}/v1/models`, { headers })).status).toBe(200)
  expect(readdirSync(own).toSorted()).toEqual(['ledger', 'run'])
  other.kill('SIGTERM')
  expect(await other.ended).toBe(0)
})

test('--help and --version say so and do nothing else', async () => {
  expect(await run('--help')).toContain('fal-openai-worker [--host 127.0.0.1]')
  expect(await run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
})

/** What the program says to an option, with nothing in its environment. */
function run(option: string): Promise<string> {
  const args = [path.join(ROOT, 'dist/serve/main.js'), option]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env: {} }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else reject(error)
    })
  })
}

/** What comes back for these words on a connection of their own, until the other side ends it. */
async function converse(words: string): Promise<string> {
  const { hostname, port } = new URL(served.url)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk.toString()
  })
  socket.on('error', () => undefined)
  socket.write(words)
  await once(socket, 'close')
  return heard
}

test('headers of a megabyte are refused', async () => {
  const heard = await converse(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(1e6)}`)
  expect(heard).toMatch(/^HTTP\/1\.1 431 /)
})

const FORM = { 'content-type': 'multipart/form-data; boundary=b' }
/** What is no picture where one is expected. */
const NO_PICTURE = '--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
const LARGE = Buffer.alloc(60_000_000, ' ')
const STORED = gzipSync(LARGE, { level: 0 })

test.for([
  ['with a wrong key', { authorization: 'Bearer wrong' }, LARGE, 401, 'API key'],
  ['larger than a body may be', {}, LARGE, 413, '32 MB'],
  ['whose length is not told', { 'transfer-encoding': 'chunked' }, LARGE, 413, '32 MB'],
  ['that is compressed', { 'content-encoding': 'gzip' }, STORED, 413, '32 MB'],
  ['with what is no picture', FORM, Buffer.concat([Buffer.from(NO_PICTURE), LARGE]), 400, 'image'],
] as const)(
  'who is refused while sending a large body %s sees the answer',
  async ([, headers, body, status, said]) => {
    const request = send({ authorization: `Bearer ${ACCESS_KEY}`, ...headers })
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject)
    })
    request.end(body)
    const response = await answered
    expect(response.statusCode).toBe(status)
    expect(await textOf(response)).toContain(said)
  },
)

function send(headers: Readonly<Record<string, string>>): ClientRequest {
  return httpRequest(`${served.url}/v1/images/edits`, { method: 'POST', headers })
}
