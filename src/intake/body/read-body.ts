import * as z from 'zod/mini'

import { checkNesting } from '../../job/check-nesting.ts'
import { ProblemError } from '../../job/problem.ts'
import { parseJson } from '../../lib/json.ts'
import { once } from '../../lib/once.ts'
import type { BodyHash } from '../idempotency.ts'
import { codingOf, decodeBody, piecesOf } from './decode-body.ts'
import { describeBody } from './describe-body.ts'
import { describeJsonFault } from './json-fault.ts'

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

/** A JSON body may hold images as base64: 24 MB of image are 32 MB of text. Counted as it is unpacked. */
const MAX_JSON_BYTES = 32_000_000

const jsonObject = once(() => z.looseObject({}))

/**
 * Reads a body as a JSON object, unpacked where it is compressed. The content type is not looked at, as many
 * callers of curl forget it, until the body is no JSON: then it may say why.
 *
 * @param bodyHasher hears the body unpacked: a repeat that is compressed is the same request
 * @throws ProblemError `too_large`, `unsupported_coding`, or `invalid_request` that says where it is not a JSON
 *   object in UTF-8
 */
export async function readJsonBody(
  request: Request,
  bodyHasher?: BodyHash,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request, bodyHasher)
  if (text.trim() === '') throw badJson('The body is empty: send a JSON object.')
  const value = parse(text, request)
  checkNesting(value)
  const body = jsonObject().safeParse(value)
  if (!body.success) throw badJson('The body must be a JSON object.')
  return body.data
}

function parse(text: string, { headers }: Request): unknown {
  const value = parseJson(text)
  if (value !== undefined) return value
  throw (
    describeBody(new TextEncoder().encode(text.slice(0, HEAD_BYTES)), headers) ??
    badJson(`The body is not valid JSON: ${describeJsonFault(text)}.`)
  )
}

/** Enough to see what a body is that is no JSON. */
const HEAD_BYTES = 512

async function readText(request: Request, bodyHasher: BodyHash | undefined): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > MAX_JSON_BYTES) throw tooLarge()
  const coding = codingOf(request)
  const isWhole = coding === undefined && isSmall(request)
  return isWhole ? readSmall(request, bodyHasher) : readPieces(request, bodyHasher, coding)
}

const UTF8 = { fatal: true, ignoreBOM: false } as const

async function readSmall(request: Request, bodyHasher: BodyHash | undefined): Promise<string> {
  let bytes = new Uint8Array()
  try {
    bytes = new Uint8Array(await request.arrayBuffer())
    bodyHasher?.add(bytes)
    return new TextDecoder('utf-8', UTF8).decode(bytes)
  } catch {
    throw unreadable(request, bytes.subarray(0, HEAD_BYTES))
  }
}

async function readPieces(
  request: Request,
  bodyHasher: BodyHash | undefined,
  coding: Parameters<typeof decodeBody>[1] | undefined,
): Promise<string> {
  const decoder = new TextDecoder('utf-8', UTF8)
  let text = ''
  let size = 0
  let head = new Uint8Array()
  try {
    for await (const chunk of bytesOf(request, coding)) {
      if (size === 0) head = new Uint8Array(chunk.subarray(0, HEAD_BYTES))
      size += chunk.byteLength
      if (size > MAX_JSON_BYTES) throw tooLarge()
      bodyHasher?.add(chunk)
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    if (size === 0 && coding !== undefined) {
      throw badJson(`The body is not what Content-Encoding says: ${coding}.`)
    }
    throw unreadable(request, head)
  }
}

function unreadable({ headers }: Request, head: Uint8Array): ProblemError {
  return describeBody(head, headers) ?? badJson('The body is not UTF-8, or broke off.')
}

/** So small a body is taken whole, which is half the work of reading it piece by piece. */
const SMALL_BYTES = 64 * 1024

async function* bytesOf(
  request: Request,
  coding?: Parameters<typeof decodeBody>[1],
): AsyncGenerator<Uint8Array, void, void> {
  const { body } = request
  if (body === null) return
  if (coding !== undefined) yield* decodeBody(body, coding)
  else if (isSmall(request)) yield new Uint8Array(await request.arrayBuffer())
  else yield* piecesOf(body)
}

function isSmall({ headers }: Request): boolean {
  return Number(headers.get('content-length') ?? Infinity) <= SMALL_BYTES
}

function tooLarge(): ProblemError {
  return new ProblemError({ kind: 'too_large', what: 'The body', limitBytes: MAX_JSON_BYTES })
}

function badJson(message: string): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message,
    param: undefined,
    mistake: 'no_json',
  })
}
