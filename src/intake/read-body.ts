import * as z from 'zod/mini'

import { ProblemError } from '../job/problem.ts'
import type { BodyHash } from './idempotency.ts'

/**
 * Reads a body as it is.
 *
 * @throws ProblemError `too_large`; whatever reading throws
 */
export async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > MAX_JSON_BYTES) throw tooLarge()
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytesOf(request)) {
    size += chunk.byteLength
    if (size > MAX_JSON_BYTES) throw tooLarge()
    pieces.push(chunk)
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/** A JSON body may hold images as base64: 24 MB of image are 32 MB of text. */
const MAX_JSON_BYTES = 32_000_000

const jsonObject = z.looseObject({})

/**
 * Reads a body as a JSON object. The content type is not looked at: many callers of curl forget it.
 *
 * @throws ProblemError `too_large`, or `invalid_request` when it is not a JSON object in UTF-8
 */
export async function readJsonBody(
  request: Request,
  bodyHasher?: BodyHash,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request, bodyHasher)
  if (text.trim() === '') throw badJson('The body is empty: send a JSON object.')
  const body = jsonObject.safeParse(parse(text))
  if (!body.success) throw badJson('The body must be a JSON object.')
  return body.data
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    throw badJson('The body is not valid JSON.')
  }
}

async function readText(request: Request, bodyHasher: BodyHash | undefined): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > MAX_JSON_BYTES) throw tooLarge()
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let text = ''
  let size = 0
  try {
    for await (const chunk of bytesOf(request)) {
      size += chunk.byteLength
      if (size > MAX_JSON_BYTES) throw tooLarge()
      bodyHasher?.add(chunk)
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw badJson('The body is not UTF-8, or broke off.')
  }
}

/** So small a body is taken whole, which is half the work of reading it piece by piece. */
const SMALL_BYTES = 64 * 1024

async function* bytesOf(request: Request): AsyncGenerator<Uint8Array, void, void> {
  const { body, headers } = request
  if (body === null) return
  if (Number(headers.get('content-length') ?? Infinity) <= SMALL_BYTES) {
    yield new Uint8Array(await request.arrayBuffer())
    return
  }
  const reader: ReadableStreamDefaultReader<unknown> = body.getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    if (value instanceof Uint8Array) yield value
  }
}

function tooLarge(): ProblemError {
  return new ProblemError({ kind: 'too_large', what: 'The body', limitBytes: MAX_JSON_BYTES })
}

function badJson(message: string): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message,
    param: undefined,
    code: 'invalid_json',
  })
}
