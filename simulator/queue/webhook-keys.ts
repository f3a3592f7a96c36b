import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

import { isJsonObject, type JsonObject } from '../json.ts'

export interface WebhookKeys {
  /** The public keys, as `/.well-known/jwks.json` shows them. */
  jwks(): JsonObject
  /** The four signature headers of a delivery. */
  sign(requestId: string, userId: string, body: string): Readonly<Record<string, string>>
}

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export function createWebhookKeys(): WebhookKeys {
  let made: Pair | undefined
  const pair = (): Pair => {
    made ??= generateKeyPairSync('ed25519')
    return made
  }
  return {
    jwks() {
      const key: unknown = pair().publicKey.export({ format: 'jwk' })
      const jwk = isJsonObject(key) ? key : {}
      return { keys: [{ ...jwk, kid: 'simulator-1', use: 'sig', alg: 'EdDSA' }] }
    },
    sign(requestId, userId, body) {
      const timestamp = String(Math.floor(Date.now() / 1000))
      const digest = createHash('sha256').update(body).digest('hex')
      const message = [requestId, userId, timestamp, digest].join('\n')
      return {
        'x-fal-webhook-request-id': requestId,
        'x-fal-webhook-user-id': userId,
        'x-fal-webhook-timestamp': timestamp,
        'x-fal-webhook-signature': sign(null, Buffer.from(message), pair().privateKey).toString(
          'hex',
        ),
      }
    },
  }
}
