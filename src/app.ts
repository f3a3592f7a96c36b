import type { Context } from 'hono'
import { Hono } from 'hono/tiny'

import { createServices, type Services, type World } from './app/services.ts'
import { ProblemError } from './job/problem.ts'
import { createLog } from './lib/log.ts'
import { toModelCard } from './models/model-cards.ts'
import { chatCompletions } from './openai/chat/chat-completions.ts'
import { imagesEdits, imagesVariations } from './openai/images/images-edits.ts'
import { imagesGenerations } from './openai/images/images-generations.ts'
import { toModel, toModelList } from './openai/models.ts'
import { toErrorResponse } from './reply/error-response.ts'
import { limitHeaders } from './reply/headers.ts'
import { tellWhenEnded, type Listeners } from './request/access-log.ts'
import { createAuthenticate } from './request/authenticate.ts'
import { corsHeaders } from './request/cors.ts'
import { decode, normalisePath } from './request/normalise-path.ts'
import { guard } from './request/rate-limits.ts'
import { toVisit, type Visit } from './request/request-context.ts'
import { serveJobList, serveUsage } from './routes/serve-account.ts'
import { serveFile } from './routes/serve-file.ts'
import { servePicture } from './routes/serve-image.ts'
import { cancelJob, serveImageJob } from './routes/serve-job.ts'
import {
  cancelResponse,
  deleteResponse,
  serveFoundResponse,
  serveInputItems,
  serveResponse,
  type ResponseService,
} from './routes/serve-response.ts'
import { serveSurface } from './routes/serve-surface.ts'
import { serveWebhook } from './routes/serve-webhook.ts'
import type { Settings } from './settings/read-settings.ts'

/** The gateway as one function. */
export type App = (request: Request, context: ExecutionContext) => Promise<Response>

type Frame = { Variables: { visit: Visit } }

interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  /** Whether it answers without an access key. */
  readonly open?: true
  /** What of the path is certainly this route's, so that another method is the mistake; absent: all of it. */
  readonly sure?: string
  serve(visit: Visit, context: Context<Frame>): Promise<Response> | Response
}

/** The floor plan: every route in one table, and what every request passes. */
export function createApp(settings: Settings, world: World): App {
  const log = createLog(settings.logLevel)
  const listeners = { log, usage: world.usage, now: world.now }
  const authenticate = createAuthenticate(settings.accessKeys)
  const service = createServices(settings, world, log)
  const app = new Hono<Frame>({ getPath: ({ url }) => normalisePath(new URL(url).pathname).path })

  app.use(async (context, next) => {
    context.set('visit', toVisit(context.req.raw, context.executionCtx, world.now(), settings))
    if (context.req.method === 'OPTIONS') context.res = new Response(null, { status: 204 })
    else await next()
    finish(context, settings, listeners)
  })
  for (const route of routes(service)) {
    app.on(route.method, route.path, async (context) => {
      const visit = context.get('visit')
      if (route.open === true) return route.serve(visit, context)
      const caller = await authenticate(context.req.raw.headers)
      const { defaultModel } = service.catalogueOf(caller)
      const known = { ...visit, caller, defaultModel }
      context.set('visit', known)
      if (mayCost(route)) {
        await guard(caller, world.keepers, log, (count) => {
          known.requests = count
        })
      }
      return route.serve(known, context)
    })
  }
  for (const [path, allow] of methodsByPath(routes(service))) {
    app.all(path, ({ req }) => {
      throw new ProblemError({ kind: 'method_not_allowed', method: req.method, allow })
    })
  }
  app.notFound((context) => {
    const { method, url } = context.req
    const path = new URL(url).pathname
    // Answered here, because what is thrown here passes no middleware.
    const problem = new ProblemError({ kind: 'route_not_found', method, path })
    return toErrorResponse(problem, context.get('visit'), log)
  })
  app.onError((error, context) => toErrorResponse(error, context.get('visit'), log))
  return async (request, context) => app.fetch(request, {}, context)
}

function routes(service: Services): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/images/generations',
      serve: (visit) => serveSurface(imagesGenerations, visit, service),
    },
    {
      method: 'POST',
      path: '/chat/completions',
      serve: (visit) => serveSurface(chatCompletions, visit, service),
    },
    {
      method: 'POST',
      path: '/images/edits',
      serve: (visit) => serveSurface(imagesEdits, visit, service),
    },
    {
      method: 'POST',
      path: '/images/variations',
      serve: (visit) => serveSurface(imagesVariations, visit, service),
    },
    { method: 'POST', path: '/files', serve: (visit) => serveFile(visit, service) },
    ...responseRoutes(service),
    {
      method: 'GET',
      path: '/models',
      serve: ({ caller }, { req }) => {
        const catalogue = service.catalogueOf(caller)
        const models = req.query('scope') === 'all' ? catalogue.all() : catalogue.models
        return Response.json(toModelList(models.map(toModelCard)))
      },
    },
    {
      method: 'GET',
      path: '/models/:id{.+}',
      serve: async ({ caller }, { req }) => {
        const id = decode(req.path.slice('/models/'.length))
        return Response.json(toModel(await service.findModel(id, caller), id))
      },
    },
    ...accountRoutes(service),
    ...openRoutes(service),
  ]
}

/** What a caller has ordered and used. */
function accountRoutes(service: Services): readonly Route[] {
  return [
    { method: 'GET', path: '/images/jobs', serve: (visit) => serveJobList(visit, service) },
    {
      method: 'GET',
      path: '/images/jobs/:id',
      serve: (visit, to) => serveImageJob(idOf(to), visit, service),
    },
    {
      method: 'DELETE',
      path: '/images/jobs/:id',
      serve: (visit, to) => cancelJob(idOf(to), visit, service),
    },
    { method: 'GET', path: '/usage', serve: (visit) => serveUsage(visit, service) },
  ]
}

/** Without an access key. */
function openRoutes(service: Services): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/images/:signed{(?!generations$|edits$|variations$)[^/]+}',
      open: true,
      // A signature stands behind a dot: `POST /images/generation` is a mistyped path.
      sure: '/images/:signed{[^/]*\\.[^/]*}',
      serve: (visit, { req }) => servePicture(req.param('signed') ?? '', visit, service),
    },
    {
      method: 'POST',
      path: '/webhooks/fal',
      open: true,
      serve: (visit) => serveWebhook(visit, service),
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

function responseRoutes(service: ResponseService): readonly Route[] {
  return [
    { method: 'POST', path: '/responses', serve: (visit) => serveResponse(visit, service) },
    {
      method: 'GET',
      path: '/responses/:id',
      serve: (visit, to) => serveFoundResponse(idOf(to), visit, service),
    },
    {
      method: 'DELETE',
      path: '/responses/:id',
      serve: (visit, to) => deleteResponse(idOf(to), visit, service),
    },
    {
      method: 'POST',
      path: '/responses/:id/cancel',
      serve: (visit, to) => cancelResponse(idOf(to), visit, service),
    },
    {
      method: 'GET',
      path: '/responses/:id/input_items',
      serve: (visit, to) => serveInputItems(idOf(to), visit, service),
    },
  ]
}

function idOf({ req }: Context<Frame>): string {
  return req.param('id') ?? ''
}

const WELCOME = `fal-openai-worker is running.

Point any OpenAI client at this address with /v1 at its end, and give it your access key.
`

/** What every answer carries, errors and streams included; its end is told when it comes. */
function finish(context: Context<Frame>, settings: Settings, listeners: Listeners): void {
  const { request, requestId, requests } = context.get('visit')
  // Nobody reads it: what is being written into it, a picture or a job that is followed, ends here.
  if (request.method === 'HEAD') void context.res.body?.cancel()
  context.res.headers.set('x-request-id', requestId)
  const limits = requests === undefined ? {} : limitHeaders(requests)
  for (const [name, value] of [
    ...corsHeaders(request, settings.corsOrigins),
    ...Object.entries(limits),
  ]) {
    context.res.headers.set(name, value)
  }
  const answer = { status: context.res.status, route: context.req.routePath }
  context.executionCtx.waitUntil(tellWhenEnded(context.get('visit'), answer, listeners))
}

/** Looking up and cancelling are always free: what is paid for must be reachable. */
function mayCost({ method, path }: Route): boolean {
  return method === 'POST' && !path.endsWith('/cancel')
}

function methodsByPath(table: readonly Route[]): Map<string, readonly string[]> {
  const paths = Map.groupBy(table, ({ path, sure }) => sure ?? path)
  return new Map([...paths].map(([path, rows]) => [path, rows.map(({ method }) => method)]))
}
