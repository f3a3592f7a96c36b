import { tracing } from 'cloudflare:workers'

import { createApp, type App } from './app.ts'
import { createFalLedgerQueue } from './app/fal-ledger-queue.ts'
import type { World } from './app/world.ts'
import { createLedgerClient } from './ledger/ledger-client.ts'
import { LedgerObject } from './ledger/ledger-object.ts'
import { createLog } from './lib/log.ts'
import { toErrorResponse } from './reply/error-response.ts'
import { corsHeaders } from './request/cors.ts'
import { createRequestId } from './request/request-context.ts'
import { boundOf, readBindings } from './settings/bindings.ts'
import { readSettings } from './settings/read-settings.ts'

/**
 * One app for each environment, which the runtime keeps as long as the isolate: settings are read once,
 * and the key pool remembers which keys rest. Nothing of a request is in it.
 */
const apps = new WeakMap<object, App>()

const outside: Pick<World, 'fetch' | 'now' | 'cache' | 'tracer'> = {
  fetch: (url, init) => globalThis.fetch(url, init),
  tracer: tracing,
  now: () => Date.now(),
  // Named when it is used: not every runtime has one.
  cache: {
    match: async (url) => caches.default.match(url),
    put: async (url, response) => caches.default.put(url, response),
  },
}

function appOf(env: object): App {
  const known = apps.get(env)
  if (known !== undefined) return known
  const { LEDGER, IMAGES_BUCKET, MEDIA, RATE_LIMITER, USAGE } = readBindings(env)
  const ledger = LEDGER && createLedgerClient(LEDGER)
  const app = createApp(readSettings(env), {
    ...outside,
    ledger,
    bucket: IMAGES_BUCKET,
    cutter: MEDIA,
    limits: { rateLimiter: RATE_LIMITER, admission: ledger?.admission },
    usage: USAGE,
    bound: boundOf(env),
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

/** The ledger's objects, for the binding `LEDGER`. */
export class Ledger extends LedgerObject {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(
      state,
      env,
      createFalLedgerQueue(() => readSettings(env), {
        ...outside,
        accountOf(caller) {
          const { LEDGER } = readBindings(env)
          return LEDGER && createLedgerClient(LEDGER).accountOf(caller)
        },
      }),
    )
  }
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
