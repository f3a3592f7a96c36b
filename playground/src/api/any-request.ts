import type { Order } from '../state/works/work.ts'
import { toAudioRequest } from './audio-request.ts'
import { toRequest } from './order-request.ts'
import { toVideoRequest } from './video-request.ts'

/** The request that an order of any medium becomes. */
export function toAnyRequest(order: Order): { readonly path: string; readonly init: RequestInit } {
  switch (order.medium) {
    case 'image':
      return toRequest(order)
    case 'video':
      return toVideoRequest(order)
    case 'speech':
    case 'transcript':
      return toAudioRequest(order)
  }
}
