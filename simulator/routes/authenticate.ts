import { ReplyError, type Exchange } from './exchange.ts'

export type Refusal = Readonly<{
  status: number
  message: string
  headers?: Record<string, string>
}>

const MALFORMED = "Invalid Key Authorization header format. Expected '<key_id>:<key_secret>'."

/** A key's id says how fal treats it. `always`: not only where something new is asked for. */
const TREATMENTS: readonly (Refusal & { readonly prefix: string; readonly always: boolean })[] = [
  { prefix: 'bad', always: true, status: 401, message: 'No user found for Key ID and Secret' },
  {
    prefix: 'forbidden',
    always: true,
    status: 403,
    message: 'User does not have access to this resource',
  },
  {
    prefix: 'locked',
    always: false,
    status: 403,
    message:
      'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
  },
  {
    prefix: 'limited',
    always: false,
    status: 429,
    message: 'concurrent_requests_limit',
    headers: { 'retry-after': '2', 'x-fal-needs-retry': '1' },
  },
]

function readKey(header: string | undefined): readonly [string, string] | undefined {
  const [, id, secret] = /^Key\s+([^:\s]+):(\S+)$/i.exec(header ?? '') ?? []
  return id === undefined || secret === undefined ? undefined : [id, secret]
}

export interface KeyRules {
  readonly validKeys: readonly string[] | undefined
}

/** The key's id, or fal's reason to refuse it. `spending`: the request asks for new work. */
export function checkKey(
  exchange: Exchange,
  rules: KeyRules,
  spending: boolean,
): { readonly keyId: string } | Refusal {
  const key = readKey(exchange.request.headers.authorization)
  if (!key) return { status: 401, message: MALFORMED }
  exchange.entry.keyId = key[0]
  if (rules.validKeys && !rules.validKeys.includes(key.join(':'))) {
    return { status: 401, message: 'No user found for Key ID and Secret' }
  }
  const treatment = TREATMENTS.find(({ prefix }) => key[0].startsWith(prefix))
  return treatment && (treatment.always || spending) ? treatment : { keyId: key[0] }
}

/** As `checkKey`, in the error shape of queue.fal.run, fal.run and rest.fal.ai. */
export function authenticate(exchange: Exchange, rules: KeyRules, spending = false): string {
  const checked = checkKey(exchange, rules, spending)
  if ('keyId' in checked) return checked.keyId
  throw new ReplyError(checked.status, { detail: checked.message }, checked.headers)
}
