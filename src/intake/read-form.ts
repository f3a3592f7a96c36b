import { make, type MultipartError } from 'multipasta'

import { ProblemError } from '../job/problem.ts'
import { codingOf, decodeBody } from './body/decode-body.ts'
import { readFormPart } from './form-part.ts'
import type { BodyHash } from './idempotency.ts'
import { MAX_IMAGE_BYTES } from './image-intake.ts'
import { takePart, type PartUses } from './take-part.ts'

/** A form: its texts, and what became of the files that came with it. */
export interface FormBody<Taken> {
  /** Of a name that came several times the last text; names ending in `[]` hold a list. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly taken: Taken
  /** What the caller calls the first file; whatever text that is. */
  readonly filename: string | undefined
}

/** Takes a form's files in while they arrive. */
export interface FormIntake<Part, Taken> {
  /** A file begins; the function takes its bytes, and `null` at its end. */
  begin(part: Part, name: string): (chunk: Uint8Array | null) => void
  /**
   * Takes care of what has come so far.
   *
   * @throws ProblemError when a file is refused or cannot be stored
   */
  settle(): Promise<void>
  finish(): Promise<Taken>
}

/** How a form is read. */
export interface FormReading<Part> {
  /** What a file's part is, by its name; undefined: it is not expected. */
  readonly partOf: (name: string) => Part | undefined
  /** Whether a part without a file's name is a file all the same; absent: it is none. */
  readonly isFile?: (name: string) => boolean
  /** What a file may have at most; undefined: as much as an image. */
  readonly maxFileBytes?: number
  /** Hears the names and contents of all parts, not the boundary, which is another at each try. */
  readonly bodyHasher?: BodyHash | undefined
}

/** Cloudflare passes no more than this on to a Worker on the free plan. Counted as it is unpacked. */
const MAX_FORM_BYTES = 100_000_000
/** Read at a time; the runtime's own chunks of 4 KB cost nine times as much CPU. */
const STEP_BYTES = 64 * 1024
/** More parts than any client sends: 16 images, a mask, and some twenty settings. */
const MAX_PARTS = 64

/**
 * Reads a `multipart/form-data` body while it arrives. Images are told by their bytes, not by their names
 * or types, which clients get wrong; large ones go to fal's storage as they come, so that none is held whole.
 *
 * @throws ProblemError `too_large`, `invalid_request` that names the part, `upstream_failed` when an image
 *   cannot be stored
 */
export async function readForm<Part, Taken>(
  request: Request,
  intake: FormIntake<Part, Taken>,
  reading: FormReading<Part>,
): Promise<FormBody<Taken>> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_FORM_BYTES) throw formTooLarge()
  const { maxFileBytes = MAX_IMAGE_BYTES } = reading
  const collected = collect(intake, reading)
  let fault: ProblemError | undefined
  let done = false
  const parser = make({
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    maxParts: MAX_PARTS,
    maxTotalSize: MAX_FORM_BYTES,
    // A little more than a file may have, so that the file's own limit is what is named.
    maxPartSize: maxFileBytes + STEP_BYTES,
    // What a part is its bytes tell.
    isFile: () => true,
    onField: () => undefined,
    onFile: (info) => {
      if (readFormPart(info).name === '') throw badForm(NO_NAME)
      return onlyOnce(takePart(info, collected.uses))
    },
    onError: (error) => {
      fault ??= toProblem(error)
    },
    onDone: () => {
      done = true
    },
  })
  for await (const chunk of stepsOf(request)) {
    guard(() => {
      parser.write(chunk)
    })
    if (fault !== undefined) throw fault
    // Here is the back-pressure: no more is read until what came has been taken care of.
    await intake.settle()
    await reading.bodyHasher?.settle()
  }
  if (!done) guard(parser.end)
  if (fault !== undefined) throw fault
  if (!done) throw badForm('The form ends before its last boundary.')
  return { ...collected.read(), taken: await intake.finish() }
}

/** What a form's parts become. */
function collect<Part>(
  intake: FormIntake<Part, unknown>,
  { partOf, isFile, bodyHasher }: FormReading<Part>,
) {
  const fields = new Map<string, string>()
  const lists = new Map<string, string[]>()
  let filename: string | undefined
  const uses: PartUses = {
    isExpected: (name) => partOf(name) !== undefined,
    isFile: (name) => isFile?.(name) === true,
    unexpected,
    onFile: (part) => {
      if (part.filename !== '') filename ??= part.filename
      const kind = partOf(part.name)
      if (kind === undefined) throw unexpected(part.name)
      const take = intake.begin(kind, part.name)
      bodyHasher?.add(`${part.name}\n`)
      return (chunk) => {
        if (chunk !== null) bodyHasher?.add(chunk)
        take(chunk)
      }
    },
    onText: (name, text) => {
      const list = /^(\w+)\[\]$/.exec(name)?.[1]
      bodyHasher?.add(`${name}\n${text.length}\n${text}`)
      if (list === undefined) fields.set(name, text)
      else lists.set(list, [...(lists.get(list) ?? []), text])
    },
  }
  const read = () => ({ fields: Object.fromEntries<unknown>([...fields, ...lists]), filename })
  return { uses, read }
}

/** A part whose head does not end ends the one before it twice. */
function onlyOnce(take: (chunk: Uint8Array | null) => void): (chunk: Uint8Array | null) => void {
  let ended = false
  return (chunk) => {
    if (ended) throw badForm(NO_NAME)
    ended = chunk === null
    take(chunk)
  }
}

async function* stepsOf(request: Request): AsyncGenerator<Uint8Array, void, void> {
  const stream: ReadableStream | null = request.body
  if (stream === null) return
  const coding = codingOf(request)
  try {
    if (coding === undefined) yield* largeSteps(stream)
    else yield* decodeBody(stream, coding)
  } catch (error) {
    throw error instanceof ProblemError ? error : badForm('The form broke off.')
  }
}

/**
 * Two buffers take turns: one to be read into, and one in which the parser still has the beginning of something.
 * New ones for each step would pile up until the next clearing away, see `gatherBytes`.
 */
async function* largeSteps(stream: ReadableStream): AsyncGenerator<Uint8Array, void, void> {
  const reader = stream.getReader({ mode: 'byob' })
  let [next, other] = [new ArrayBuffer(STEP_BYTES), new ArrayBuffer(STEP_BYTES)]
  try {
    for (;;) {
      const { value, done } = await reader.readAtLeast(STEP_BYTES, new Uint8Array(next))
      if (value !== undefined && value.byteLength > 0) yield value
      if (done || value === undefined) return
      ;[next, other] = [other, value.buffer]
    }
  } finally {
    // Of a form that is refused the rest can still be read to its end.
    reader.releaseLock()
  }
}

/** The parser throws errors of its own at what it does not expect, as a file name that is badly encoded. */
function guard(parse: () => void): void {
  try {
    parse()
  } catch (error) {
    throw error instanceof ProblemError ? error : badForm(NO_NAME, error)
  }
}

/** `image`, `image[]`, `image[3]`, `images[]` are one to us. */
export function imageParts(name: string): 'image' | 'mask' | undefined {
  if (name === 'mask') return 'mask'
  return /^images?(?:\[\d*\])?$/.test(name) ? 'image' : undefined
}

/** Letters of a part's name in a message. */
const MOST_NAMED = 50

function unexpected(name: string): ProblemError {
  const param = name.slice(0, MOST_NAMED)
  return badForm(`The file part '${param}' is not expected here.`, undefined, param)
}

function toProblem(error: MultipartError): ProblemError {
  switch (error._tag) {
    case 'InvalidBoundary':
      return badForm('The content type of the form names no boundary.')
    case 'ReachedLimit':
      return error.limit === 'MaxParts'
        ? badForm(`The form has more than ${MAX_PARTS} parts.`)
        : formTooLarge()
    case 'EndNotReached':
      return badForm('The form ends before its last boundary.')
    case 'BadHeaders':
    case 'InvalidDisposition':
      return badForm(NO_NAME)
  }
}

const NO_NAME = 'A part of the form has no readable Content-Disposition with a name.'

function badForm(message: string, cause?: unknown, param?: string): ProblemError {
  const mistake = 'wrong_value'
  return new ProblemError({ kind: 'invalid_request', message, param, mistake }, { cause })
}

function formTooLarge(): ProblemError {
  return new ProblemError({ kind: 'too_large', what: 'The form', limitBytes: MAX_FORM_BYTES })
}
