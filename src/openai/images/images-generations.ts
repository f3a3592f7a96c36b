import * as z from 'zod/mini'

import { invalidRequest } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { readWith } from '../read-with.ts'
import type { MediaForm, Surface } from '../surface.ts'
import { fromFormFields } from './form-fields.ts'
import { readGivenImages, readGivenMask } from './given-images.ts'
import { readPartials, streamOptions } from './image-events.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from './image-options.ts'
import { toImagesCall } from './images-call.ts'

/** What is sent. */
export const generationRequest = once(() =>
  z.object({
    ...imageOptions(),
    prompt: z.string().check(z.maxLength(MAX_PROMPT_CHARACTERS)),
    ...streamOptions(),
    // Never refused: some clients send words of their own here.
    response_format: z.optional(z.unknown()),
  }),
)

/** `POST /v1/images/generations`, see OpenAI's API reference, "Create image". */
export const imagesGenerations: Surface = {
  takesForms: true,
  read(sent, { deployment, given }) {
    const body = given === undefined ? sent : fromFormFields(sent, imageOptions())
    const options = readWith(generationRequest(), body)
    const prompt = options.prompt.trim()
    if (prompt === '') throw invalidRequest('prompt', 'The prompt is empty: say what to draw.')
    const common = readImageOptions(options, body)
    const model = common.model ?? deployment
    const job = {
      ...common,
      ...readPartials(options),
      model,
      prompt,
      sources: [...(given?.images ?? []), ...readGivenImages(body)],
      earlier: undefined,
      mask: readGivenMask(body, given?.mask),
    }
    const form = toImageForm(options.response_format, job.model)
    return toImagesCall(job, { what: 'image_generation', stream: options.stream, form, body })
  },
}

/**
 * OpenAI's newer models answer with base64 and nothing else, and clients that send their names read only
 * `b64_json`; under every other name the first Worker's habit holds.
 */
export function toImageForm(wish: unknown, model: string | undefined): MediaForm {
  if (wish === 'url' || wish === 'b64_json') return wish
  return /^(?:chat)?gpt-?image/i.test(model ?? '') ? 'both' : 'url'
}
