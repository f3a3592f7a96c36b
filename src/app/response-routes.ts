import {
  cancelResponse,
  deleteResponse,
  serveFoundResponse,
  serveInputItems,
  serveResponse,
} from '../routes/responses/serve-response.ts'
import { idOf, type Route } from './route.ts'
import type { Services } from './services.ts'

/** `/v1/responses`. */
export function responseRoutes(service: Services): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/responses',
      serve: (context) => serveResponse(context, service),
    },
    {
      method: 'GET',
      path: '/responses/:id',
      serve: (context, to) => serveFoundResponse(idOf(to), context, service),
    },
    {
      method: 'DELETE',
      path: '/responses/:id',
      serve: (context, to) => deleteResponse(idOf(to), context, service),
    },
    {
      method: 'POST',
      path: '/responses/:id/cancel',
      serve: (context, to) => cancelResponse(idOf(to), context, service),
    },
    {
      method: 'GET',
      path: '/responses/:id/input_items',
      serve: (context, to) => serveInputItems(idOf(to), context, service),
    },
  ]
}
