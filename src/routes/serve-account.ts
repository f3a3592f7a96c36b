import { ProblemError } from '../job/problem.ts'
import { toJobList, toUsage } from '../openai/accounts.ts'
import type { Account, DayOfUse } from '../ports/account.ts'
import type { RequestContext } from '../request/request-context.ts'

/** What callers' accounts are served with. */
export interface AccountService {
  /** undefined: there is no ledger. */
  readonly accountOf: ((callerName: string) => Account) | undefined
  /** The names of all callers that the owner has given keys. */
  callers(): Promise<readonly string[]>
}

/**
 * `GET /v1/images/jobs`: the caller's latest hundred jobs.
 *
 * @throws ProblemError `ledger_missing`
 */
export async function serveJobList(
  context: RequestContext,
  service: AccountService,
): Promise<Response> {
  return Response.json(toJobList(await open(context.caller.name, service).jobs()))
}

/**
 * `GET /v1/usage`: what was used of which model on which day: by the caller, or, when the owner asks, by
 * everybody.
 *
 * @throws ProblemError `ledger_missing`
 */
export async function serveUsage(
  context: RequestContext,
  service: AccountService,
): Promise<Response> {
  const { name, owner } = context.caller
  const names = owner ? new Set([name, ...(await service.callers())]) : [name]
  const used = await Promise.all(
    [...names].map(async (caller): Promise<readonly (DayOfUse & { caller: string })[]> => {
      const days = await open(caller, service).use()
      return days.map((day) => ({ ...day, caller }))
    }),
  )
  return Response.json(toUsage(used.flat()))
}

function open(callerName: string, { accountOf }: AccountService): Account {
  if (accountOf === undefined) throw new ProblemError({ kind: 'ledger_missing' })
  return accountOf(callerName)
}
