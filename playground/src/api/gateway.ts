import * as z from 'zod/mini'

import { modelDetail, modelList, type Model, type ModelDetail } from './models.ts'
import { errorBody, health, type Bindings } from './schemas.ts'

/** A refusal or failure, in the gateway's words. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  /** HTTP's; 0: the gateway could not be reached. */
  readonly status: number
  /** OpenAI's word for it, such as `invalid_api_key`; undefined: none. */
  readonly code: string | undefined

  constructor(message: string, status: number, code: string | undefined) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The code of a gateway that does not answer. */
export const UNREACHABLE = 'unreachable'

/** The gateway that this page came from. */
export interface Gateway {
  /** @throws GatewayError for every answer but 2xx */
  request(path: string, init?: RequestInit): Promise<Response>
  /** What is bound to it, if it runs and is configured; needs no key. @throws GatewayError */
  health(): Promise<Bindings>
  /** Every model that may be used. */
  models(): Promise<readonly Model[]>
  /** What further one of them takes. @throws GatewayError */
  detail(model: string): Promise<ModelDetail>
}

/** @param accessKey asked at every request, so that a new key counts at once */
export function createGateway(accessKey: () => string): Gateway {
  const request: Gateway['request'] = async (path, init) => {
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${accessKey()}`)
    return reach(`/v1${path}`, { ...init, headers })
  }
  return {
    request,
    health: async () => {
      const response = await reach('/healthz', {})
      return health.parse(await response.json()).bindings
    },
    models: async () => {
      const response = await request('/models?scope=all')
      return modelList.parse(await response.json()).data
    },
    detail: async (model) => {
      const response = await request(`/models/${encodeURIComponent(model)}`)
      return modelDetail.parse(await response.json())
    },
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error
    throw unreachable()
  })
  if (response.ok) return response
  throw toError(response, await response.text())
}

/** Nothing was heard, of a job neither. */
export function unreachable(): GatewayError {
  return new GatewayError('The gateway could not be reached.', 0, UNREACHABLE)
}

function toError(response: Response, text: string): GatewayError {
  const parsed = errorBody.safeParse(readJson(text))
  const { status } = response
  if (!parsed.success) return new GatewayError(`HTTP ${status}`, status, undefined)
  const { message, code } = parsed.data.error
  return new GatewayError(message, status, code ?? undefined)
}

/** @returns undefined for what is no JSON */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Words for whatever was thrown. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error
  if (error instanceof z.core.$ZodError) {
    return new GatewayError('The gateway answered something unexpected.', 0, undefined)
  }
  return new GatewayError(error instanceof Error ? error.message : String(error), 0, undefined)
}
