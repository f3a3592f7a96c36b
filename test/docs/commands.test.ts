import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { pythonTestsLeftOut, startPython } from '../support/python.ts'
import { startScriptRunner } from '../support/script-runner.ts'
import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'
import { readPages, type Block } from './page.ts'
import { runBlock, type Run, type Workshop } from './run-block.ts'

/** Blocks that no test can run, by a piece of them, and why. */
const NOT_RUN: readonly (readonly [piece: string, why: string])[] = [
  ['npm ci && npm start', 'installs; scripts/start.test.ts runs npm start'],
  ['npm ci && npm run build', 'installs; npm test runs the build'],
  ['npm run check', 'is what runs this test'],
  ['install-python-client', 'fetches packages of Debian; .ci/run runs it'],
  ['npm run keys', 'writes a file; scripts/keys.test.ts runs it'],
  ['wrangler login', 'deploys to Cloudflare, which needs an account'],
  ['git pull', 'fetches and deploys to Cloudflare, which needs an account'],
  ['wrangler tail', 'reads a log at Cloudflare, which needs an account'],
  ['wrangler r2', 'changes a bucket at Cloudflare, which needs an account'],
  ['npm run serve', 'runs until it is stopped; serve/stop.test.ts runs it'],
  ['npx ./fal-openai-worker', 'runs until it is stopped; serve/package.test.ts runs the package'],
  ['docker compose', 'needs a container engine; .ci/container runs the steps of the Dockerfile'],
  ['videos.create_and_poll', 'needs a client of October 2025; videos/python.test.ts runs the same'],
  ['npm run bench', 'measures for minutes; limits/cpu.test.ts measures a part of it'],
]

/** What a block that runs must give; the first piece that a block has counts. */
const GIVES: readonly (readonly [piece: string, check: (run: Run) => Promise<void>])[] = [
  ['dry_run=true', givesQuote],
  ['audio/transcriptions', givesTranscript],
  ['audio.transcriptions', givesTranscript],
  ['videos.create(', givesVideoFile],
  ['/v1/videos', ({ stdout }) => givesVideo(stdout)],
  ['-o cat.png', givesJsonAndFile],
  ['/images/edits', ({ stdout }) => givesPicture(stdout)],
  ['images.edit(', ({ stdout }) => givesUrl(stdout)],
  ['generateImage', ({ folder }) => givesFile(path.join(folder, 'cat.jpg'), 'jpeg')],
  ['for await', ({ stdout }) => givesUrl(pictureIn(stdout), 16 / 9)],
  ['ChatOpenAI', ({ stdout }) => givesUrl(pictureIn(stdout), 16 / 9)],
  ['"size": "1024x1024"', ({ stdout }) => givesPicture(stdout, 1)],
  ['"prompt": "a cat", "stream": true', givesPictureStream],
  ['"prompt": "一只猫", "stream": true', givesPictureStream],
  ['"stream": true', givesStream],
  ['"sora-2", "messages"', givesPlayer],
  ['responses.create', ({ stdout }) => givesUrl(stdout, 1)],
  ['/chat/completions', givesMarkdown],
  ['%header{x-job-id}', givesJob],
  ['/images/generations', ({ stdout }) => givesPicture(stdout, 16 / 9)],
  ['import OpenAI', ({ stdout }) => givesUrl(stdout)],
  ['from openai', ({ stdout }) => givesUrl(stdout, 16 / 9)],
  ['/models/', givesModel],
  ['/healthz', givesHealthAndModels],
  ['/models', ({ stdout }) => givesModels(stdout)],
  ['randomBytes', givesKey],
  ['tar -czf', givesBackup],
]

const RUNNABLE: ReadonlySet<string> = new Set(['bash', 'sh', 'js', 'python'])

let fal: Simulator
let gateway: Gateway
let workshop: Workshop
/** By their code: what stands word for word in both languages, or in two pages, runs once. */
let runs: Map<string, Promise<Run>>

beforeAll(async () => {
  fal = await startSimulator({ queueMs: 50, runMs: 100 })
  gateway = await startGateway(fal.url)
  const folder = mkdtempSync(path.join(tmpdir(), 'docs-'))
  const python = pythonTestsLeftOut() === undefined ? startPython() : undefined
  workshop = {
    folder,
    gatewayUrl: gateway.url,
    node: startScriptRunner(),
    ...(python && { python }),
  }
  runs = new Map()
})
afterAll(async () => {
  await workshop.python?.close()
  await workshop.node.close()
  await gateway.close()
  await fal.close()
  rmSync(workshop.folder, { recursive: true, force: true })
})

describe.skipIf(process.platform === 'win32')(
  'a block of the documentation does what it says',
  () => {
    const all = readPages().flatMap(({ file, blocks }) =>
      blocks
        .filter(({ language }) => RUNNABLE.has(language))
        .map((block) => ({ name: `${file}: ${firstLine(block)}`, block })),
    )
    const here = all.filter(({ block }) => !NOT_RUN.some(([piece]) => block.code.includes(piece)))
    for (const { name, block } of here) {
      const isLeftOut = block.language === 'python' && pythonTestsLeftOut() !== undefined
      test.skipIf(isLeftOut)(name, async () => {
        const check = GIVES.find(([piece]) => block.code.includes(piece))?.[1]
        if (check === undefined) throw new Error('say in GIVES or NOT_RUN what this block does')
        const run = runs.get(block.code) ?? runBlock(block, workshop)
        runs.set(block.code, run)
        await check(await run)
      })
    }

    test('no block is left out of the tests that is not there any more', () => {
      const unused = NOT_RUN.filter(
        ([piece]) => !all.some(({ block }) => block.code.includes(piece)),
      )
      expect(unused).toEqual([])
    })
  },
)

describe('an answer in the documentation has the fields of the real one', () => {
  const pages = readPages()
  const answers = pages.flatMap(({ file, blocks }) =>
    blocks.filter(({ language }) => language === 'json').map((block) => ({ file, block })),
  )

  test.for(answers)('$file: $block.code', async ({ block }) => {
    const documented: unknown = JSON.parse(block.code)
    expect(toShape(await realAnswer(block.code))).toMatchObject(toFields(toShape(documented)))
  })
})

test("chat's words in the documentation are the ones it says", async () => {
  const page = readPages().find(({ file }) => file === 'docs/chat.md')
  const answer = page?.blocks.find(({ code }) => code.startsWith('Generated image'))
  const asked = page?.blocks.find(({ code }) => code.includes('/chat/completions'))
  const { stdout } = await runBlock(asked ?? { language: '', code: '' }, workshop)
  expect(contentOf(stdout).split('\n')[0]).toBe(answer?.code.split('\n')[0])
})

function firstLine({ code }: Block): string {
  return code.split('\n').find((line) => !line.startsWith('#')) ?? ''
}

const imagesAnswer = z.object({ data: z.array(z.object({ url: z.url() })).min(1) })
const chatAnswer = z.object({
  choices: z.tuple([z.object({ message: z.object({ content: z.string() }) })]),
})
const chunk = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().optional(), reasoning_content: z.string().optional() }),
    }),
  ),
})
const model = z.object({ id: z.string(), object: z.literal('model'), sizes: z.array(z.string()) })
/** Of models that make no images other things are told. */
const listed = z.object({ id: z.string(), object: z.literal('model') })
const modelList = z.object({ object: z.literal('list'), data: z.array(listed).min(20) })
const completedJob = z.object({ status: z.literal('completed'), result: imagesAnswer })

/** A picture's ratio when it is to have one, else just that it is a picture. */
async function givesUrl(url: string, ratio?: number): Promise<void> {
  const picture = sharp(await (await fetch(url.trim())).arrayBuffer())
  const { width, height } = await picture.metadata()
  if (ratio !== undefined) expect(Math.abs(width / height / ratio - 1)).toBeLessThan(0.04)
}

async function givesPicture(stdout: string, ratio?: number): Promise<void> {
  const { data } = imagesAnswer.parse(JSON.parse(stdout))
  await givesUrl(data[0]?.url ?? '', ratio)
}

/** What was spoken has been written down again. */
async function givesTranscript({ stdout }: Run): Promise<void> {
  expect(stdout).toContain('The quick brown fox jumps')
}

async function givesVideo(text: string): Promise<void> {
  const parsed: unknown = JSON.parse(text)
  expect(parsed).toMatchObject({ object: 'video', status: 'queued', seconds: '4', error: null })
}

async function givesVideoFile({ folder, stdout }: Run): Promise<void> {
  expect(stdout).toContain('completed 4 720x1280')
  expect(readFileSync(path.join(folder, 'cat.mp4')).subarray(4, 8).toString()).toBe('ftyp')
}

async function givesJsonAndFile({ stdout, folder }: Run): Promise<void> {
  await givesPicture(stdout, 16 / 9)
  await givesFile(path.join(folder, 'cat.png'), 'png')
}

async function givesFile(file: string, format: string): Promise<void> {
  expect(await sharp(readFileSync(file)).metadata()).toMatchObject({ format })
}

function contentOf(stdout: string): string {
  return chatAnswer.parse(JSON.parse(stdout)).choices[0].message.content
}

async function givesMarkdown({ stdout }: Run): Promise<void> {
  await givesUrl(pictureIn(contentOf(stdout)), 16 / 9)
}

async function givesPlayer({ stdout }: Run): Promise<void> {
  const text = contentOf(stdout)
  const address = /\((http\S+\.mp4)\)/.exec(text)?.[1] ?? ''
  expect(text).toContain(`<video controls src="${address}"`)
  const bytes = await (await fetch(address)).arrayBuffer()
  expect(Buffer.from(bytes.slice(4, 8)).toString()).toBe('ftyp')
}

async function givesStream({ stdout }: Run): Promise<void> {
  const lines = stdout.split('\n').filter((line) => line.startsWith('data: '))
  expect(lines.at(-1)).toBe('data: [DONE]')
  const chunks = lines.slice(0, -1).map((line) => chunk.parse(JSON.parse(line.slice(6))))
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta))
  expect(deltas.some(({ reasoning_content }) => reasoning_content !== undefined)).toBe(true)
  const text = deltas.map(({ content }) => content ?? '').join('')
  await givesUrl(pictureIn(text), 1)
}

async function givesPictureStream({ stdout }: Run): Promise<void> {
  const event = /event: image_generation\.completed\ndata: (.+)/.exec(stdout)?.[1] ?? ''
  const { b64_json } = z.object({ b64_json: z.string() }).parse(JSON.parse(event))
  await givesUrl(`data:image/jpeg;base64,${b64_json}`)
}

function pictureIn(markdown: string): string {
  return /!\[Generated Image\]\((http\S+)\)/.exec(markdown)?.[1] ?? 'no picture'
}

async function givesJob({ stdout }: Run): Promise<void> {
  const job = completedJob.parse(JSON.parse(stdout))
  await givesUrl(job.result.data[0]?.url ?? '')
}

async function givesModel({ stdout }: Run): Promise<void> {
  expect(model.parse(JSON.parse(stdout)).id).toBe('Flux 1.1 Pro Ultra')
  await Promise.resolve()
}

async function givesQuote({ stdout }: Run): Promise<void> {
  expect(JSON.parse(stdout)).toMatchObject({ object: 'quote', units: 2, cost_usd: 0.0796 })
  await Promise.resolve()
}

async function givesModels(stdout: string): Promise<void> {
  expect(modelList.parse(JSON.parse(stdout)).data[0]?.id).toBe('imagen4-preview')
  await Promise.resolve()
}

async function givesHealthAndModels({ stdout }: Run): Promise<void> {
  const [health, models = ''] = stdout.split(/(?<=\})(?=\{"object":"list")/)
  expect(JSON.parse(health ?? '')).toMatchObject({ status: 'ok', bindings: { ledger: false } })
  await givesModels(models)
}

async function givesBackup({ folder }: Run): Promise<void> {
  expect(existsSync(path.join(folder, 'ledger.tar.gz'))).toBe(true)
  await Promise.resolve()
}

async function givesKey({ stdout }: Run): Promise<void> {
  expect(stdout).toMatch(/^sk-[\w-]{32}\n$/)
  await Promise.resolve()
}

/** The real answer of the kind that a documented one is an example of. */
async function realAnswer(documented: string): Promise<unknown> {
  if (documented.includes('"quote"')) {
    return (await post({ model: 'nano-banana', prompt: 'a cat', n: 2 }, '?dry_run=true')).json()
  }
  const made = await post({ model: 'flux-schnell', prompt: 'a cat' })
  if (documented.includes('"error"')) return (await post({ size: 'wide', prompt: 'a cat' })).json()
  if (!documented.includes('image.job')) return made.json()
  const response = await fetch(
    `${gateway.url}/v1/images/jobs/${made.headers.get('x-job-id') ?? ''}`,
    { headers: { authorization: `Bearer ${ACCESS_KEY}` } },
  )
  return response.json()
}

function post(body: unknown, query = ''): Promise<Response> {
  return fetch(`${gateway.url}/v1/images/generations${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}` },
    body: JSON.stringify(body),
  })
}

/** A value with the types of its leaves in their place. */
function toShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toShape)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toShape(one)]))
}

function toFields(shape: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(shape)
}
