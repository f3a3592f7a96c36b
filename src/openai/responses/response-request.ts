import * as z from 'zod/mini'

import type { AskedImageJob } from '../../job/image-job.ts'
import type { ImageReference } from '../../job/image-reference.ts'
import { parseImageSize } from '../../job/image-size.ts'
import { invalidRequest } from '../../job/problem.ts'
import { wantsNewImage } from '../chat/chat-prompt.ts'
import { partialImages, readPartials } from '../images/image-events.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from '../images/image-options.ts'
import { inputMask, toSource } from '../images/input-image.ts'
import { readPromptDirectives, type PromptDirectives } from '../prompt/prompt-directives.ts'
import { readWith } from '../read-with.ts'
import type { RequestFacts } from '../surface.ts'
import { readResponseInput, responseInput, type ResponsePrompt } from './response-input.ts'

const imageTool = z.looseObject({
  type: z.enum(['image_generation']),
  ...imageOptions,
  action: z.nullish(z.enum(['auto', 'generate', 'edit'])),
  partial_images: partialImages,
  input_image_mask: z.nullish(inputMask),
})

const nothing = z.nullish(z.never('is not supported here: send the whole conversation as input'))

/** What is sent. */
export const responseRequest = z.object({
  model: imageOptions.model,
  input: responseInput,
  // Tools of other kinds are for a text model: there is none here that could call them.
  tools: z.pipe(
    z.pipe(
      z.nullish(z.array(z.looseObject({ type: z.string() }))),
      z.transform((tools) => tools?.filter(({ type }) => type === 'image_generation') ?? []),
    ),
    z.array(imageTool),
  ),
  tool_choice: z.nullish(
    z.union([z.enum(['auto', 'none', 'required']), z.looseObject({ type: z.string() })]),
  ),
  stream: z.nullish(z.boolean()),
  background: z.nullish(z.boolean()),
  previous_response_id: z.nullish(z.string().check(z.maxLength(10_000))),
  // Both keep at OpenAI what is not kept here: to ignore them would answer something else than was asked.
  conversation: nothing,
  prompt: nothing,
  // Told back, and of no effect.
  instructions: z.catch(z.nullish(z.string()), undefined),
  metadata: z.catch(z.nullish(z.catchall(z.object({}), z.string())), undefined),
  temperature: z.catch(z.nullish(z.number()), undefined),
  top_p: z.catch(z.nullish(z.number()), undefined),
})

export type ResponseRequest = z.infer<typeof responseRequest>

/** A request of the Responses API: what to make, and what is told back. */
export interface ReadResponse {
  readonly options: ResponseRequest
  readonly job: AskedImageJob
}

/**
 * Reads the body of `POST /v1/responses`. An image that was made earlier stands in the job as its id
 * (`ig_…`, or `resp_…` for a response's last) where its URL is to come.
 *
 * @throws ProblemError `invalid_request`
 */
export function readResponseRequest(
  body: Readonly<Record<string, unknown>>,
  facts: RequestFacts,
): ReadResponse {
  const options = readWith(responseRequest, body)
  refuseOtherChoices(options)
  const { directives, ...images } = readPrompt(options)
  const [tool] = options.tools
  const common = readImageOptions(tool ?? readWith(z.object(imageOptions), {}), extrasOf(tool))
  const job: AskedImageJob = {
    ...common,
    ...images,
    ...readPartials({ ...tool, ...options }),
    model: imageModel(tool?.model ?? options.model ?? facts.deployment),
    prompt: directives.prompt,
    mask: tool?.input_image_mask ? toSource(tool.input_image_mask) : undefined,
    size: directives.size === undefined ? common.size : parseImageSize(directives.size),
    count: directives.count ?? common.count,
    seed: directives.seed ?? common.seed,
    negativePrompt: directives.negativePrompt ?? common.negativePrompt,
  }
  return { options, job }
}

type Prompt = Pick<AskedImageJob, 'sources' | 'earlier'> & { readonly directives: PromptDirectives }

function readPrompt(options: ResponseRequest): Prompt {
  const said = readResponseInput(options.input)
  const directives = readPromptDirectives(said.text)
  if (Array.from(directives.prompt).length > MAX_PROMPT_CHARACTERS) {
    throw invalidRequest(
      'input',
      `The text is too long: at most ${MAX_PROMPT_CHARACTERS} characters.`,
    )
  }
  const images = chooseSources(options, said, directives)
  if (directives.prompt === '' && images.sources.length === 0) {
    throw invalidRequest('input', 'The input is empty: say what to draw.')
  }
  return { ...images, directives }
}

/** Whoever wants words, or another tool, must not get an image that costs money. */
function refuseOtherChoices({ tool_choice: choice }: ResponseRequest): void {
  const type = typeof choice === 'string' ? choice : (choice?.type ?? 'auto')
  if (['auto', 'required', 'image_generation', 'allowed_tools'].includes(type)) return
  throw invalidRequest(
    'tool_choice',
    "This gateway makes pictures only: tool_choice must be 'auto', 'required' or {type: 'image_generation'}.",
  )
}

/** Words of the tool that are not for fal. */
const NOT_FOR_FAL = new Set(['type', 'action', 'partial_images', 'input_image_mask'])

function extrasOf(tool: Readonly<Record<string, unknown>> | undefined) {
  return Object.fromEntries(Object.entries(tool ?? {}).filter(([name]) => !NOT_FOR_FAL.has(name)))
}

/**
 * The top-level model is a text model at OpenAI, and the examples in its guides name one: the default image
 * model serves then.
 */
function imageModel(name: string | undefined): string | undefined {
  const isTextModel = /^(?:gpt-[345](?!.*image)|chatgpt-4o|o[134](?:-|$)|codex)/i.test(name ?? '')
  return isTextModel ? undefined : name
}

/**
 * Which images are worked on, as in a chat: those of the message itself, else the last one before it,
 * unless the text begins by asking for a new one. `action` leaves no doubt: `edit` takes both.
 */
function chooseSources(
  options: ResponseRequest,
  { text, sources, earlier: shown }: ResponsePrompt,
  { mode }: PromptDirectives,
): Pick<AskedImageJob, 'sources' | 'earlier'> {
  const earlier = shown ?? previousImage(options)
  const action = options.tools[0]?.action ?? 'auto'
  if (action === 'generate') return { sources: [], earlier: undefined }
  if (action === 'edit' || mode === 'edit') {
    const all = earlier === undefined ? sources : [earlier, ...sources]
    if (all.length > 0) return { sources: all, earlier: undefined }
    throw invalidRequest(
      'tools[0].action',
      'To edit needs a picture: an input_image, an image_generation_call or a previous_response_id.',
    )
  }
  if (sources.length > 0) return { sources, earlier: undefined }
  const isNew = mode === 'new' || wantsNewImage(text)
  return { sources: [], earlier: isNew ? undefined : earlier }
}

function previousImage({ previous_response_id: id }: ResponseRequest): ImageReference | undefined {
  return typeof id === 'string' && id !== '' ? { kind: 'earlier', id } : undefined
}
