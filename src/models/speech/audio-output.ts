import * as z from 'zod/mini'

import { ProblemError } from '../../job/problem.ts'
import type { GeneratedAudio } from '../../job/sound/speech-job.ts'
import { once } from '../../lib/once.ts'

const optionalText = once(() => z.catch(z.optional(z.string()), undefined))
const optionalNumber = once(() => z.catch(z.optional(z.number().check(z.nonnegative())), undefined))

const file = once(() =>
  z.object({
    // Anything else is no address that may be handed on.
    url: z.string().check(z.regex(/^(?:https?:\/\/|data:)/i)),
    content_type: optionalText(),
    duration: optionalNumber(),
  }),
)

const spoken = once(() => z.catch(z.array(z.unknown()), []))

const output = once(() =>
  z.looseObject({
    duration: optionalNumber(),
    duration_ms: optionalNumber(),
  }),
)

/** Where endpoints put what they made; `vocals` is the stem that people ask for when they split a song. */
const PLACES = ['audio', 'audio_url', 'audio_file', 'audios', 'vocals']

/**
 * Reads what an endpoint made: `{audio: {url}}` of most, `audio_url`, `audio_file`, a bare address, a list of
 * which the first counts, or several files by their names.
 *
 * @param body foreign: nothing in it is believed
 * @throws ProblemError `upstream_failed` when there is no sound in it
 */
export function readAudio(body: unknown): GeneratedAudio {
  const parsed = output().safeParse(body)
  if (!parsed.success) throw noSound()
  const { duration, duration_ms: milliseconds, ...rest } = parsed.data
  const places = [...PLACES.map((name) => rest[name]), ...Object.values(rest)]
  const found = places.map(toFile).find((one) => one !== undefined)
  if (found === undefined) throw noSound()
  const told = milliseconds === undefined ? duration : milliseconds / 1000
  return {
    url: found.url,
    contentType: found.content_type,
    seconds: found.duration ?? told,
  }
}

function toFile(value: unknown): z.infer<ReturnType<typeof file>> | undefined {
  const [first = value] = spoken().parse(value)
  if (typeof first === 'string') {
    const isAddress = /^(?:https?:|data:audio\/)/i.test(first)
    return isAddress ? { url: first, content_type: undefined, duration: undefined } : undefined
  }
  const parsed = file().safeParse(first)
  return parsed.success ? parsed.data : undefined
}

function noSound(): ProblemError {
  return new ProblemError({
    kind: 'upstream_failed',
    charged: 'maybe',
    reason: 'the result holds no sound',
  })
}
