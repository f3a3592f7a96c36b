import { createExecutionContext, env } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'

import { testSettings } from '../../src/settings/settings.fixture.ts'
import worker from '../../src/worker.ts'

const settings = testSettings({ WORKER_ACCESS_KEY: 'alice:sk-a,bob:sk-b' })

type Incoming = Request<unknown, IncomingRequestCfProperties>

function healthz(): Incoming {
  return new Request('https://gateway.example/healthz')
}

describe('the binding RATE_LIMITER', () => {
  const RATE_LIMITER: unknown = Reflect.get(env, 'RATE_LIMITER')
  const limited = { ...settings, RATE_LIMITER }

  async function ask(key: string, path: string, method = 'POST'): Promise<Response> {
    const context = createExecutionContext()
    const request = new Request<unknown, IncomingRequestCfProperties>(
      `https://gateway.example/v1/${path}`,
      {
        method,
        headers: { authorization: `Bearer ${key}` },
        ...(method === 'POST' && { body: '{"prompt":""}' }),
      },
    )
    return worker.fetch(request, limited, context)
  }

  test('lets each caller in so often, and is not asked for what is free', async () => {
    // Twice the limit and one more: also where a minute ends meanwhile, one of them is too many.
    const answers: Response[] = []
    for (let count = 0; count < 5; count += 1) answers.push(await ask('sk-a', 'images/generations'))
    expect(answers[0]?.status).toBe(400)
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.headers.get('retry-after')).toBe('10')
    expect(refused?.headers.get('x-should-retry')).toBe('true')
    expect(await refused?.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } })
    expect((await ask('sk-b', 'images/generations')).status).toBe(400)
    for (let count = 0; count < 5; count += 1) {
      expect((await ask('sk-a', 'models', 'GET')).status).toBe(200)
      expect((await ask('sk-a', 'responses/resp_x/cancel')).status).toBe(404)
    }
  })

  test('is named by /healthz, without a key', async () => {
    const request = healthz()
    const answer = await worker.fetch(request, limited, createExecutionContext())
    expect(await answer.json()).toEqual({
      status: 'ok',
      bindings: {
        ledger: false,
        images_bucket: false,
        media: false,
        rate_limiter: true,
        usage: false,
        assets: false,
      },
    })
  })

  test.for([{}, { RATE_LIMITER: 'yes' }])('%j in its place', async (given) => {
    const request = healthz()
    const answer = await worker.fetch(request, { ...settings, ...given }, createExecutionContext())
    if ('RATE_LIMITER' in given) expect(answer.status).toBe(500)
    else expect(await answer.json()).toMatchObject({ bindings: { rate_limiter: false } })
  })
})
