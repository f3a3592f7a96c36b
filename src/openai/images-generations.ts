import * as z from 'zod'

import { invalidRequest } from '../job/problem.ts'
import { toImagesResponse } from './image-data.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from './image-options.ts'
import { readWith } from './read-with.ts'
import type { PictureForm, ServerEvents, Surface } from './surface.ts'

const request = z.object({
  ...imageOptions,
  prompt: z.string().max(MAX_PROMPT_CHARACTERS),
  stream: z.boolean().nullish(),
  // Never refused: some clients send words of their own here.
  response_format: z.unknown().optional(),
})

/** `POST /v1/images/generations`, see OpenAI's API reference, "Create image". */
export const imagesGenerations: Surface = {
  read(body, { nowSeconds, deployment }) {
    const options = readWith(request, body)
    const prompt = options.prompt.trim()
    if (prompt === '') throw invalidRequest('prompt', 'The prompt is empty: say what to draw.')
    if (options.stream === true) {
      throw invalidRequest('stream', 'Image streams are not available yet: send stream: false.')
    }
    const common = readImageOptions(options, body)
    const job = { ...common, model: common.model ?? deployment, prompt }
    const form = toPictureForm(options.response_format, job.model)
    return {
      kind: 'job',
      job,
      streaming: false,
      pictures: form,
      emptyList: 'data',
      toJson: (result, base64) => toImagesResponse(result, form, nowSeconds, base64),
      toEvents: noEvents,
    }
  },
}

async function* noEvents(): ServerEvents {
  // Streams are refused where the request is read.
}

/**
 * OpenAI's newer models answer with base64 and nothing else, and clients that send their names read only
 * `b64_json`; under every other name the first Worker's habit holds.
 */
export function toPictureForm(wish: unknown, model: string | undefined): PictureForm {
  if (wish === 'url' || wish === 'b64_json') return wish
  return /^(?:chat)?gpt-?image/i.test(model ?? '') ? 'both' : 'url'
}
