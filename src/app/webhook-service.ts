import { createWebhookReader } from '../fal/webhook.ts'
import { receiveWebhook } from '../jobs/receive-webhook.ts'
import { toWebhookEvent } from '../openai/webhook-event.ts'
import { digestsOf } from '../request/authenticate.ts'
import type { WebhookService } from '../routes/serve-webhook.ts'
import type { Settings } from '../settings/read-settings.ts'
import type { Services } from './services.ts'
import type { World } from './world.ts'

/** What fal's webhooks are served with. */
export function createWebhooks(
  { hosts, accessKeys }: Settings,
  { fetch, now, ledger }: Pick<World, 'fetch' | 'now' | 'ledger'>,
  { tracking, readerOf }: Pick<Services, 'tracking' | 'readerOf'>,
): WebhookService {
  const webhooks = createWebhookReader({ fetch, hosts }, now)
  const secretsOf = (callerName: string) => digestsOf(accessKeys, callerName)
  return {
    webhookStates: tracking.webhookStates,
    readWebhook: (headers, body) => webhooks.read(headers, body, now()),
    async arrived(state, from, event) {
      if (ledger === undefined) return
      const told = { readerOf, toEvent: toWebhookEvent, secretsOf }
      await receiveWebhook({ state, ...from, event }, { ...tracking, ...told, ledger, fetch })
    },
  }
}
