import type { Context } from 'hono'
import { Hono } from 'hono/tiny'

import { accountRoutes } from './app/account-routes.ts'
import { audioRoutes } from './app/audio-routes.ts'
import { createAudio } from './app/audio-service.ts'
import { serveModel, serveModels } from './app/model-service.ts'
import { responseRoutes } from './app/response-routes.ts'
import type { Frame, Route } from './app/route.ts'
import { createServices, type Services } from './app/services.ts'
import { videoRoutes } from './app/video-routes.ts'
import { createVideos } from './app/video-service.ts'
import { createWebhooks } from './app/webhook-service.ts'
import type { World } from './app/world.ts'
import { ProblemError } from './job/problem.ts'
import { createLog } from './lib/log.ts'
import { once } from './lib/once.ts'
import { chatCompletions } from './openai/chat/chat-completions.ts'
import { imagesEdits, imagesVariations } from './openai/images/images-edits.ts'
import { imagesGenerations } from './openai/images/images-generations.ts'
import { toErrorResponse } from './reply/error-response.ts'
import { limitHeaders } from './reply/headers.ts'
import { logWhenEnded, type AccessLog } from './request/access-log.ts'
import { readAddress } from './request/address.ts'
import { createAuthenticate } from './request/authenticate.ts'
import { corsHeaders } from './request/cors.ts'
import { readDryRun } from './request/dry-run.ts'
import { decode } from './request/normalise-path.ts'
import { checkLimits } from './request/rate-limits.ts'
import { createRequestContext } from './request/request-context.ts'
import { serveFile } from './routes/serve-file.ts'
import { serveLink } from './routes/serve-link.ts'
import { serveSurface } from './routes/serve-surface.ts'
import { serveWebhook } from './routes/serve-webhook.ts'
import type { Settings } from './settings/read-settings.ts'

/** The gateway as one function. */
export type App = (request: Request, execution: ExecutionContext) => Promise<Response>

/**
 * The floor plan: every route in one table, and what every request passes. What a first image needs is made
 * at the start; what one medium alone is served with, when it is first asked for.
 */
export function createApp(settings: Settings, world: World): App {
  const log = createLog(settings.logLevel)
  const listeners = { log, usage: world.usage, now: world.now }
  const authenticate = createAuthenticate(settings.accessKeys)
  const service = createServices(settings, world, log)
  const table = routes(settings, world, service)
  const app = new Hono<Frame>({ getPath: (_, options) => options?.env?.address.path ?? '/' })

  app.use(async (hono, next) => {
    hono.set(
      'context',
      createRequestContext(
        { request: hono.req.raw, address: hono.env.address },
        hono.executionCtx,
        world.now(),
        settings,
      ),
    )
    if (hono.req.method === 'OPTIONS') hono.res = new Response(null, { status: 204 })
    else await next()
    finish(hono, settings, listeners)
  })
  for (const route of table) {
    app.on(route.method, route.path, async (hono) => {
      const context = hono.get('context')
      if (route.open === true) return route.serve(context, hono)
      const caller = await authenticate(hono.req.raw.headers)
      const { defaultModel } = service.catalogueOf(caller)
      const dryRun = readDryRun(hono.env.address.url, route)
      const known = { ...context, caller, defaultModel, dryRun }
      hono.set('context', known)
      if (mayCost(route) && !dryRun) {
        await checkLimits(caller, world.limits, log, (count) => {
          known.requests = count
        })
      }
      return route.serve(known, hono)
    })
  }
  for (const [path, allow] of methodsByPath(table)) {
    app.all(path, ({ req }) => {
      throw new ProblemError({ kind: 'method_not_allowed', method: req.method, allow })
    })
  }
  app.notFound((hono) => {
    const path = hono.env.address.url.pathname
    // Answered here, because what is thrown here passes no middleware.
    const problem = new ProblemError({ kind: 'route_not_found', method: hono.req.method, path })
    return toErrorResponse(problem, hono.get('context'), log)
  })
  app.onError((error, hono) => toErrorResponse(error, hono.get('context'), log))
  return async (request, execution) =>
    app.fetch(request, { address: readAddress(request) }, execution)
}

function routes(settings: Settings, world: World, service: Services): readonly Route[] {
  const videos = once(() => createVideos(settings, world, service, service.videoMedia()))
  const audio = once(() => createAudio(service, service.audioMedia()))
  return [
    ...surfaceRoutes(service),
    ...audioRoutes(audio),
    ...responseRoutes(service),
    ...modelRoutes(service),
    ...accountRoutes(service),
    ...videoRoutes(videos),
    ...openRoutes(settings, world, service),
  ]
}

/** Images, in the words of each of OpenAI's ways to ask for one. */
function surfaceRoutes(service: Services): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/images/generations',
      serve: (context) => serveSurface(imagesGenerations, context, service),
    },
    {
      method: 'POST',
      path: '/chat/completions',
      serve: (context) => serveSurface(chatCompletions, context, service),
    },
    {
      method: 'POST',
      path: '/images/edits',
      serve: (context) => serveSurface(imagesEdits, context, service),
    },
    {
      method: 'POST',
      path: '/images/variations',
      serve: (context) => serveSurface(imagesVariations, context, service),
    },
    { method: 'POST', path: '/files', serve: (context) => serveFile(context, service) },
  ]
}

/** Which models there are, of every medium. */
function modelRoutes(service: Services): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/models',
      serve: ({ caller }, { req }) => serveModels(caller, req.query('scope') === 'all', service),
    },
    {
      method: 'GET',
      path: '/models/:id{.+}',
      serve: ({ caller }, { req }) =>
        serveModel(decode(req.path.slice('/models/'.length)), caller, service),
    },
  ]
}

/** Without an access key. */
function openRoutes(settings: Settings, world: World, service: Services): readonly Route[] {
  const webhooks = once(() => createWebhooks(settings, world, service))
  return [
    {
      method: 'GET',
      path: '/images/:signed{(?!generations$|edits$|variations$)[^/]+}',
      open: true,
      // A signature stands behind a dot: `POST /images/generation` is a mistyped path.
      sure: '/images/:signed{[^/]*\\.[^/]*}',
      serve: (context, { req }) => serveLink(req.param('signed') ?? '', context, service),
    },
    {
      method: 'POST',
      path: '/webhooks/fal',
      open: true,
      serve: (context) => serveWebhook(context, webhooks()),
    },
    {
      method: 'GET',
      path: '/healthz',
      open: true,
      serve: () => Response.json({ status: 'ok', bindings: service.bound }),
    },
    { method: 'GET', path: '/', open: true, serve: () => new Response(WELCOME) },
  ]
}

const WELCOME = `fal-openai-worker is running.

Point any OpenAI client at this address with /v1 at its end, and give it your access key.
`

/** What every answer carries, errors and streams included; its end is told when it comes. */
function finish(hono: Context<Frame>, settings: Settings, listeners: AccessLog): void {
  const { request, requestId, requests } = hono.get('context')
  // Nobody reads it: what is being written into it, an image or a job that is followed, ends here.
  if (request.method === 'HEAD') void hono.res.body?.cancel()
  hono.res.headers.set('x-request-id', requestId)
  const limits = requests === undefined ? {} : limitHeaders(requests)
  for (const [name, value] of [
    ...corsHeaders(request, settings.corsOrigins),
    ...Object.entries(limits),
  ]) {
    hono.res.headers.set(name, value)
  }
  const answer = { status: hono.res.status, route: hono.req.routePath }
  hono.executionCtx.waitUntil(logWhenEnded(hono.get('context'), answer, listeners))
}

/** Looking up and cancelling are always free: what is paid for must be reachable. */
function mayCost({ method, path }: Route): boolean {
  return method === 'POST' && !path.endsWith('/cancel')
}

function methodsByPath(table: readonly Route[]): Map<string, readonly string[]> {
  const paths = Map.groupBy(table, ({ path, sure }) => sure ?? path)
  return new Map([...paths].map(([path, rows]) => [path, rows.map(({ method }) => method)]))
}
