/** Who calls, and what that caller may do. */
export interface Caller {
  /** Letters, digits, `.`, `_` and `-`: it stands in job ids and in the log. */
  readonly name: string
  /** Globs over names and endpoint ids, beside those of `ALLOWED_MODELS`; undefined: no further limit. */
  readonly models: readonly string[] | undefined
  /** Requests that may cost something; undefined: not limited. */
  readonly requestsPerMinute: number | undefined
  /** For one day, from midnight to midnight UTC; undefined: not limited. */
  readonly budgetUsd: number | undefined
  /** Whether the key is one of `WORKER_ACCESS_KEY`: the owner's own. */
  readonly owner: boolean
}

/** A key that opens the gateway, and for whom. */
export interface AccessKey extends Omit<Caller, 'name'> {
  /** undefined: the fingerprint of the key. */
  readonly name: string | undefined
  /** The key, or the SHA-256 of its UTF-8 bytes in hexadecimal digits. */
  readonly secret: { readonly key: string } | { readonly sha256: string }
}

/** May do nothing that costs: who calls a route that needs no key. */
export const NOBODY: Caller = {
  name: '',
  models: [],
  requestsPerMinute: 0,
  budgetUsd: 0,
  owner: false,
}

/** What a key of the owner's may do: everything. */
export const UNLIMITED = {
  models: undefined,
  requestsPerMinute: undefined,
  budgetUsd: undefined,
} as const
