import { readFileSync } from 'node:fs'
import path from 'node:path'

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'

const ROOT = path.join(import.meta.dirname, '../..')

const json = z.record(z.string(), z.unknown())
const document = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
  components: z.object({ schemas: z.record(z.string(), json) }),
})

const parsed: unknown = JSON.parse(readFileSync(path.join(ROOT, 'dist/page/openapi.json'), 'utf8'))
const api = document.parse(parsed)

describe('openapi.json, as it is built', () => {
  test('describes every route, and none besides', () => {
    const table = TABLES.map((file) => readFileSync(path.join(ROOT, file), 'utf8')).join('\n')
    const routes = [...table.matchAll(/method: '(\w+)',\s*path: '([^']+)'/g)].map(
      ([, method = '', at = '']) =>
        `${method} ${at === '/healthz' ? '' : '/v1'}${at.replace(/:\w+(\{.*\})?/, '{id}')}`,
    )
    const described = Object.entries(api.paths).flatMap(([at, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${at}`),
    )
    // A video and its file under a signed address have one path.
    const named = [...new Set(routes)].filter((route) => !LEFT_OUT.has(route))
    expect(described.toSorted()).toEqual(named.toSorted())
  })

  test('names each operation once', () => {
    const ids = Object.values(api.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.for([
    ['/v1/images/generations', { prompt: 'a cat', size: '16:9', n: 2, seed: 7 }, true],
    ['/v1/images/generations', { prompt: 'a cat', guidance_scale: 3, user: 'me' }, true],
    ['/v1/images/generations', { size: '16:9' }, false],
    ['/v1/images/generations', { prompt: 'a cat', n: 11 }, false],
    ['/v1/images/generations', { prompt: 'a cat', output_format: 'bmp' }, false],
    ['/v1/images/edits', { prompt: 'blue', images: [{ image_url: 'https://x.test/a.png' }] }, true],
    ['/v1/images/edits', { prompt: 'blue', images: 7 }, false],
    ['/v1/audio/speech', { input: 'Hello', voice: 'alloy', speed: 1.5 }, true],
    ['/v1/audio/speech', { voice: 'alloy' }, false],
    ['/v1/audio/transcriptions', { file: 'https://x.test/a.mp3', response_format: 'srt' }, true],
    ['/v1/audio/transcriptions', { response_format: 'xml' }, false],
    ['/v1/chat/completions', { messages: [{ role: 'user', content: 'a cat' }] }, true],
    ['/v1/chat/completions', { messages: [] }, false],
    ['/v1/responses', { input: 'draw a cat', tools: [{ type: 'image_generation' }] }, true],
    ['/v1/responses', { input: 7 }, false],
    ['/v1/videos', { prompt: 'a cat', seconds: '4', size: '1280x720', duration: 5 }, true],
    ['/v1/videos', { prompt: 'a cat', n: 9 }, false],
    ['/v1/videos/edits', { prompt: 'blue', video: { id: 'video_1' } }, true],
    ['/v1/videos/{id}/remix', { prompt: 'blue' }, true],
  ] as const)('%s with %j: %s, as the gateway has it', ([at, body, expected]) => {
    const content = z
      .object({
        requestBody: z.object({
          content: z.object({ 'application/json': z.object({ schema: json }) }),
        }),
      })
      .parse(api.paths[at]?.['post'])
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const { schema } = content.requestBody.content['application/json']
    expect(ajv.compile(schema)(body)).toBe(expected)
  })
})

/** Where the routes stand. */
const TABLES = [
  'src/app.ts',
  'src/app/account-routes.ts',
  'src/app/audio-routes.ts',
  'src/app/response-routes.ts',
  'src/app/video-routes.ts',
]

/** The page, and pictures by signed addresses, are not called by programs that read this. */
const LEFT_OUT = new Set(['GET /v1/', 'GET /v1/images/{id}', 'POST /v1/webhooks/fal'])
