import * as z from 'zod'

import { ProblemError } from './job/problem.ts'

/** The owner's settings, checked. The names of the variables are those of the README. */
export interface Settings {
  readonly accessKeys: readonly { readonly name: string | undefined; readonly key: string }[]
  /** fal keys; at least one. */
  readonly falKeys: readonly string[]
  readonly defaultModel: string
  /** fal's hosts, without a slash at the end. */
  readonly hosts: {
    readonly queueUrl: string
    readonly runUrl: string
    readonly restUrl: string
    readonly apiUrl: string
  }
  readonly jobTimeoutSeconds: number
  /** What job ids are signed with. */
  readonly signingSecret: string
  /** Browser origins; `*` allows all. */
  readonly corsOrigins: readonly string[]
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
}

function url(byDefault: string) {
  return z
    .url({ protocol: /^https?$/, message: 'expected an http(s) URL' })
    .default(byDefault)
    .transform((value) => value.replace(/\/+$/, ''))
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

const required = list.refine((values) => values.length > 0)

const environment = z.object({
  WORKER_ACCESS_KEY: required,
  FAL_API_KEY: required,
  DEFAULT_MODEL: z.string().default('imagen4-preview'),
  FAL_QUEUE_URL: url('https://queue.fal.run'),
  FAL_RUN_URL: url('https://fal.run'),
  FAL_REST_URL: url('https://rest.fal.ai'),
  FAL_API_URL: url('https://api.fal.ai/v1'),
  IMAGE_URLS: z.literal('fal', 'expected fal; proxy and r2 are not available yet').default('fal'),
  JOB_TIMEOUT_SECONDS: z.coerce
    .number('expected a number of seconds')
    .int()
    .min(1, 'expected 1 to 3600 seconds')
    .max(3600, 'expected 1 to 3600 seconds')
    .default(600),
  SIGNING_KEY: z.string().min(16, 'expected at least 16 characters').optional(),
  CORS_ORIGINS: list.default(['*']),
  LOG_LEVEL: z
    .enum(['error', 'warn', 'info', 'debug'], 'expected error, warn, info or debug')
    .default('info'),
})

/** The names of all variables that are settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape)

/**
 * Reads the Worker's environment. Bindings that are not settings are not looked at.
 *
 * @throws ProblemError `not_configured` that names the variable: without an access key no call is answered,
 *   never is access open
 */
export function readSettings(env: unknown): Settings {
  const parsed = environment.safeParse(withoutBlanks(env))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ProblemError({
      kind: 'not_configured',
      message: toMessage(String(issue?.path[0] ?? 'env'), issue?.message ?? ''),
    })
  }
  const values = parsed.data
  return {
    accessKeys: values.WORKER_ACCESS_KEY.flatMap(toAccessKeys),
    falKeys: values.FAL_API_KEY,
    defaultModel: values.DEFAULT_MODEL,
    hosts: {
      queueUrl: values.FAL_QUEUE_URL,
      runUrl: values.FAL_RUN_URL,
      restUrl: values.FAL_REST_URL,
      apiUrl: values.FAL_API_URL,
    },
    jobTimeoutSeconds: values.JOB_TIMEOUT_SECONDS,
    signingSecret: values.SIGNING_KEY ?? values.FAL_API_KEY.join(','),
    corsOrigins: values.CORS_ORIGINS,
    logLevel: values.LOG_LEVEL,
  }
}

/** The dashboard stores a variable that was left empty as an empty text: the same as none. */
function withoutBlanks(env: unknown): unknown {
  if (typeof env !== 'object' || env === null) return {}
  return Object.fromEntries(
    Object.entries(env).filter(([, value]) => typeof value === 'string' && value.trim() !== ''),
  )
}

function toMessage(variable: string, fault: string): string {
  const isRequired = variable === 'WORKER_ACCESS_KEY' || variable === 'FAL_API_KEY'
  if (isRequired) {
    return `This gateway is not configured: its owner must set the secret ${variable}.`
  }
  return `This gateway is not configured: its variable ${variable} is wrong (${fault}).`
}

/**
 * `name:key`, or a key alone. A key with a colon in it works whole as well, because it may be older than
 * the names.
 */
function toAccessKeys(entry: string): Settings['accessKeys'] {
  const match = /^([\w.-]{1,64}):(.+)$/.exec(entry)
  if (match?.[1] === undefined || match[2] === undefined) return [{ name: undefined, key: entry }]
  return [
    { name: match[1], key: match[2] },
    { name: match[1], key: entry },
  ]
}
