import type { Context } from 'hono'

import type { Address } from '../request/address.ts'
import type { RequestContext } from '../request/request-context.ts'

/** What hono carries along with a request. */
export type Frame = { Bindings: { address: Address }; Variables: { context: RequestContext } }

/** One row of the floor plan. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  /** Whether it answers without an access key. */
  readonly open?: true
  /** What of the path is certainly this route's, so that another method is the mistake; absent: all of it. */
  readonly sure?: string
  serve(context: RequestContext, hono: Context<Frame>): Promise<Response> | Response
}

/** What stands in the path's place of that name. */
export function idOf({ req }: Context<Frame>): string {
  return req.param('id') ?? ''
}
