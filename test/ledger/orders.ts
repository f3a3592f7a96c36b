import { connect } from 'node:net'

import OpenAI from 'openai'
import * as z from 'zod'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { until, type Stack } from '../support/start-stack.ts'

/** The official client with less patience than it has by itself; it repeats twice, as ever. */
export function impatient(
  stack: Stack,
  timeout: number,
  defaultHeaders: Record<string, string> = {},
): OpenAI {
  const baseURL = `${stack.gateway.url}/v1`
  return new OpenAI({ baseURL, apiKey: ACCESS_KEY, timeout, defaultHeaders })
}

const answer = z.object({ data: z.array(z.object({ url: z.string() })) })

/** What a request for images was answered with. */
export interface Ordered {
  readonly status: number
  /** Empty: an error. */
  readonly urls: readonly string[]
  readonly headers: Headers
}

export async function read(response: Response): Promise<Ordered> {
  const body = answer.safeParse(await response.json())
  const urls = body.success ? body.data.data.map(({ url }) => url) : []
  return { status: response.status, urls, headers: response.headers }
}

/** Asks for images, by hand. */
export async function order(
  stack: Stack,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Ordered> {
  return read(await stack.post('/images/generations', { model: 'flux-dev', ...body }, { headers }))
}

/** Asks, and resets the connection as soon as this holds. */
export async function orderAndLeave(
  stack: Stack,
  body: Record<string, unknown>,
  headers: Record<string, string>,
  when: () => boolean,
): Promise<void> {
  const socket = connect(Number(new URL(stack.gateway.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  const text = JSON.stringify({ model: 'flux-dev', ...body })
  const sent = { host: 'gateway', authorization: `Bearer ${ACCESS_KEY}`, ...headers }
  const lines = Object.entries({ ...sent, 'content-length': Buffer.byteLength(text) })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.write(`POST /v1/images/generations HTTP/1.1\r\n${head}\r\n${text}`)
  socket.resume()
  await until(when)
  socket.resetAndDestroy()
}
