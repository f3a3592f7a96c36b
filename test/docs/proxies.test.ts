import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { freePort } from '../serve/free-port.ts'
import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { openServeFolder, type Served } from '../support/start-serve.ts'
import { until } from '../support/start-stack.ts'
import { readPage } from './page.ts'

const isThere = (program: string): boolean => spawnSync(program, ['-v']).error === undefined
const page = readPage('docs/self-host.md')

/** The page's example for a proxy, in front of this gateway, without its certificate. */
const PROXIES = {
  nginx: {
    arguments: (folder: string) => ['-p', folder, '-c', path.join(folder, 'config')],
    config: (gateway: string, port: number, folder: string) => {
      const example = exampleOf('client_max_body_size')
        .replace(/listen 443 ssl/, `listen 127.0.0.1:${port}`)
        .replaceAll(/ *ssl_certificate.*\n/g, '')
        .replace('http://127.0.0.1:8787', gateway)
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      const temporary = places.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
      return `daemon off; pid ${folder}/pid; error_log stderr; worker_processes 1;
events { }
http { access_log off; ${temporary}
${example} }`
    },
  },
  caddy: {
    arguments: (folder: string) => [
      'run',
      '--adapter',
      'caddyfile',
      '--config',
      path.join(folder, 'config'),
    ],
    config: (gateway: string, port: number) => {
      const example = exampleOf('reverse_proxy')
        .replace('images.example.com', `http://127.0.0.1:${port}`)
        .replace('127.0.0.1:8787', gateway.replace('http://', ''))
      return `{\n  admin off\n}\n${example}`
    },
  },
} as const

function exampleOf(piece: string): string {
  return page.blocks.find(({ code }) => code.includes(piece))?.code ?? ''
}

let fal: Simulator
const serving = openServeFolder(afterAll)
let gateway: Served

beforeAll(async () => {
  fal = await startSimulator({ retired: [] })
  gateway = await serving.start(fal.url)
})
afterAll(async () => {
  gateway.kill('SIGTERM')
  await gateway.ended
  await fal.close()
})

for (const [name, { arguments: args, config }] of Object.entries(PROXIES)) {
  describe.skipIf(!isThere(name))(`behind ${name} as the page has it`, () => {
    const folder = mkdtempSync(path.join(tmpdir(), `${name}-`))
    let proxy: ChildProcess
    let url: string

    beforeAll(async () => {
      const port = await freePort()
      url = `http://127.0.0.1:${port}`
      mkdirSync(path.join(folder, 'home'))
      writeFileSync(path.join(folder, 'config'), config(gateway.url, port, folder))
      const env = { PATH: process.env['PATH'], HOME: path.join(folder, 'home') }
      proxy = spawn(name, args(folder), { env, stdio: 'ignore' })
      await until(() =>
        fetch(`${url}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      )
    })
    afterAll(async () => {
      proxy.kill('SIGTERM')
      await once(proxy, 'exit')
      rmSync(folder, { recursive: true, force: true })
    })

    const post = (route: string, body: BodyInit, key = ACCESS_KEY): Promise<Response> =>
      fetch(`${url}/v1${route}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body,
      })

    test('a stream passes while it is made', async () => {
      const messages = [{ role: 'user', content: '[[queue:10m]] a cat' }]
      const chat = JSON.stringify({ model: 'flux-dev', messages, stream: true })
      const response = await post('/chat/completions', chat)
      const reader = response.body?.getReader()
      const first = await reader?.read()
      expect(Buffer.from(first?.value ?? []).toString()).toContain('data: {')
      await reader?.cancel()
      // Who leaves the proxy leaves the gateway.
      await until(() => fal.journal.count('cancel') > 0, 20)
    })

    test('a large body passes, and one that is larger than Cloudflare takes does not', async () => {
      const form = new FormData()
      form.set('prompt', 'a cat')
      const large = Buffer.concat([await aPicture(), Buffer.alloc(45_000_000)])
      form.set('image', new Blob([large], { type: 'image/png' }), 'image.png')
      expect((await post('/images/edits', form)).status).toBe(200)
      const unknown = await post('/images/generations', Buffer.alloc(45_000_000), 'wrong')
      expect(unknown.status).toBe(401)
      const refused = await post('/images/edits', Buffer.alloc(101 * 1024 * 1024)).then(
        ({ status }) => status,
        () => 'cut',
      )
      // Caddy tells that its reading of the body has failed.
      expect([413, 502, 'cut']).toContain(refused)
    })
  })
}
