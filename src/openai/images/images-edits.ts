import * as z from 'zod/mini'

import type { AskedImageJob } from '../../job/image/image-job.ts'
import { ProblemError } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { readWith } from '../read-with.ts'
import type { Call, RequestFacts, Surface } from '../surface.ts'
import { fromFormFields } from './form-fields.ts'
import { readGivenImages, readGivenMask } from './given-images.ts'
import { readPartials, streamOptions } from './image-events.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from './image-options.ts'
import { toImagesCall } from './images-call.ts'
import { inputImages, inputMask } from './input-image.ts'

const common = once(() => ({
  ...imageOptions(),
  image: z.nullish(inputImages()),
  images: z.nullish(inputImages()),
  mask: z.nullish(inputMask()),
  ...streamOptions(),
  response_format: z.optional(z.unknown()),
  // Upscaling and taking a background away need none; the model decides.
  prompt: z.nullish(z.string().check(z.maxLength(MAX_PROMPT_CHARACTERS))),
}))

/** What is sent as JSON. */
export const editRequest = once(() => z.object(common()))

/** The same; OpenAI's had no words, and who sends some wants what they say. */
export const variationRequest = once(() => z.object(common()))

/** `POST /v1/images/edits`, as a form or as JSON; see OpenAI's API reference, "Create image edit". */
export const imagesEdits: Surface = {
  takesForms: true,
  read(sent, facts) {
    const body = facts.given === undefined ? sent : fromFormFields(sent, imageOptions())
    const options = readWith(editRequest(), body)
    return toCall(readJob(options, body, options.prompt?.trim() ?? '', facts), options, body)
  },
}

/** The models of fal work by words, so a variation is an edit that asks for one. */
const VARIATION_PROMPT =
  'A variation of this picture: the same subject and style, composed differently.'

/** `POST /v1/images/variations`, which OpenAI has retired and old clients still call. */
export const imagesVariations: Surface = {
  takesForms: true,
  read(sent, facts) {
    const body = facts.given === undefined ? sent : fromFormFields(sent, imageOptions())
    const options = readWith(variationRequest(), body)
    const prompt = options.prompt?.trim() || VARIATION_PROMPT
    return toCall(readJob(options, body, prompt, facts), options, body)
  },
}

type Options = z.infer<ReturnType<typeof variationRequest>>

function readJob(
  options: Options,
  body: Readonly<Record<string, unknown>>,
  prompt: string,
  { given, deployment }: RequestFacts,
): AskedImageJob {
  const job = readImageOptions(options, body)
  const sources = [...(given?.images ?? []), ...readGivenImages(body)]
  if (sources.length === 0) throw missingImage(options.images === undefined ? 'image' : 'images')
  return {
    ...job,
    ...readPartials(options),
    model: job.model ?? deployment,
    prompt,
    sources,
    earlier: undefined,
    mask: readGivenMask(body, given?.mask),
  }
}

function missingImage(param: 'image' | 'images'): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message: `Missing required parameter: '${param}'.`,
    param,
    mistake: 'missing',
  })
}

function toCall(
  job: AskedImageJob,
  { stream, response_format: wish }: Options,
  body: Readonly<Record<string, unknown>>,
): Call {
  // OpenAI answers edits with base64 and nothing else; some clients read only that, others prefer a URL.
  const form = wish === 'url' || wish === 'b64_json' ? wish : 'both'
  return toImagesCall(job, { what: 'image_edit', stream, form, body })
}
