import { idOf, type Route } from './route.ts'
import type { Services } from './services.ts'

const responses = () => import('../routes/responses/serve-response.ts')

/** `/v1/responses`; loaded when the first of them is asked for. */
export function responseRoutes(service: Services): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/responses',
      serve: async (context) => (await responses()).serveResponse(context, service),
    },
    {
      method: 'GET',
      path: '/responses/:id',
      serve: async (context, to) =>
        (await responses()).serveFoundResponse(idOf(to), context, service),
    },
    {
      method: 'DELETE',
      path: '/responses/:id',
      serve: async (context, to) => (await responses()).deleteResponse(idOf(to), context, service),
    },
    {
      method: 'POST',
      path: '/responses/:id/cancel',
      serve: async (context, to) => (await responses()).cancelResponse(idOf(to), context, service),
    },
    {
      method: 'GET',
      path: '/responses/:id/input_items',
      serve: async (context, to) => (await responses()).serveInputItems(idOf(to), context, service),
    },
  ]
}
