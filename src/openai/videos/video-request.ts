import * as z from 'zod/mini'

import { invalidRequest, ProblemError } from '../../job/problem.ts'
import { namedBy } from '../../job/reference.ts'
import type { AskedVideoJob } from '../../job/video/video-job.ts'
import { once } from '../../lib/once.ts'
import { agreed } from '../agreed.ts'
import { fromFormFields } from '../images/form-fields.ts'
import { readWith } from '../read-with.ts'
import { optional } from '../schemas.ts'
import { toFormTree } from './form-tree.ts'
import { FILE_FIELDS, readVideoSources, type GivenFile, type SentBeside } from './video-files.ts'
import { MAX_PROMPT_CHARACTERS, toWishes, videoOptions } from './video-options.ts'

type Body = Readonly<Record<string, unknown>>

/** What was sent: a JSON object, or a form's texts and files. */
export interface SentVideo {
  readonly body: Body
  /** undefined: the body was JSON. */
  readonly files: readonly GivenFile[] | undefined
  /** The model in the path, as Azure's clients send it; undefined: none. */
  readonly deployment: string | undefined
}

/** A video that is wanted. */
export interface WantedVideo {
  readonly job: AskedVideoJob
  /** The id of a video of ours that is to be worked on; undefined: none is named. */
  readonly videoId: string | undefined
  /** The characters that are to be in it, by their ids. */
  readonly characterIds: readonly string[]
  /** Where the caller wants to hear of the end; undefined: the body names no place. */
  readonly webhookUrl: string | undefined
}

/** Fields that are read into the job, or that mean nothing to fal. */
const notExtra = once(
  () =>
    new Set([
      ...Object.keys(videoOptions()),
      ...FILE_FIELDS,
      'characters',
      'character_ids',
      'extra_body',
      'metadata',
      'user',
      'stream',
      'webhook_url',
      'callback_url',
      'previous_job_id',
      'provider',
    ]),
)

const character = once(() => z.union([z.string(), z.object({ id: z.string() })]))

/** What is sent as JSON, beside what the video is made of. */
export const videoRequest = once(() => z.object(videoOptions()))

/** What is sent to make a video anew. */
export const remixRequest = once(() =>
  z.object({
    prompt: z.string().check(z.maxLength(MAX_PROMPT_CHARACTERS)),
  }),
)

const others = once(() =>
  z.object({
    characters: z.nullish(z.array(character())),
    character_ids: z.nullish(z.array(character())),
    webhook_url: optional(z.string()),
    callback_url: optional(z.string()),
  }),
)

/**
 * Reads a request for a video: `POST /v1/videos`, `/v1/videos/edits`, `/v1/videos/extensions`,
 * `/v1/video/generations`, as a form or as JSON.
 *
 * @throws ProblemError `invalid_request`
 */
export function readVideoRequest(
  { body: sent, files, deployment }: SentVideo,
  work: 'make' | 'edit' | 'extend',
  beside?: SentBeside,
): WantedVideo {
  const plain =
    files === undefined
      ? sent
      : toFormTree(fromFormFields(sent, { ...videoOptions(), ...others().shape }))
  const body = withNested(plain)
  const options = readWith(videoRequest(), body)
  const { videoId, ...sources } = readVideoSources(body, files ?? [], beside)
  const { characters, character_ids, ...hooks } = readWith(others(), body)
  const wishes = toWishes(options)
  const shown = [...(characters ?? []), ...(character_ids ?? [])]
  const characterIds = [...new Set(shown.map((one) => (typeof one === 'string' ? one : one.id)))]
  // A character's own video takes the place of one to work on.
  agreed(
    Object.entries({
      video: videoId ?? (sources.video && namedBy(sources.video)),
      characters: characterIds[0],
    }),
  )
  if (work !== 'make' && videoId === undefined && sources.video === undefined)
    throw missing('video')
  return {
    job: {
      medium: 'video',
      work,
      ...wishes,
      model: wishes.model ?? deployment,
      ...sources,
      sources: [],
      earlier: undefined,
      extra: Object.fromEntries(Object.entries(body).filter(([field]) => !notExtra().has(field))),
    },
    videoId,
    characterIds,
    webhookUrl: agreed(Object.entries(hooks)),
  }
}

/** The SDKs spread `extra_body` over the body; relays keep what is not OpenAI's in `metadata`. */
function withNested(body: Body): Body {
  const own = { ...toObject(body['metadata']), ...body }
  return { ...own, ...toObject(body['extra_body']) }
}

function toObject(value: unknown): Body {
  const parsed = z.looseObject({}).safeParse(value)
  return parsed.success ? parsed.data : {}
}

/**
 * `POST /v1/videos/{id}/remix`: new words for an old video.
 *
 * @throws ProblemError `invalid_request`
 */
export function readRemixPrompt(body: Body): string {
  const { prompt } = readWith(remixRequest(), body)
  if (prompt.trim() !== '') return prompt.trim()
  throw invalidRequest('prompt', 'The prompt is empty: say what is to change.')
}

/**
 * `POST /v1/videos/characters`: a name, and a video that shows whom.
 *
 * @throws ProblemError `invalid_request`
 */
export function readCharacterRequest({ body: sent, files }: SentVideo): {
  readonly name: string
  readonly video: AskedVideoJob['video']
  readonly videoId: string | undefined
} {
  const body = files === undefined ? sent : toFormTree(sent)
  const name = z.string().check(z.minLength(1), z.maxLength(MOST_NAME_CHARACTERS))
  const { video, videoId } = readVideoSources(body, files ?? [])
  if (video === undefined && videoId === undefined) throw missing('video')
  return { name: readWith(z.object({ name }), body).name, video, videoId }
}

/** It travels in the character's id. */
const MOST_NAME_CHARACTERS = 100

function missing(param: string): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message: `Missing required parameter: '${param}'.`,
    param,
    mistake: 'missing',
  })
}
