import { createApp, type App } from './app.ts'
import { corsHeaders } from './http/cors.ts'
import { toErrorResponse } from './http/error-response.ts'
import { createRequestId } from './http/visit.ts'
import { createLog } from './lib/log.ts'
import { readSettings } from './settings.ts'

/**
 * One app for each environment, which the runtime keeps as long as the isolate: settings are read once,
 * and the key pool remembers which keys rest. Nothing of a request is in it.
 */
const apps = new WeakMap<object, App>()

function appOf(env: object): App {
  const known = apps.get(env)
  if (known !== undefined) return known
  const app = createApp(readSettings(env), {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    // Named when it is used: not every runtime has one.
    cache: {
      match: async (url) => caches.default.match(url),
      put: async (url, response) => caches.default.put(url, response),
    },
  })
  apps.set(env, app)
  return app
}

/** Without settings there is no app; a browser's client must be able to read why. */
function notConfigured(request: Request, error: unknown): Response {
  const response =
    request.method === 'OPTIONS'
      ? new Response(null, { status: 204 })
      : toErrorResponse(error, { jobId: undefined, headers: {} }, createLog('error'))
  response.headers.set('x-request-id', createRequestId())
  for (const [name, value] of corsHeaders(request, ['*'])) response.headers.set(name, value)
  return response
}

export default {
  async fetch(request, env, context) {
    try {
      return await appOf(env)(request, context)
    } catch (error) {
      return notConfigured(request, error)
    }
  },
} satisfies ExportedHandler<object>
