import type { Endpoint } from '../endpoints/endpoints.ts'
import { categoryOf, toModelEntry } from '../endpoints/model-entries.ts'
import { toOpenApi } from '../endpoints/openapi-document.ts'
import { priceOf } from '../endpoints/prices/prices.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import type { Simulation } from '../simulation.ts'
import { checkKey } from './authenticate.ts'
import { readJsonBody, replyJson, ReplyError, type Exchange } from './exchange.ts'

const DOCS = 'https://fal.ai/docs/platform-apis/v1/models'

/** The platform API has an error shape of its own. */
function platformError(status: number, type: string, message: string): ReplyError {
  return new ReplyError(status, { error: { type, message, docs_url: DOCS } })
}

function requireKey(exchange: Exchange, simulation: Simulation): void {
  const checked = checkKey(exchange, simulation, false)
  if ('keyId' in checked) return
  throw platformError(checked.status, 'authorization_error', checked.message)
}

function readIds(exchange: Exchange): readonly string[] {
  const ids = exchange.url.searchParams.getAll('endpoint_id').flatMap((value) => value.split(','))
  const named = ids.filter((id) => id !== '')
  if (named.length > 50) throw platformError(400, 'validation_error', 'endpoint_id: at most 50')
  return named
}

const MAX_PAGE = 100
const USUAL_PAGE = 50

interface Page<T> {
  readonly items: readonly T[]
  readonly next_cursor: string | null
  readonly has_more: boolean
}

function takePage<T>(exchange: Exchange, all: readonly T[]): Page<T> {
  const { searchParams } = exchange.url
  const limit = Number(searchParams.get('limit') ?? USUAL_PAGE)
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw platformError(400, 'validation_error', `limit: must be between 1 and ${MAX_PAGE}`)
  }
  const cursor = Buffer.from(searchParams.get('cursor') ?? '', 'base64').toString('utf8')
  const start = cursor === '' ? 0 : Number(cursor)
  if (!Number.isInteger(start))
    throw platformError(400, 'validation_error', 'cursor: not one of ours')
  const end = start + limit
  const has_more = end < all.length
  const next_cursor = has_more ? Buffer.from(`${end}`).toString('base64') : null
  return { items: all.slice(start, end), next_cursor, has_more }
}

function listEndpoints(simulation: Simulation, ids: readonly string[]): readonly Endpoint[] {
  return ids.flatMap((id) => {
    const found = simulation.endpoints.find(id)
    return 'endpoint' in found ? found.endpoint : []
  })
}

function toEntry(endpoint: Endpoint, expanded: boolean): JsonObject {
  const entry = toModelEntry(endpoint, 'active')
  return expanded ? { ...entry, openapi: toOpenApi(endpoint, categoryOf(endpoint)) } : entry
}

function listModels(exchange: Exchange, simulation: Simulation): void {
  exchange.entry.kind = 'models'
  const { searchParams } = exchange.url
  if (exchange.request.headers.authorization !== undefined) requireKey(exchange, simulation)
  const named = readIds(exchange)
  const category = searchParams.get('category')
  const query = searchParams.get('q')?.toLowerCase()
  // Retired endpoints are gone from fal's list altogether; nothing here is deprecated.
  const none = searchParams.get('status') === 'deprecated'
  const ids = named.length > 0 ? named : simulation.endpoints.ids()
  const wanted = none ? [] : ids.filter((id) => query === undefined || id.includes(query))
  const endpoints = listEndpoints(simulation, wanted)
  const fitting = endpoints.filter(
    (endpoint) => category === null || categoryOf(endpoint) === category,
  )
  const { items, ...page } = takePage(exchange, fitting)
  const expanded = searchParams.getAll('expand').join(',').split(',').includes('openapi-3.0')
  const models = items.map((endpoint) => toEntry(endpoint, expanded))
  replyJson(exchange, { status: 200, body: { models, ...page } })
}

function listPrices(exchange: Exchange, simulation: Simulation): void {
  exchange.entry.kind = 'pricing'
  requireKey(exchange, simulation)
  const named = readIds(exchange)
  if (named.length === 0) throw platformError(400, 'validation_error', 'endpoint_id: required')
  const endpoints = listEndpoints(simulation, named)
  if (endpoints.length < named.length) throw platformError(404, 'not_found', 'Endpoint not found')
  const prices = endpoints.map(({ id }) => ({ endpoint_id: id, ...priceOf(id), currency: 'USD' }))
  replyJson(exchange, { status: 200, body: { prices, next_cursor: null, has_more: false } })
}

function quantityOf(value: unknown): number {
  const quantities = isJsonObject(value) ? [value['unit_quantity'], value['call_quantity']] : []
  return quantities.find((quantity) => typeof quantity === 'number') ?? 0
}

async function estimate(exchange: Exchange, simulation: Simulation): Promise<void> {
  exchange.entry.kind = 'pricing'
  requireKey(exchange, simulation)
  const { estimate_type, endpoints } = await readJsonBody(exchange)
  const entries = Object.entries(isJsonObject(endpoints) ? endpoints : {})
  const costs = entries.map(([id, value]) => priceOf(id).unit_price * quantityOf(value))
  const total_cost = costs.reduce((sum, cost) => sum + cost, 0)
  replyJson(exchange, { status: 200, body: { estimate_type, total_cost, currency: 'USD' } })
}

/** The addresses that fal's webhooks come from, and the one of this simulator. */
const META = {
  webhook_ip_ranges: ['34.123.59.101/32', '34.135.41.243/32', '35.239.83.87/32', '127.0.0.1/32'],
}

/** api.fal.ai/v1: what there is and what it costs. */
export async function servePlatform(
  exchange: Exchange,
  simulation: Simulation,
  path: string,
): Promise<void> {
  const route = `${exchange.request.method} ${path}`
  if (route === 'GET models') return listModels(exchange, simulation)
  if (route === 'GET models/pricing') return listPrices(exchange, simulation)
  if (route === 'POST models/pricing/estimate') return estimate(exchange, simulation)
  if (route !== 'GET meta') throw platformError(404, 'not_found', `No route ${path}`)
  exchange.entry.kind = 'meta'
  replyJson(exchange, { status: 200, body: META })
}

/** fal.ai/api/openapi/queue/openapi.json: one endpoint's own document. */
export function serveOpenApi(exchange: Exchange, simulation: Simulation): void {
  exchange.entry.kind = 'openapi'
  const id = exchange.url.searchParams.get('endpoint_id') ?? ''
  exchange.entry.endpoint = id
  const found = simulation.endpoints.find(id)
  if (!('endpoint' in found)) throw new ReplyError(404, { detail: found.missing })
  const body = toOpenApi(found.endpoint, categoryOf(found.endpoint))
  replyJson(exchange, { status: 200, body })
}
