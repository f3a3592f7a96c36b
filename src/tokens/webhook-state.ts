import * as z from 'zod/mini'

import type { JobMemo } from '../job/job.ts'
import { createTokenSigner } from '../lib/bytes/signed-token.ts'
import { once } from '../lib/once.ts'
import { JOB_ID_SECONDS } from './job-id.ts'

/** What a job's webhook brings back to us: enough to find a job again that nobody has noted. */
export interface WebhookState {
  readonly caller: string
  /** The name of the job's medium. */
  readonly medium: string
  readonly model: string
  readonly endpoint: string
  /** How many were wanted. */
  readonly count: number
  readonly memo: JobMemo
  /** Seconds since 1970. */
  readonly createdAt: number
  /** A random name of the request that ordered it. */
  readonly request: string
  /** The scope of the request's repeats; undefined: it has none. */
  readonly scope: string | undefined
  /** How many fal requests the job has. */
  readonly parts: number
  /** Where its caller wants to hear of its end; undefined: nowhere. */
  readonly notify: CallersWebhook | undefined
}

/** A webhook of the caller's own. */
export interface CallersWebhook {
  readonly url: string
  /** Whether the job was asked for as a response. */
  readonly response: boolean
}

/** Webhook states: signed, so that nobody who can make fal call us can speak of another's job. */
export interface WebhookStates {
  sign(state: WebhookState): Promise<string>
  /** @returns undefined for a state that is forged, damaged or old */
  read(token: string, nowSeconds: number): Promise<WebhookState | undefined>
}

const state = once(() =>
  z.object({
    caller: z.string(),
    // Absent in those of jobs that are older than the second medium.
    medium: z._default(z.string(), 'image'),
    model: z.string(),
    endpoint: z.string(),
    count: z.int(),
    memo: z._default(z.record(z.string(), z.union([z.string(), z.number()])), {}),
    createdAt: z.int(),
    request: z.string(),
    scope: z.optional(z.string()),
    parts: z.int(),
    notify: z.optional(z.object({ url: z.string(), response: z.boolean() })),
  }),
)

/** @param secret `SIGNING_KEY`, or the fal key */
export function createWebhookStates(secret: string): WebhookStates {
  const signer = createTokenSigner(secret, 'fal-openai-worker webhook tickets')
  return {
    sign: (facts) => signer.sign(facts),
    async read(token, nowSeconds) {
      const read = state().safeParse(await signer.read(token))
      if (!read.success || read.data.createdAt + JOB_ID_SECONDS < nowSeconds) return undefined
      return { ...read.data, scope: read.data.scope, notify: read.data.notify }
    },
  }
}
