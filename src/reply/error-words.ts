type Type = 'invalid_request_error' | 'server_error' | 'insufficient_quota' | 'rate_limit_error'

/** What an error is told with, before it is one of OpenAI's. */
export interface Words {
  readonly status: number
  readonly type: Type
  readonly code: string | null
  readonly message: string
  readonly param?: string | undefined
  /** Whether the official clients should try again by themselves; undefined: by their own rule. */
  readonly retry?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** What the caller can mend. */
export function mistake(
  status: number,
  code: string | null,
  message: string,
  param?: string,
): Words {
  return { status, type: 'invalid_request_error', code, message, param }
}

/** The same of what will not get better by itself, or may have been charged. */
export function final(status: number, code: string, message: string, param?: string): Words {
  return { ...mistake(status, code, message, param), retry: false }
}

/** What the caller cannot mend. */
export function failure(
  status: number,
  code: string | null,
  message: string,
  retry: boolean,
): Words {
  return { status, type: 'server_error', code, message, retry }
}

/** Nothing is left to pay with. */
export function usedUp(message: string): Words {
  return {
    status: 429,
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message,
    retry: false,
  }
}

/** Too much at once. */
export function rateLimited(seconds: number | undefined, what: string): Words {
  return {
    status: 429,
    type: 'rate_limit_error',
    code: 'rate_limit_exceeded',
    message: `${what} Please try again shortly.`,
    retry: true,
    headers: { 'retry-after': String(Math.ceil(seconds ?? 1)) },
  }
}
