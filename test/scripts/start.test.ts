import OpenAI from 'openai'
import sharp from 'sharp'
import { test, type ExpectStatic } from 'vitest'

import { startSimulator } from '../../simulator/start-simulator.ts'
import { stillRunning } from '../support/processes.ts'
import { runNpmStart, type NpmScript } from '../support/run-npm.ts'
import { until } from '../support/start-stack.ts'

const SECONDS = 60

function clientOf(url: string, apiKey: string): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey })
}

/** npm alone is ended: what it has started must end with it. */
async function leavesNothing(
  script: NpmScript,
  signal: 'SIGTERM' | 'SIGHUP' | 'SIGKILL',
  expect: ExpectStatic,
): Promise<void> {
  const programs = script.programs()
  expect(programs.map(({ name }) => name)).toContain('workerd')
  await script.stop(signal)
  await until(() => stillRunning(programs).length === 0, SECONDS)
}

test.concurrent(
  'npm start without a key says so in one line, makes pictures, and ends with npm by SIGTERM',
  { timeout: 120_000 },
  async ({ expect }) => {
    const { script, url } = await runNpmStart()
    try {
      const lines = script.output().split('\n')
      expect(lines.filter((line) => line.includes('pretend fal'))).toHaveLength(1)
      expect(lines).toContain('Access key: sk-local')
      const openai = clientOf(url, 'sk-local')

      const byUrl = await openai.images.generate({ prompt: 'a cat', size: '1024x1024' })
      const bytes = await (await fetch(byUrl.data?.[0]?.url ?? '')).arrayBuffer()
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 1024 })

      const asBase64 = await openai.images.generate({
        prompt: 'a cat',
        response_format: 'b64_json',
      })
      const decoded = Buffer.from(asBase64.data?.[0]?.b64_json ?? '', 'base64')
      expect(await sharp(decoded).metadata()).toMatchObject({ format: 'png' })

      const messages = [{ role: 'user' as const, content: '画一只戴着帽子的狗 16:9' }]
      const chat = await openai.chat.completions.create({ model: 'imagen4-preview', messages })
      expect(chat.choices[0]?.message.content).toContain('aspect ratio: 16:9')
      const stream = await openai.chat.completions.create({
        model: 'Flux 1.1 Pro Ultra',
        messages,
        stream: true,
      })
      const text = (await Array.fromAsync(stream)).map(
        ({ choices }) => choices[0]?.delta.content ?? '',
      )
      expect(text.join('')).toContain('![Generated Image](http')

      const models = await Array.fromAsync(openai.models.list())
      expect(models.length).toBeGreaterThan(20)
      expect(await openai.models.retrieve('Flux 1.1 Pro Ultra')).toMatchObject({ object: 'model' })
      await leavesNothing(script, 'SIGTERM', expect)
    } finally {
      await script.stop()
    }
    await expect.poll(() => fetch(`${url}/healthz`).then(String, () => 'gone')).toBe('gone')
  },
)

test.concurrent(
  'npm start with a fal key talks to fal, behind a key that nobody can guess, and ends by SIGHUP',
  { timeout: 120_000 },
  async ({ expect }) => {
    const fal = await startSimulator({ retired: [] })
    const { script, url } = await runNpmStart({
      FAL_API_KEY: 'my-id:my-secret',
      FAL_QUEUE_URL: `${fal.url}/queue`,
      // JSON must come through whole, whatever quotation marks are in it.
      MODELS: '{"logo":{"endpoint":"fal-ai/recraft/v3/text-to-image"}}',
      ACCESS_KEYS: '{"alice":{"key":"sk-alice\'s","models":["logo"]}}',
    })
    try {
      expect(script.output()).not.toContain('pretend fal')
      const models = await Array.fromAsync(clientOf(url, "sk-alice's").models.list())
      expect(models).toMatchObject([{ id: 'logo' }])
      const key = /^Access key: (sk-\S{20,})$/m.exec(script.output())?.[1] ?? ''
      await clientOf(url, key).images.generate({ prompt: 'a cat' })
      expect(fal.journal.jobs()).toMatchObject([{ keyId: 'my-id' }])
      expect(script.output()).not.toContain('my-secret')
      await leavesNothing(script, 'SIGHUP', expect)
    } finally {
      await script.stop()
      await fal.close()
    }
  },
)

test.concurrent(
  'npm start leaves no program behind when npm alone is killed',
  { timeout: 120_000 },
  async ({ expect }) => {
    const { script } = await runNpmStart()
    await leavesNothing(script, 'SIGKILL', expect)
  },
)
