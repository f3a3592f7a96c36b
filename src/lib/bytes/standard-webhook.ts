/**
 * The headers of a signed webhook, as Standard Webhooks and OpenAI's own have them: HMAC-SHA-256 over id, time
 * and body. The official clients check it with `webhooks.unwrap`.
 *
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 *
 * @param id the same for the same event, however often it is sent
 * @param seconds when it is sent, since 1970
 * @param secrets one signature for each; a receiver needs one that fits
 */
export async function signWebhook(
  body: string,
  id: string,
  seconds: number,
  secrets: readonly string[],
): Promise<Record<string, string>> {
  const encoder = new TextEncoder()
  const signed = encoder.encode(`${id}.${seconds}.${body}`)
  const signatures = await Promise.all(
    secrets.map(async (secret) => {
      const key = await crypto.subtle.importKey(
        'raw',
        encoder.encode(secret),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      )
      return `v1,${new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)).toBase64()}`
    }),
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  }
}
