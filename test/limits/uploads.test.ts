import { randomFillSync } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { peakOver } from '../support/memory-of.ts'
import { aPictureOf } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ ledger: 'temporary' })
  // What a gateway holds after its first large body it holds for good.
  for (const upload of UPLOADS) await send(upload, await upload.make(12_000_000))
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

type Bytes = Uint8Array<ArrayBuffer>

const WAV = 'RIFF____WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data'
const MP4 = '\0\0\0\x20ftypisom'

/** A file by its header; behind it stands what nobody looks at. */
function begunBy(header: string): (size: number) => Bytes {
  return (size) => {
    const bytes = randomFillSync(new Uint8Array(size))
    bytes.set(Array.from(header, (letter) => letter.codePointAt(0) ?? 0))
    return bytes
  }
}

interface Upload {
  readonly path: string
  readonly file: string
  readonly make: (size: number) => Bytes | Promise<Bytes>
  readonly fields: Readonly<Record<string, string>>
}

const UPLOADS: readonly Upload[] = [
  {
    path: '/audio/transcriptions',
    file: 'file',
    make: begunBy(WAV),
    fields: { model: 'whisper-1' },
  },
  {
    path: '/images/edits',
    file: 'image',
    make: async (size) => new Uint8Array(await aPictureOf(size)),
    fields: { model: 'nano-banana-2', prompt: 'warmer' },
  },
  {
    path: '/videos/edits',
    file: 'video',
    make: begunBy(MP4),
    fields: { model: 'grok-imagine-video', prompt: 'warmer' },
  },
]

function send({ path, file, fields }: Upload, bytes: Bytes, key?: string) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append(file, new Blob([bytes]), 'a')
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  return stack.request(path, { method: 'POST', body: form, headers })
}

/** What fal was given an address of. */
async function received(): Promise<Bytes> {
  const input = z.record(z.string(), z.unknown()).parse(stack.fal.journal.jobs().at(-1)?.input)
  const addresses = Object.values(input).flat()
  const url = z.string().parse(addresses.find((one) => /\/cdn\/files\//.test(String(one))))
  return (await fetch(url)).bytes()
}

const SIZE = 25_000_000
/** Measured: 8 to 10. A part of 5 MB is held, and is once more on its way. */
const MOST_MB = 16

test.for(UPLOADS.flatMap((one) => [false, true].map((hasKey) => [one.path, hasKey, one] as const)))(
  '25 MB to %s are sent on while they arrive (with a key: %j)',
  { timeout: 120_000 },
  async ([path, hasKey, upload]) => {
    const bytes = await upload.make(SIZE)
    const key = hasKey ? `upload ${path}`.replaceAll(' ', '-') : undefined
    const answers: Response[] = []
    const peak = await peakOver(stack.gateway.pid, async () => {
      answers.push(await send(upload, bytes, key))
    })
    const [answer] = answers
    expect(answer?.status, await answer?.text()).toBe(200)
    expect(Buffer.compare(await received(), bytes)).toBe(0)
    process.stdout.write(`25 MB to ${path}: ${Math.round(peak)} MB over idle\n`)
    expect(peak).toBeLessThan(MOST_MB)
  },
)

test('what looks like the beginning of a boundary at every place arrives as it was', async () => {
  const [upload] = UPLOADS
  if (upload === undefined) throw new Error('no upload')
  const bytes = await upload.make(6_000_000)
  // As the boundary of this client begins.
  const beginning = new TextEncoder().encode('\r\n------formdata-undici-0')
  for (let at = 100; at < bytes.byteLength - 100; at += beginning.byteLength + (at % 7)) {
    bytes.set(beginning, at)
  }
  expect((await send(upload, bytes, 'boundaries')).status).toBe(200)
  expect(Buffer.compare(await received(), bytes)).toBe(0)
})
