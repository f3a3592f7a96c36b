import { infrastructureErrors } from './infrastructure-errors.ts'

/** How a job ended: what GET on its result answers. */
export interface Outcome {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Images as data URIs are put in only now, so that finished jobs hold no megabytes. */
  readBody(): Promise<unknown>
  /** The answer with unfinished images, for a stream; `progress` is between 0 and 1. */
  readPartial?(progress: number): Promise<unknown>
  /** Infrastructure failures (and cancellation) also show in the status. */
  readonly failure?: { readonly error: string; readonly error_type: string }
}

/** A failure of fal's own machinery, by its `error_type`. */
export function toFailure(
  errorType: string,
  headers: Readonly<Record<string, string>> = {},
): Outcome {
  const { status, message } = infrastructureErrors[errorType] ?? { status: 500, message: errorType }
  const body = { detail: message, error_type: errorType }
  return {
    status,
    headers: { 'x-fal-error-type': errorType, 'x-fal-billable-units': '0', ...headers },
    readBody: () => Promise.resolve(body),
    failure: { error: message, error_type: errorType },
  }
}
