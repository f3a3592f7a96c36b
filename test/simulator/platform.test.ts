import { afterAll, beforeAll, describe, test } from 'vitest'
import { z } from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await startSimulator()
  caller = createCaller(simulator)
})
afterAll(() => simulator.close())

const page = z.object({
  models: z.array(
    z.looseObject({
      endpoint_id: z.string(),
      metadata: z.looseObject({ category: z.string(), status: z.string() }),
    }),
  ),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
})

const list = async (query: string) =>
  page.parse((await caller.call(`/api/v1/models?${query}`)).body)

async function listAll(query: string, cursor = ''): Promise<readonly string[]> {
  const { models, next_cursor } = await list(
    `${query}&limit=100&cursor=${encodeURIComponent(cursor)}`,
  )
  const ids = models.map(({ endpoint_id }) => endpoint_id)
  return next_cursor === null ? ids : [...ids, ...(await listAll(query, next_cursor))]
}

describe('GET /v1/models', () => {
  test('pages through everything that is not retired', async ({ expect }) => {
    const ids = await listAll('status=active')
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(1200)
    expect(ids).toContain('openai/gpt-image-2')
    expect(ids).not.toContain('fal-ai/imagen4/preview')
  })

  test('finds by id, words and category', async ({ expect }) => {
    const named = await list('endpoint_id=fal-ai/flux/dev,fal-ai/nano-banana&endpoint_id=no/such')
    expect(named.models.map(({ endpoint_id }) => endpoint_id)).toEqual([
      'fal-ai/flux/dev',
      'fal-ai/nano-banana',
    ])
    expect(await listAll('q=seedream&category=text-to-image')).toContain(
      'bytedance/seedream/v5/lite/text-to-image',
    )
    expect(await listAll('category=text-to-image')).not.toContain('fal-ai/nano-banana/edit')
    expect(await listAll('category=image-to-image')).toContain('fal-ai/nano-banana/edit')
    expect(await listAll('category=text-to-video')).toContain('fal-ai/veo3')
  })

  test('gives the schemas when they are asked for', async ({ expect }) => {
    const { models } = await list('endpoint_id=fal-ai/flux/dev&expand=openapi-3.0')
    expect(models[0]).toHaveProperty('openapi.components.schemas.FluxDevInput.properties.prompt')
    expect((await list('endpoint_id=fal-ai/flux/dev')).models[0]).not.toHaveProperty('openapi')
  })

  test('needs no key, but no wrong one either', async ({ expect }) => {
    const open = await fetch(`${simulator.url}/api/v1/models?limit=1`)
    expect(open.status).toBe(200)
    expect(await createCaller(simulator, 'bad:key').call('/api/v1/models')).toMatchObject({
      status: 401,
      body: { error: { type: 'authorization_error' } },
    })
  })

  test('refuses a limit out of range', async ({ expect }) => {
    expect(await caller.call('/api/v1/models?limit=1000')).toMatchObject({
      status: 400,
      body: { error: { type: 'validation_error' } },
    })
  })
})

describe('prices and the rest', () => {
  test('one unknown id fails the whole batch', async ({ expect }) => {
    const known = await caller.call('/api/v1/models/pricing?endpoint_id=fal-ai/flux/dev')
    expect(known.body).toEqual({
      prices: [
        { endpoint_id: 'fal-ai/flux/dev', unit_price: 0.025, unit: 'megapixels', currency: 'USD' },
      ],
      next_cursor: null,
      has_more: false,
    })
    const batch = await caller.call('/api/v1/models/pricing?endpoint_id=fal-ai/flux/dev,no/such')
    expect(batch).toMatchObject({ status: 404, body: { error: { type: 'not_found' } } })
  })

  test('estimates', async ({ expect }) => {
    const input = {
      estimate_type: 'unit_price',
      endpoints: { 'fal-ai/flux/dev': { unit_quantity: 4 } },
    }
    const answer = await caller.call('/api/v1/models/pricing/estimate', { method: 'POST', input })
    expect(answer.body).toEqual({ estimate_type: 'unit_price', total_cost: 0.1, currency: 'USD' })
  })

  test('an endpoint has an OpenAPI document of its own', async ({ expect }) => {
    const path = '/api/openapi/queue/openapi.json?endpoint_id='
    const { body } = await caller.call(`${path}openai/gpt-image-2/edit`)
    expect(body).toMatchObject({
      openapi: '3.0.4',
      components: {
        schemas: {
          GptImage2EditInput: { required: ['prompt', 'image_urls'] },
          ImageSize: { properties: { width: { maximum: 14_142 } } },
        },
      },
    })
    expect(body).toHaveProperty(['paths', '/openai/gpt-image-2/edit', 'post', 'requestBody'])
    expect(body).toHaveProperty(['paths', '/openai/gpt-image-2/requests/{request_id}', 'get'])
    expect(await caller.call(`${path}fal-ai/no-such-app`)).toMatchObject({ status: 404 })
  })

  test('meta names the webhook addresses', async ({ expect }) => {
    const { body } = await caller.call('/api/v1/meta')
    expect(body).toHaveProperty('webhook_ip_ranges')
  })

  test('the Python client may upload with a token', async ({ expect }) => {
    const auth = await caller.call('/rest/storage/auth/token', { method: 'POST', input: {} })
    const { token, base_url } = z
      .object({ token: z.string(), base_url: z.string() })
      .parse(auth.body)
    const headers = {
      authorization: `Bearer ${token}`,
      'x-fal-file-name': 'a.txt',
      'content-type': 'text/plain',
    }
    const answer = await fetch(`${base_url}/files/upload`, {
      method: 'POST',
      headers,
      body: 'hello',
    })
    const { access_url } = z.object({ access_url: z.string() }).parse(await answer.json())
    expect(await (await fetch(access_url)).text()).toBe('hello')
  })
})
