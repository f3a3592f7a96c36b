import { invalidRequest } from '../job/problem.ts'
import { isPublicUrl } from '../lib/public-url.ts'

/** What decides whether a caller's webhook may be called. */
export interface WebhookAccess {
  /** Whether fal can tell us that a job has ended, so that we can tell the caller. */
  readonly hearsFal: boolean
  /** Whether a caller's webhook may be on this machine: when fal is. */
  readonly loopback: boolean
}

const HEADER = 'X-Webhook-Url'
/** It travels in an address of our own, which fal keeps. */
const MAX_LETTERS = 1000

/**
 * Where the caller wants to hear that a job in the background has ended; undefined: nowhere.
 *
 * @param said what the body says, where a surface has a field for it; the header goes before it
 * @param goesOn whether the job goes on without its caller
 * @throws ProblemError `invalid_request`
 */
export function readWebhookUrl(
  { headers }: Request,
  goesOn: boolean,
  { hearsFal, loopback }: WebhookAccess,
  said?: string,
): string | undefined {
  const url = (headers.get(HEADER) ?? said)?.trim()
  if (url === undefined) return undefined
  if (!goesOn) {
    throw invalidRequest(
      HEADER,
      `${HEADER} is for jobs in the background: send background: true to /v1/responses, or the header Prefer: respond-async.`,
    )
  }
  if (!hearsFal) {
    throw invalidRequest(
      HEADER,
      `${HEADER} needs the ledger and PUBLIC_URL, which the owner of this gateway has not set.`,
    )
  }
  if (url.length <= MAX_LETTERS && isPublicUrl(url, loopback)) return url
  throw invalidRequest(
    HEADER,
    `${HEADER} must be an https address on a public host name, of at most ${MAX_LETTERS} characters.`,
  )
}
