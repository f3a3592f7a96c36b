import * as z from 'zod/mini'

import { once } from '../../lib/once.ts'
import { partialImages } from '../images/image-events.ts'
import { imageOptions } from '../images/image-options.ts'
import { inputMask } from '../images/input-image.ts'
import { treatmentRequest } from '../treatment.ts'
import { responseInput } from './response-input.ts'

const imageTool = once(() =>
  z.looseObject({
    type: z.enum(['image_generation']),
    ...imageOptions(),
    action: z.nullish(z.enum(['auto', 'generate', 'edit'])),
    partial_images: partialImages(),
    input_image_mask: z.nullish(inputMask()),
  }),
)

const nothing = once(() =>
  z.nullish(z.never('is not supported here: send the whole conversation as input')),
)

/** What is sent. */
export const responseRequest = once(() =>
  z.object({
    model: imageOptions().model,
    input: responseInput(),
    // Tools of other kinds are for a text model: there is none here that could call them.
    tools: z.pipe(
      z.pipe(
        z.nullish(z.array(z.looseObject({ type: z.string() }))),
        z.transform((tools) => tools?.filter(({ type }) => type === 'image_generation') ?? []),
      ),
      z.array(imageTool()),
    ),
    tool_choice: z.nullish(
      z.union([
        z.enum(['auto', 'none', 'required']),
        z.catchall(z.object({ type: z.string() }), z.json()),
      ]),
    ),
    stream: z.nullish(z.boolean()),
    service_tier: treatmentRequest().shape.service_tier,
    background: z.nullish(z.boolean()),
    previous_response_id: z.nullish(z.string().check(z.maxLength(10_000))),
    // Both keep at OpenAI what is not kept here: to ignore them would answer something else than was asked.
    conversation: nothing(),
    prompt: nothing(),
    // Told back, and of no effect.
    instructions: z.catch(z.nullish(z.string()), undefined),
    metadata: z.catch(z.nullish(z.catchall(z.object({}), z.string())), undefined),
    safety_identifier: z.catch(z.nullish(z.string()), undefined),
    temperature: z.catch(z.nullish(z.number()), undefined),
    top_p: z.catch(z.nullish(z.number()), undefined),
    // These tell whether an image is wished for at all.
    max_output_tokens: z.catch(z.nullish(z.number()), undefined),
    text: z.catch(
      z.nullish(
        z.looseObject({
          format: z.nullish(z.looseObject({ type: z.string(), schema: z.unknown() })),
        }),
      ),
      undefined,
    ),
  }),
)

export type ResponseRequest = z.infer<ReturnType<typeof responseRequest>>
