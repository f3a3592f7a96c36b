import { createServer } from 'node:http'

import { describe, test } from 'vitest'
import { z } from 'zod'

import { startSimulator } from '../../simulator/start-simulator.ts'
import { createCaller } from './caller.ts'

describe('webhooks', () => {
  test('are signed, and sent again while they are not taken', async ({ expect }) => {
    const patient = await startSimulator({ webhookRetryMs: 10 })
    const deliveries: { body: string; headers: Record<string, unknown> }[] = []
    const receiver = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
      deliveries.push({ body, headers: request.headers })
      response.writeHead(deliveries.length < 3 ? 503 : 200).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const address = z.object({ port: z.number() }).parse(receiver.address())
    const hook = encodeURIComponent(`http://127.0.0.1:${address.port}/hook`)
    const again = createCaller(patient)
    const options = {
      method: 'POST',
      input: { prompt: 'called [[fail:content_policy_violation]]' },
    }
    const { body: job } = await again.call(`/queue/fal-ai/flux/dev?fal_webhook=${hook}`, options)
    await expect.poll(() => deliveries.length).toBe(3)
    const { body, headers } = deliveries[2] ?? { body: '', headers: {} }
    const id = z.object({ request_id: z.string(), gateway_request_id: z.string() }).parse(job)
    expect(JSON.parse(body)).toMatchObject({
      ...id,
      status: 'ERROR',
      error: 'Invalid status code: 422',
    })

    const jwks = await again.call('/rest/.well-known/jwks.json')
    const key = z.object({ keys: z.array(z.object({ x: z.string() })) }).parse(jwks.body).keys[0]
    const raw = Buffer.from(key?.x ?? '', 'base64url')
    const publicKey = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, [
      'verify',
    ])
    const digest = await crypto.subtle.digest('SHA-256', Buffer.from(body))
    const read = (name: string) => String(headers[`x-fal-webhook-${name}`])
    const message = [
      read('request-id'),
      read('user-id'),
      read('timestamp'),
      Buffer.from(digest).toString('hex'),
    ]
    const signature = Buffer.from(read('signature'), 'hex')
    const signed = Buffer.from(message.join('\n'))
    expect(await crypto.subtle.verify('Ed25519', publicKey, signature, signed)).toBe(true)
    expect(patient.journal.count('webhook-delivery')).toBe(3)
    await patient.close()
    receiver.close()
  })
})
