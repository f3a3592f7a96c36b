import * as z from 'zod/mini'

import { once } from '../../lib/once.ts'
import { chatAudio } from '../conversation/speech-wish.ts'
import { imageOptions } from '../images/image-options.ts'
import { treatmentRequest } from '../treatment.ts'
import { chatMessage } from './chat-prompt.ts'

// Chat clients send many fields that mean nothing here (temperature, tools, …): those are not looked at.
const common = once(() => ({
  model: imageOptions().model,
  messages: z.array(chatMessage()).check(z.minLength(1, 'expected at least one message')),
  stream: z.nullish(z.boolean()),
  stream_options: z.nullish(z.object({ include_usage: z.nullish(z.boolean()) })),
  modalities: z.nullish(z.array(z.string())),
  service_tier: treatmentRequest().shape.service_tier,
  // These tell whether anything is wished for but words.
  max_tokens: z.catch(z.nullish(z.number()), undefined),
  max_completion_tokens: z.catch(z.nullish(z.number()), undefined),
  response_format: z.catch(
    z.nullish(
      z.looseObject({
        type: z.string(),
        json_schema: z.nullish(z.looseObject({ schema: z.unknown() })),
      }),
    ),
    undefined,
  ),
  tools: z.catch(z.nullish(z.array(z.unknown())), undefined),
}))

/** What is sent, whatever is to be made: each medium reads its own options. */
export const plainChatRequest = once(() => z.object(common()))

export type PlainChatRequest = z.infer<ReturnType<typeof plainChatRequest>>

// `quality`, `style` and their like are not chat's words, so a strange value is no reason to refuse.
/** What is sent for a picture. */
export const chatRequest = once(() =>
  z.object({
    ...imageOptions(),
    quality: z.catch(imageOptions().quality, undefined),
    style: z.catch(imageOptions().style, undefined),
    background: z.catch(imageOptions().background, undefined),
    moderation: z.catch(imageOptions().moderation, undefined),
    audio: z.catch(chatAudio(), undefined),
    ...common(),
  }),
)

export type ChatRequest = z.infer<ReturnType<typeof chatRequest>>
