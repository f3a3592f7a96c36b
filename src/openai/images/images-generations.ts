import * as z from 'zod/mini'

import { invalidRequest } from '../../job/problem.ts'
import { readWith } from '../read-with.ts'
import type { MediaForm, Surface } from '../surface.ts'
import { fromFormFields } from './form-fields.ts'
import { readGivenImages, readGivenMask } from './given-images.ts'
import { toImagesResponse } from './image-data.ts'
import { readPartials, streamOptions, toImageEvents } from './image-events.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from './image-options.ts'
import { readSafetyIdentifier } from './newest-fields.ts'

/** What is sent. */
export const generationRequest = z.object({
  ...imageOptions,
  prompt: z.string().check(z.maxLength(MAX_PROMPT_CHARACTERS)),
  ...streamOptions,
  // Never refused: some clients send words of their own here.
  response_format: z.optional(z.unknown()),
})

/** `POST /v1/images/generations`, see OpenAI's API reference, "Create image". */
export const imagesGenerations: Surface = {
  takesForms: true,
  read(sent, { deployment, given }) {
    const body = given === undefined ? sent : fromFormFields(sent)
    const options = readWith(generationRequest, body)
    const prompt = options.prompt.trim()
    if (prompt === '') throw invalidRequest('prompt', 'The prompt is empty: say what to draw.')
    const common = readImageOptions(options, body)
    const model = common.model ?? deployment
    const streaming = options.stream === true
    const whole = { ...body, ...toRecord(body['extra_body']) }
    const job = {
      ...common,
      ...readPartials(options),
      model,
      prompt,
      sources: [...(given?.images ?? []), ...readGivenImages(whole)],
      earlier: undefined,
      mask: given?.mask ?? readGivenMask(whole),
    }
    const safetyIdentifier = readSafetyIdentifier(body)
    const form = toImageForm(options.response_format, job.model)
    return {
      kind: 'job',
      job,
      streaming,
      medium: 'image',
      form: streaming ? 'b64_json' : form,
      emptyList: 'data',
      toJson: (result, base64, { createdAt }) =>
        toImagesResponse(result, form, { createdAt, base64, safetyIdentifier }),
      toEvents: (running, base64, { createdAt }) =>
        toImageEvents(running, {
          what: 'image_generation',
          job,
          createdAt,
          base64,
          safetyIdentifier,
        }),
    }
  },
}

function toRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

/**
 * OpenAI's newer models answer with base64 and nothing else, and clients that send their names read only
 * `b64_json`; under every other name the first Worker's habit holds.
 */
export function toImageForm(wish: unknown, model: string | undefined): MediaForm {
  if (wish === 'url' || wish === 'b64_json') return wish
  return /^(?:chat)?gpt-?image/i.test(model ?? '') ? 'both' : 'url'
}
