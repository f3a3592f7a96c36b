import * as z from 'zod/mini'

import { AUDIO_FORMATS, type SpeechJob } from '../../job/sound/speech-job.ts'
import { once } from '../../lib/once.ts'
import { readWith } from '../read-with.ts'
import { optional } from '../schemas.ts'

/** Far more than OpenAI's 4,096; each model has a limit of its own below it. */
const MAX_INPUT_CHARACTERS = 100_000
/** As at OpenAI. */
const SPEED = { least: 0.25, most: 4 }
/** An hour of music: beyond it is a mistake in the unit. */
const MAX_SECONDS = 3600

/** Forms and some clients write numbers as text. */
function number(least: number, most: number) {
  const message = `expected a number from ${least} to ${most}`
  return z.pipe(
    z.transform((value: unknown) =>
      typeof value === 'string' && value.trim() !== '' ? Number(value) : value,
    ),
    z.number(message).check(z.minimum(least, message), z.maximum(most, message)),
  )
}

const words = once(() => z.string().check(z.maxLength(MAX_INPUT_CHARACTERS)))

const voice = once(() =>
  z.pipe(
    z.union([
      z.string().check(z.maxLength(200)),
      z.object({ id: z.string().check(z.minLength(1), z.maxLength(200)) }),
    ]),
    z.transform((given) => (typeof given === 'string' ? given : given.id)),
  ),
)

const fields = once(() => ({
  model: optional(z.string().check(z.maxLength(300))),
  input: words(),
  voice: optional(voice()),
  instructions: optional(words()),
  response_format: optional(z.enum(AUDIO_FORMATS)),
  speed: optional(number(SPEED.least, SPEED.most)),
  stream_format: optional(z.enum(['audio', 'sse'])),
  // fal's words for how long music is to be.
  seconds: optional(number(0, MAX_SECONDS)),
  duration: optional(number(0, MAX_SECONDS)),
}))

/** What is sent. */
export const speechRequest = once(() => z.object(fields()))

/** Fields that are read into the job, or that mean nothing to fal. */
const notExtra = once(() => new Set([...Object.keys(fields()), 'user', 'stream', 'extra_body']))

/** A request for speech. */
export interface SpeechWish {
  readonly job: SpeechJob
  /** Whether the sound is told in events. */
  readonly streaming: boolean
}

/**
 * Reads the body of `POST /v1/audio/speech`, see OpenAI's API reference, "Create speech".
 *
 * @param deployment the model in the path, as Azure's clients send it; undefined: none
 * @throws ProblemError `invalid_request`
 */
export function readSpeechRequest(
  body: Readonly<Record<string, unknown>>,
  deployment: string | undefined,
): SpeechWish {
  const all = withExtraBody(body)
  const given = readWith(speechRequest(), all)
  const { instructions } = given
  return {
    streaming: given.stream_format === 'sse',
    job: {
      medium: 'speech',
      count: 1,
      model: given.model ?? deployment,
      text: given.input.trim(),
      voice: given.voice === '' ? undefined : given.voice,
      instructions: instructions?.trim() === '' ? undefined : instructions,
      speed: given.speed,
      seconds: given.seconds ?? given.duration,
      format: given.response_format ?? 'mp3',
      extra: Object.fromEntries(Object.entries(all).filter(([name]) => !notExtra().has(name))),
    },
  }
}

/** The SDKs spread `extra_body` over the body; some clients send it as it is. */
function withExtraBody(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const nested = z.looseObject({}).safeParse(body['extra_body'])
  return nested.success ? { ...body, ...nested.data } : body
}
