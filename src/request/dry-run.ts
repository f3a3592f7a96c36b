import { invalidRequest } from '../job/problem.ts'

/** Routes to which something is sent that costs nothing: there is nothing to be quoted. */
const FREE = /^\/(?:files|videos\/characters)$|\/cancel$/

/**
 * Whether a request shall only be told what it would do and cost: `?dry_run=true`.
 *
 * @param route its pattern in our table
 * @throws ProblemError `invalid_request` for any other value, or where something would be done all the same:
 *   a mistake here must not cost money
 */
export function readDryRun(
  { search, searchParams }: URL,
  { method, path }: { readonly method: string; readonly path: string },
): boolean {
  const said = search === '' ? null : searchParams.get('dry_run')
  if (said === null || /^(?:false|0)$/i.test(said) || method === 'GET') return false
  if (!/^(?:true|1)$/i.test(said)) {
    throw invalidRequest('dry_run', "Invalid value for 'dry_run': expected true or false.")
  }
  if (method === 'POST' && !FREE.test(path)) return true
  throw invalidRequest('dry_run', "'dry_run' is for requests that cost: this one costs nothing.")
}
