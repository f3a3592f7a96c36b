import * as z from 'zod/mini'

import { UNLIMITED, type AccessKey } from '../job/caller.ts'
import { ProblemError } from '../job/problem.ts'
import { once } from '../lib/once.ts'
import { inEnglish } from '../lib/zod-english.ts'
import { USUAL_MODEL } from '../models/catalogue/catalogue.ts'
import { readModelSettings, type CustomModel } from '../models/catalogue/custom-models.ts'
import { readAccessKeys } from './access-keys.ts'

/** The owner's settings, checked. The names of the variables are those of the README. */
export interface Settings {
  /** At least one; of two alike the first counts. */
  readonly accessKeys: readonly AccessKey[]
  /** fal keys; at least one. */
  readonly falKeys: readonly string[]
  readonly defaultModel: string
  /** The owner's own names. */
  readonly models: readonly CustomModel[]
  /** Globs over names and endpoint ids. */
  readonly allowedModels: readonly string[]
  /** fal's hosts, without a slash at the end. */
  readonly hosts: {
    readonly queueUrl: string
    readonly runUrl: string
    readonly restUrl: string
    readonly apiUrl: string
  }
  /** Where image URLs in answers point. */
  readonly imageUrls: 'fal' | 'proxy' | 'r2'
  /** Our own address, without a slash at the end; undefined: the one that the caller used. */
  readonly publicUrl: string | undefined
  readonly jobTimeoutSeconds: number
  /** How long what is made stays at fal; undefined: as the fal account says. */
  readonly resultLifetimeSeconds: number | undefined
  /** What ids and links are signed with. */
  readonly signingSecret: string
  /** Browser origins; `*` allows all. */
  readonly corsOrigins: readonly string[]
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
}

const webAddress = once(() =>
  z.pipe(
    z.url({ protocol: /^https?$/, error: 'expected an http(s) URL' }),
    z.transform((value) => value.replace(/(?<!\/)\/+$/, '')),
  ),
)

const list = once(() =>
  z.pipe(
    z.string(),
    z.transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  ),
)

const required = once(() => list().check(z.refine((values) => values.length > 0)))

const SECONDS = 'expected 1 to 3600 seconds'
const seconds = once(() =>
  z.coerce.number(SECONDS).check(z.int(SECONDS), z.minimum(1, SECONDS), z.maximum(3600, SECONDS)),
)

/** fal's own limits: a minute and a year. */
const LIFETIME = 'expected 60 to 31536000 seconds'
const lifetime = once(() =>
  z.coerce
    .number(LIFETIME)
    .check(z.int(LIFETIME), z.minimum(60, LIFETIME), z.maximum(31_536_000, LIFETIME)),
)

/** A fault is told with its place in the JSON. */
const ownModels = once(() =>
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      const read = readModelSettings(text)
      if ('models' in read) return read.models
      context.issues.push({ code: 'custom', input: text, message: read.fault })
      return z.NEVER
    }),
  ),
)

const environment = once(() =>
  z.object({
    WORKER_ACCESS_KEY: z.optional(required()),
    ACCESS_KEYS: z.optional(z.string()),
    FAL_API_KEY: required(),
    DEFAULT_MODEL: z._default(z.string(), USUAL_MODEL),
    MODELS: z.optional(ownModels()),
    ALLOWED_MODELS: z.prefault(list(), '*'),
    FAL_QUEUE_URL: z.prefault(webAddress(), 'https://queue.fal.run'),
    FAL_RUN_URL: z.prefault(webAddress(), 'https://fal.run'),
    FAL_REST_URL: z.prefault(webAddress(), 'https://rest.fal.ai'),
    FAL_API_URL: z.prefault(webAddress(), 'https://api.fal.ai/v1'),
    IMAGE_URLS: z._default(z.enum(['fal', 'proxy', 'r2'], 'expected fal, proxy or r2'), 'fal'),
    PUBLIC_URL: z.optional(webAddress()),
    JOB_TIMEOUT_SECONDS: z.prefault(seconds(), '600'),
    RESULT_LIFETIME_SECONDS: z.optional(lifetime()),
    SIGNING_KEY: z.optional(z.string().check(z.minLength(16, 'expected at least 16 characters'))),
    CORS_ORIGINS: z.prefault(list(), '*'),
    LOG_LEVEL: z._default(
      z.enum(['error', 'warn', 'info', 'debug'], 'expected error, warn, info or debug'),
      'info',
    ),
  }),
)

/** The names of all variables that are settings. */
export const settingNames = once((): readonly string[] => Object.keys(environment().shape))

/**
 * Reads the Worker's environment. Bindings that are not settings are not looked at.
 *
 * @throws ProblemError `not_configured` that names the variable: without an access key no call is answered,
 *   never is access open
 */
export function readSettings(env: unknown): Settings {
  const given = withoutBlanks(env)
  if (!('WORKER_ACCESS_KEY' in given || 'ACCESS_KEYS' in given)) {
    throw notConfigured('WORKER_ACCESS_KEY', '')
  }
  const parsed = environment().safeParse(given, inEnglish())
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw notConfigured(String(issue?.path[0] ?? 'env'), issue?.message ?? '')
  }
  const values = parsed.data
  return {
    accessKeys: toAccessKeys(values),
    falKeys: values.FAL_API_KEY,
    defaultModel: values.DEFAULT_MODEL,
    models: values.MODELS ?? [],
    allowedModels: values.ALLOWED_MODELS,
    hosts: {
      queueUrl: values.FAL_QUEUE_URL,
      runUrl: values.FAL_RUN_URL,
      restUrl: values.FAL_REST_URL,
      apiUrl: values.FAL_API_URL,
    },
    imageUrls: values.IMAGE_URLS,
    publicUrl: values.PUBLIC_URL,
    jobTimeoutSeconds: values.JOB_TIMEOUT_SECONDS,
    resultLifetimeSeconds: values.RESULT_LIFETIME_SECONDS,
    signingSecret: values.SIGNING_KEY ?? values.FAL_API_KEY.join(','),
    corsOrigins: values.CORS_ORIGINS,
    logLevel: values.LOG_LEVEL,
  }
}

/** The dashboard stores a variable that was left empty as an empty text: the same as none. */
function withoutBlanks(env: unknown): object {
  if (typeof env !== 'object' || env === null) return {}
  return Object.fromEntries(
    Object.entries(env).filter(([, value]) => typeof value === 'string' && value.trim() !== ''),
  )
}

function notConfigured(variable: string, fault: string): ProblemError {
  const isRequired = variable === 'WORKER_ACCESS_KEY' || variable === 'FAL_API_KEY'
  const message = isRequired
    ? `This gateway is not configured: its owner must set the secret ${variable}.`
    : `This gateway is not configured: its variable ${variable} is wrong (${fault}).`
  return new ProblemError({ kind: 'not_configured', message })
}

/** A key that stands in both variables is the named caller's: the narrower right counts. */
function toAccessKeys(values: z.infer<ReturnType<typeof environment>>): readonly AccessKey[] {
  const owners = (values.WORKER_ACCESS_KEY ?? []).flatMap(toOwnersKeys)
  if (values.ACCESS_KEYS === undefined) return owners
  const read = readAccessKeys(
    values.ACCESS_KEYS,
    owners.flatMap(({ name }) => name ?? []),
  )
  if ('fault' in read) throw notConfigured('ACCESS_KEYS', read.fault)
  return [...read.keys, ...owners]
}

/**
 * `name:key`, or a key alone. A key with a colon in it works whole as well, because it may be older than
 * the names.
 */
function toOwnersKeys(entry: string): readonly AccessKey[] {
  const match = /^([\w.-]{1,64}):(.+)$/.exec(entry)
  if (match?.[1] === undefined || match[2] === undefined) return [ownersKey(undefined, entry)]
  return [ownersKey(match[1], match[2]), ownersKey(match[1], entry)]
}

function ownersKey(name: string | undefined, key: string): AccessKey {
  return { ...UNLIMITED, name, owner: true, secret: { key } }
}
