import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { createParser } from 'eventsource-parser'
import * as z from 'zod'

import { answerHelp } from './lib/usage.ts'

const USAGE = `npm run try -- "a cat in a spacesuit 16:9" [--model flux-dev] [--out cat.png] [--url https://…] [--key …]

Makes one picture with any deployment of the gateway, and prints its file, size, seconds and cost.

The prompt takes the words of a chat message: 16:9, 1024x768, --n 2, --seed 7.
Without --url it is GATEWAY_URL, else http://localhost:8787; without --key WORKER_ACCESS_KEY, else sk-local.`

answerHelp(USAGE)

const delta = z.object({ content: z.nullish(z.string()), reasoning_content: z.nullish(z.string()) })
const chunk = z.object({
  choices: z.array(z.object({ delta })).optional(),
  error: z.object({ message: z.string() }).optional(),
  usage: z.object({ cost: z.number().optional() }).nullish(),
})
const job = z.object({
  result: z.object({
    data: z.array(z.object({ b64_json: z.string() })),
    size: z.string().optional(),
    usage: z.object({ cost: z.number().optional() }).optional(),
  }),
})
const failure = z.object({ error: z.object({ message: z.string() }) })

const began = Date.now()

try {
  await main()
} catch (error) {
  progress('')
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      out: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
    },
  })
  const prompt = positionals.join(' ').trim()
  if (prompt === '') throw new Error(USAGE)
  const url = values.url ?? process.env['GATEWAY_URL'] ?? 'http://localhost:8787'
  const key = values.key ?? process.env['WORKER_ACCESS_KEY'] ?? 'sk-local'
  const base = `${url.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`
  const ask = (at: string, init: RequestInit): Promise<Response> =>
    request(`${base}${at}`, { ...init, headers: { authorization: `Bearer ${key}` } })

  const made = await ask('/chat/completions', {
    method: 'POST',
    body: JSON.stringify({
      ...(values.model !== undefined && { model: values.model }),
      messages: [{ role: 'user', content: prompt }],
      stream: true,
      stream_options: { include_usage: true },
    }),
  })
  const said = await follow(made)
  const id = made.headers.get('x-job-id')
  // Nothing but settings in the prompt: the gateway says what it needs.
  if (id === null) throw new Error(said.text.trim())
  progress('fetching the picture')
  const found = await ask(`/images/jobs/${id}?response_format=b64_json`, {})
  const { result } = job.parse(await found.json())
  progress('')
  for (const [index, { b64_json: base64 }] of result.data.entries()) {
    const bytes = Buffer.from(base64, 'base64')
    const file = path.resolve(nameOf(values.out, index, bytes))
    await writeFile(file, bytes)
    console.log(file)
  }
  const cost = said.cost ?? result.usage?.cost
  const facts = [result.size, seconds(), cost === undefined ? 'cost not known' : `$${cost}`]
  console.log(facts.filter((fact) => fact !== undefined).join(', '))
}

async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new Error(`${new URL(url).origin} cannot be reached`, { cause: error })
  })
  if (response.ok) return response
  const text = await response.text()
  const parsed = failure.safeParse(toJson(text))
  throw new Error(parsed.success ? parsed.data.error.message : `HTTP ${response.status}`)
}

/** Shows how a stream goes on. */
async function follow(response: Response): Promise<{ text: string; cost: number | undefined }> {
  let text = ''
  let cost: number | undefined
  let failed: string | undefined
  const parser = createParser({
    onEvent({ data }) {
      const parsed = chunk.safeParse(toJson(data))
      if (!parsed.success) return
      failed ??= parsed.data.error?.message
      cost ??= parsed.data.usage?.cost
      const said = parsed.data.choices?.[0]?.delta
      text += said?.content ?? ''
      if (said?.reasoning_content) progress(said.reasoning_content.trim())
    },
  })
  const decoder = new TextDecoder()
  for await (const bytes of response.body ?? [])
    parser.feed(decoder.decode(bytes, { stream: true }))
  if (failed !== undefined) throw new Error(failed)
  return { text, cost }
}

/** `cat.png`, and `cat-2.png` for the second; without a name, one by the picture's own kind. */
function nameOf(out: string | undefined, index: number, bytes: Buffer): string {
  const kind = bytes[0] === 0x89 ? 'png' : bytes[0] === 0xff ? 'jpg' : 'webp'
  const { dir, name, ext } = path.parse(out ?? `picture-${Math.floor(began / 1000)}.${kind}`)
  return path.join(dir, `${name}${index === 0 ? '' : `-${index + 1}`}${ext || `.${kind}`}`)
}

/** One line that is written over; nothing where the output is kept, as in a file. */
function progress(words: string): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r\u001b[K${words === '' ? '' : `${seconds()}  ${words}`}`)
}

function seconds(): string {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
