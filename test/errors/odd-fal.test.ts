import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import { afterEach, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'

/** A fal that answers as it pleases: what the pretend fal is too honest to do. */
interface OddFal {
  readonly gateway: Gateway
  readonly submits: () => number
  generate(prompt?: string): Promise<Response>
  close(): Promise<void>
}

type Answer = (request: IncomingMessage, response: ServerResponse, base: string) => void

let odd: OddFal | undefined

afterEach(async () => {
  await odd?.close()
  odd = undefined
})

async function startOddFal(answer: Answer, env: Record<string, string> = {}): Promise<OddFal> {
  let submits = 0
  const server = createServer((request, response) => {
    if (request.method === 'POST') submits += 1
    answer(request, response, `http://${request.headers.host}`)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const gateway = await startGateway(`http://127.0.0.1:${port}`, env)
  return {
    gateway,
    submits: () => submits,
    generate: (prompt = 'a cat') =>
      fetch(`${gateway.url}/v1/images/generations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ACCESS_KEY}` },
        body: JSON.stringify({ model: 'flux-dev', prompt }),
      }),
    async close() {
      await gateway.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

function reply(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const OUTPUT = { images: [{ url: 'https://v3.fal.media/files/x.png' }] }

test.for([
  ['an empty body', 200, ''],
  ['an HTML page', 200, '<html></html>'],
  ['a list', 200, []],
  ['an id that would break a header', 200, { request_id: 'r\n日' }],
  ['a redirect to another host', 302, ''],
  ['no content', 204, ''],
] as const)('%s for a submit is not repeated, and nothing crashes', async ([, status, body]) => {
  odd = await startOddFal((_, response) => {
    reply(
      response,
      status,
      status === 204 ? '' : body,
      status === 302 ? { location: 'http://127.0.0.1:1/' } : {},
    )
  })
  const response = await odd.generate()
  expect(response.status).toBe(502)
  expect(response.headers.get('x-should-retry')).toBe('false')
  expect(response.headers.get('x-request-id')).toMatch(/^req_/)
  expect(odd.submits()).toBe(1)
})

test('an accepted job is found by its header when the body cannot be read', async () => {
  odd = await startOddFal((request, response) => {
    if (request.method === 'POST')
      reply(response, 200, '{"request', { 'x-fal-request-id': 'abc-1' })
    else if (request.url?.endsWith('/status/stream') === true) reply(response, 404, '')
    else if (request.url?.endsWith('/status') === true)
      reply(response, 200, { status: 'COMPLETED' })
    else reply(response, 200, OUTPUT)
  })
  const response = await odd.generate()
  expect(response.headers.get('x-fal-request-id')).toBe('abc-1')
  expect(await response.json()).toMatchObject({ data: OUTPUT.images })
})

const onlyPings: Answer = (request, response) => {
  if (request.method === 'POST') return reply(response, 200, { request_id: 'r1' })
  if (request.url?.endsWith('/status/stream') === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const timer = setInterval(() => response.write(': ping\n\n'), 200)
    response.on('close', () => {
      clearInterval(timer)
    })
    return undefined
  }
  const status = request.url?.endsWith('/status') === true
  return reply(response, 200, status ? { status: 'COMPLETED' } : OUTPUT)
}

test('a stream that only pings does not hide a picture that is ready', async () => {
  odd = await startOddFal(onlyPings, { JOB_TIMEOUT_SECONDS: '2' })
  const response = await odd.generate()
  expect(response.status).toBe(200)
})

test('a garbled stream is left for polling', async () => {
  odd = await startOddFal((request, response) => {
    if (request.method === 'POST') reply(response, 200, { request_id: 'r1' })
    else if (request.url?.endsWith('/status/stream') === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end('data: {"status":\n\ndata: [1]\n\ndata: {"status":"DANCING"}\n\n\u0000\u0001')
    } else if (request.url?.endsWith('/status') === true) {
      reply(response, 200, { status: 'COMPLETED', queue_position: null })
    } else reply(response, 200, OUTPUT)
  })
  expect((await odd.generate()).status).toBe(200)
})

test.for([[{ images: null }], [{}], ['not JSON'], [{ images: [{ url: null }] }]])(
  'a result of %j is 502 with the job’s id',
  async ([result]) => {
    odd = await startOddFal((request, response) => {
      if (request.method === 'POST') reply(response, 200, { request_id: 'r1' })
      else if (request.url?.includes('/status') === true)
        reply(response, 200, { status: 'COMPLETED' })
      else reply(response, 200, result)
    })
    const response = await odd.generate()
    expect(response.status).toBe(502)
    expect(response.headers.get('x-job-id')).toMatch(/^job_/)
    expect(odd.submits()).toBe(1)
  },
)

test('a key header of many blanks costs no time to speak of', async () => {
  odd = await startOddFal((_, response) => {
    reply(response, 200, {})
  })
  const began = performance.now()
  const response = await fetch(`${odd.gateway.url}/v1/models`, {
    headers: { authorization: `Bearer a${' '.repeat(15_000)}b` },
  })
  expect(response.status).toBe(401)
  // 150 ms with an expression that backtracks, on the machine where that was found; growing with the square.
  expect(performance.now() - began).toBeLessThan(5000)
})
