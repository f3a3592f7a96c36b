import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from 'vitest'
import * as z from 'zod'

import { startSimulator } from '../../simulator/start-simulator.ts'
import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const DIST = path.join(ROOT, 'dist')

test('the Worker is one file that needs nothing beside it, not even the page', () => {
  // `serve` is for npm run serve, and not deployed.
  expect(readdirSync(DIST)).toEqual(['index.js', 'page', 'serve'])
  const bundle = readFileSync(path.join(DIST, 'index.js'), 'utf8')
  const imported = [
    ...bundle.matchAll(/\bfrom\s*["'`]([^"'`]+)["'`]|\bimport\(["'`]([^"'`]+)["'`]\)/g),
  ]
  const outside = imported.map((match) => match[1] ?? match[2] ?? '')
  expect(outside.filter((name) => !/^(?:cloudflare|node):/.test(name))).toEqual([])
})

test('that file, as it is, is what `npm run deploy` uploads, and nothing beside it', () => {
  const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8')
  const { scripts } = z
    .object({ scripts: z.object({ deploy: z.string() }) })
    .parse(JSON.parse(text))
  const [build, upload = ''] = scripts.deploy.split(' && ')
  expect(build).toBe('npm run --silent build')
  const folder = mkdtempSync(path.join(tmpdir(), 'upload-'))
  const [program = '', ...args] = upload.split(' ')
  execFileSync(program, [...args, '--dry-run', '--outdir', folder], { cwd: ROOT, stdio: 'pipe' })
  const uploaded = readFileSync(path.join(folder, 'index.js'))
  expect(uploaded.equals(readFileSync(path.join(DIST, 'index.js')))).toBe(true)
  // wrangler adds a README of its own.
  expect(readdirSync(folder)).toEqual(['README.md', 'index.js'])
  rmSync(folder, { recursive: true })
})

test('pasted into the dashboard it works with two variables, no binding and no flag', async () => {
  const fal = await startSimulator({ retired: [] })
  const gateway = await startGateway(fal.url, {}, { flags: [] })
  const generate = async (more: Record<string, unknown>): Promise<Response> =>
    fetch(`${gateway.url}/v1/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCESS_KEY}` },
      body: JSON.stringify({ prompt: 'a cat', ...more }),
    })
  expect(await (await generate({})).json()).toMatchObject({ data: [{ url: expect.any(String) }] })
  expect(await (await generate({ response_format: 'b64_json', n: 2 })).json()).toMatchObject({
    data: [{ b64_json: expect.any(String) }, { b64_json: expect.any(String) }],
  })
  expect(await (await fetch(gateway.url)).text()).toMatch(/^fal-openai-worker is running\./)
  await gateway.close()
  await fal.close()
})
