import { toAnyRequest } from '../api/any-request.ts'
import type { Gateway } from '../api/gateway.ts'
import { quote } from '../api/schemas.ts'
import type { Order } from './works/work.ts'

/** What an order will cost, in US dollars; undefined: nobody can tell. */
export type AskPrice = (order: Order, signal: AbortSignal) => Promise<number | undefined>

/** Files go along, because the price follows from them; what is larger is not sent only to be reckoned. */
const MOST_BYTES = 25_000_000

/** Asks the gateway, which submits nothing for it. */
export function createAskPrice(gateway: Gateway): AskPrice {
  return async (order, signal) => {
    if (bytesOf(order) > MOST_BYTES) return undefined
    try {
      const { path, init } = toAnyRequest(order)
      const response = await gateway.request(`${path}?dry_run=true`, { ...init, signal })
      return quote.parse(await response.json()).cost_usd
    } catch {
      // What is wrong with the order is told when it is sent.
      return undefined
    }
  }
}

function bytesOf({ sources, mask, lastFrame, video, recording }: Order): number {
  const files = [...sources, mask, lastFrame, video?.file, recording]
  return files.reduce((sum, file) => sum + (file?.size ?? 0), 0)
}
