import { createEndpoints, RETIRED_BY_GOOGLE, type Endpoints } from './endpoints/endpoints.ts'
import { createInputValidator, type InputValidator } from './endpoints/validate-input.ts'
import { createFiles, type Files } from './media/files.ts'
import { createMediaStore, type MediaStore } from './media/media-store.ts'
import { createJobs, type Jobs } from './queue/jobs.ts'
import { createJournal, type WritableJournal } from './queue/journal.ts'
import { createWebhookKeys, type WebhookKeys } from './queue/webhook-keys.ts'
import { createTimers, type Timers } from './timers.ts'

export interface SimulationOptions {
  /** Default time IN_QUEUE, in ms; 0. */
  readonly queueMs?: number
  /** Default time IN_PROGRESS, in ms; 0. */
  readonly runMs?: number
  /** Time between two `: ping` comments of a status stream, in ms; 15000 as fal. */
  readonly pingMs?: number
  /** Endpoints that answer 404 at submit; default: Imagen 4, which ended in August 2026. */
  readonly retired?: readonly string[]
  /** `id:secret` of the only keys that are known; default: every well-formed key is. */
  readonly validKeys?: readonly string[]
  /** Time before a failed webhook is sent again, in ms; it doubles each time. */
  readonly webhookRetryMs?: number
}

/** Everything that one pretend fal holds while it runs. */
export interface Simulation {
  readonly options: Required<Omit<SimulationOptions, 'validKeys'>>
  readonly validKeys: readonly string[] | undefined
  readonly endpoints: Endpoints
  readonly jobs: Jobs
  readonly journal: WritableJournal
  readonly media: MediaStore
  readonly files: Files
  readonly timers: Timers
  readonly validate: InputValidator
  readonly webhookKeys: WebhookKeys
  /** Aborted when the simulator closes. */
  readonly closing: AbortSignal
  /** How often each fault with a limit has struck. */
  readonly occurrences: Map<string, number>
}

export function createSimulation(options: SimulationOptions, closing: AbortSignal): Simulation {
  const occurrences = new Map<string, number>()
  const timers = createTimers()
  const retired = options.retired ?? RETIRED_BY_GOOGLE
  return {
    options: {
      queueMs: options.queueMs ?? 0,
      runMs: options.runMs ?? 0,
      pingMs: options.pingMs ?? 15_000,
      webhookRetryMs: options.webhookRetryMs ?? 1000,
      retired,
    },
    validKeys: options.validKeys,
    endpoints: createEndpoints(retired),
    jobs: createJobs(timers),
    journal: createJournal(() => occurrences.clear()),
    media: createMediaStore(),
    files: createFiles(),
    timers,
    validate: createInputValidator(),
    webhookKeys: createWebhookKeys(),
    closing,
    occurrences,
  }
}
