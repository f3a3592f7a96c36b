import { Hono, type Context } from 'hono'

import { createFalQueue } from './fal/fal-queue.ts'
import { createKeyPool } from './fal/key-pool.ts'
import { isLoopback, openPicture } from './fal/picture-source.ts'
import { findImageJob } from './find-image-job.ts'
import { createAuthenticate } from './http/authenticate.ts'
import { corsHeaders } from './http/cors.ts'
import { toErrorResponse } from './http/error-response.ts'
import { decode, normalisePath } from './http/normalise-path.ts'
import { serveImageJob, type JobService } from './http/serve-image-job.ts'
import { serveSurface, type Service } from './http/serve-surface.ts'
import type { Visit } from './http/visit.ts'
import { createJobIds } from './job/job-id.ts'
import type { OpenPicture } from './job/opened-picture.ts'
import { ProblemError } from './job/problem.ts'
import type { Fetcher } from './lib/fetcher.ts'
import { createLog, type Log } from './lib/log.ts'
import { createCatalogue, type Catalogue } from './models/catalogue.ts'
import { toModelCard } from './models/model-cards.ts'
import { createRetiredEndpoints } from './models/retired-endpoints.ts'
import { chatCompletions } from './openai/chat-completions.ts'
import { imagesGenerations } from './openai/images-generations.ts'
import { toModel, toModelList } from './openai/models.ts'
import { runImageJob, type ImageLine } from './run-image-job.ts'
import type { Settings } from './settings.ts'

/** The outside world, as arguments. */
export interface World {
  readonly fetch: Fetcher
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The gateway as one function. */
export type App = (request: Request, context: ExecutionContext) => Promise<Response>

type Frame = { Variables: { visit: Visit } }

interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Whether it answers without an access key. */
  readonly open?: true
  serve(visit: Visit, context: Context<Frame>): Promise<Response> | Response
}

/** The floor plan: every route in one table, and what every request passes. */
export function createApp(settings: Settings, world: World): App {
  const log = createLog(settings.logLevel)
  const catalogue = createCatalogue(settings.defaultModel)
  const authenticate = createAuthenticate(settings.accessKeys)
  const service = createService(settings, catalogue, world, log)
  const app = new Hono<Frame>({ getPath: ({ url }) => normalisePath(new URL(url).pathname).path })

  app.use(async (context, next) => {
    context.set('visit', toVisit(context, world.now(), settings.defaultModel))
    if (context.req.method === 'OPTIONS') context.res = new Response(null, { status: 204 })
    else await next()
    finish(context, settings, log)
  })
  for (const route of routes(catalogue, service)) {
    app.on(route.method, route.path, async (context) => {
      const visit = context.get('visit')
      if (route.open === true) return route.serve(visit, context)
      const caller = await authenticate(context.req.raw.headers)
      const known = { ...visit, caller }
      context.set('visit', known)
      return route.serve(known, context)
    })
  }
  for (const [path, allow] of methodsByPath(routes(catalogue, service))) {
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

function routes(catalogue: Catalogue, service: Service & JobService): readonly Route[] {
  const cards = catalogue.models.map(toModelCard)
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
    { method: 'GET', path: '/models', serve: () => Response.json(toModelList(cards)) },
    {
      method: 'GET',
      path: '/models/:id{.+}',
      serve: (_, { req }) => {
        const id = decode(req.path.slice('/models/'.length))
        return Response.json(toModel(toModelCard(catalogue.resolve(id)), id))
      },
    },
    {
      method: 'GET',
      path: '/images/jobs/:id',
      serve: (visit, { req }) => serveImageJob(req.param('id') ?? '', visit, service),
    },
    { method: 'GET', path: '/healthz', open: true, serve: () => Response.json({ status: 'ok' }) },
    { method: 'GET', path: '/', open: true, serve: () => new Response(WELCOME) },
  ]
}

const WELCOME = `fal-openai-worker is running.

Point any OpenAI client at this address with /v1 at its end, and give it your access key.
`

function createService(
  settings: Settings,
  catalogue: Catalogue,
  { fetch, now }: World,
  log: Log,
): Service & JobService {
  const { hosts } = settings
  const loopback = isLoopback(new URL(hosts.queueUrl).hostname)
  const open: OpenPicture = (url, signal, offset) =>
    openPicture({ fetch, loopback }, url, signal, offset)
  const line: ImageLine = {
    catalogue,
    queue: createFalQueue({ fetch, hosts }, createKeyPool(settings.falKeys, now)),
    retired: createRetiredEndpoints(now),
    timeoutSeconds: settings.jobTimeoutSeconds,
    log,
    now,
  }
  return {
    run: (job, hangUp) => runImageJob(job, line, hangUp),
    find: (claims, signal) => findImageJob(claims, line, signal),
    openPicture: open,
    jobIds: createJobIds(settings.signingSecret),
  }
}

function toVisit(context: Context<Frame>, now: number, defaultModel: string): Visit {
  const { raw } = context.req
  return {
    request: raw,
    requestId: `req_${crypto.randomUUID().replaceAll('-', '')}`,
    nowSeconds: Math.floor(now / 1000),
    defaultModel,
    deployment: normalisePath(new URL(raw.url).pathname).deployment,
    caller: '',
    waitUntil: (promise) => {
      context.executionCtx.waitUntil(promise)
    },
    jobId: undefined,
    headers: {},
  }
}

/** What every answer carries, errors and streams included. */
function finish(context: Context<Frame>, settings: Settings, log: Log): void {
  const { request, requestId, caller, headers } = context.get('visit')
  context.res.headers.set('x-request-id', requestId)
  for (const [name, value] of corsHeaders(request, settings.corsOrigins)) {
    context.res.headers.set(name, value)
  }
  log('info', 'request', {
    request_id: requestId,
    method: request.method,
    route: context.req.routePath,
    status: context.res.status,
    caller,
    endpoint: headers['x-fal-endpoint'],
    fal_request_id: headers['x-fal-request-id'],
  })
}

function methodsByPath(table: readonly Route[]): Map<string, readonly string[]> {
  const paths = Map.groupBy(table, ({ path }) => path)
  return new Map([...paths].map(([path, rows]) => [path, rows.map(({ method }) => method)]))
}
