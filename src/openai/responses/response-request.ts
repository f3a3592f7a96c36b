import * as z from 'zod/mini'

import type { MediumName } from '../../job/any-result.ts'
import type { AskedImageJob } from '../../job/image/image-job.ts'
import type { ImageReference } from '../../job/image/image-reference.ts'
import { addUpSizes } from '../../job/image/image-size.ts'
import { invalidRequest, ProblemError } from '../../job/problem.ts'
import { joinsImages, wantsNewImage } from '../chat/chat-prompt.ts'
import { withoutTextFields } from '../conversation/contract-fields.ts'
import type { Conversation, Wish } from '../conversation/conversation.ts'
import { refuseSound } from '../conversation/refuse-sound.ts'
import { refuseVideo } from '../conversation/refuse-video.ts'
import { readSpeechWish } from '../conversation/speech-wish.ts'
import { readTranscriptWish } from '../conversation/transcript-wish.ts'
import { readVideoWish } from '../conversation/video-wish.ts'
import { readPartials } from '../images/image-events.ts'
import { imageOptions, MAX_PROMPT_CHARACTERS, readImageOptions } from '../images/image-options.ts'
import { toSource } from '../images/input-image.ts'
import {
  readPromptDirectives,
  sizesOf,
  type PromptDirectives,
} from '../prompt/prompt-directives.ts'
import { readWith } from '../read-with.ts'
import type { RequestFacts } from '../surface.ts'
import { toolNames } from '../wish/tool-names.ts'
import { isWords } from './response-ids.ts'
import { readResponseInput, type ResponsePrompt } from './response-input.ts'
import type { EchoedTool } from './response-object.ts'
import { responseRequest, type ResponseRequest } from './response-schema.ts'
import { answerInWords, isToolForced, toAsked } from './response-words.ts'

/** A request of the Responses API: what to make, or what to say, and what is told back. */
export interface ReadResponse {
  readonly wish: Wish
  readonly options: ResponseRequest
  /** Whether images stand as items of the tool `image_generation`, because it was listed. */
  readonly listed: boolean
  /** The tool's settings that are told back. */
  readonly tool: EchoedTool
}

/**
 * Reads the body of `POST /v1/responses`. An image that was made earlier stands in the job as its id
 * (`ig_…`, or `resp_…` for a response's last) where its URL is to come.
 *
 * @throws ProblemError `invalid_request`; `model_not_found` for a text model without the tool
 */
export function readResponseRequest(
  body: Readonly<Record<string, unknown>>,
  facts: RequestFacts,
): ReadResponse {
  const options = readWith(responseRequest(), body)
  refuseOtherChoices(options)
  const read = facts.medium === 'image' ? undefined : READERS[facts.medium]
  if (read !== undefined) {
    const wish = read(toConversation(options, body, facts))
    return { wish, options, listed: false, tool: {} }
  }
  return readImages(options, body, facts)
}

/** What the Responses API shares with chat, by what the model makes. */
const READERS: Readonly<Record<Exclude<MediumName, 'image'>, (said: Conversation) => Wish>> = {
  video: readVideoWish,
  speech: readSpeechWish,
  transcript: readTranscriptWish,
}

function toConversation(
  options: ResponseRequest,
  body: Readonly<Record<string, unknown>>,
  { deployment }: RequestFacts,
): Conversation {
  const said = readResponseInput(options.input)
  const earlier = said.earlier ?? previousImage(options)
  // The app's own, which say nothing of a voice.
  const { instructions: _, ...fields } = withoutTextFields(body)
  return {
    ...said,
    earlier,
    isForced: isToolForced(options),
    asked: toAsked(said, { options, earlier, tools: otherTools(options, body) }),
    param: 'input',
    fields,
    model: options.model ?? deployment,
  }
}

/** The names of tools, where none of them makes images. */
function otherTools(
  { tools }: ResponseRequest,
  { tools: sent }: Readonly<Record<string, unknown>>,
): readonly string[] {
  return tools.length === 0 && Array.isArray(sent) ? toolNames(sent) : []
}

function readImages(
  options: ResponseRequest,
  body: Readonly<Record<string, unknown>>,
  facts: RequestFacts,
): ReadResponse {
  const [tool] = options.tools
  const listed = tool !== undefined
  const named = tool?.model ?? options.model ?? facts.deployment
  if (!listed) refuseTextModel(named)
  const said = readResponseInput(options.input)
  refuseSound(said)
  const directives = readPromptDirectives(said.text)
  const asked = {
    options,
    earlier: said.earlier ?? previousImage(options),
    tools: otherTools(options, body),
  }
  const words = answerInWords(said, directives, asked)
  if (words !== undefined) {
    return { wish: { kind: 'words', words }, options, listed, tool: {} }
  }
  refuseVideo(said)
  const images = readPrompt(said, directives, options)
  const model = isTextModel(named) ? undefined : named
  const job = { ...readTool(options, directives), ...images, model }
  return {
    wish: { kind: 'work', medium: 'image', job, said: job, form: 'url' },
    options,
    listed,
    tool: toEchoedTool(options, job),
  }
}

function toEchoedTool({ tools }: ResponseRequest, job: AskedImageJob): EchoedTool {
  const action = tools[0]?.action ?? undefined
  return {
    ...(job.quality !== undefined && { quality: job.quality }),
    ...(job.background !== undefined && { background: job.background }),
    ...(job.format !== undefined && { format: job.format }),
    ...(job.size !== undefined && { size: job.size.asWritten }),
    ...(action !== undefined && { action }),
  }
}

/** What the tool says of the image; what the text says of it wins. */
function readTool(
  options: ResponseRequest,
  directives: PromptDirectives,
): Omit<AskedImageJob, 'model' | 'sources' | 'earlier'> {
  const [tool] = options.tools
  const common = readImageOptions(tool ?? readWith(z.object(imageOptions()), {}), extrasOf(tool))
  return {
    ...common,
    ...readPartials({ ...tool, ...options }),
    prompt: directives.prompt,
    mask: tool?.input_image_mask ? toSource(tool.input_image_mask) : undefined,
    size: addUpSizes([...sizesOf(directives), common.size]),
    count: directives.count ?? common.count,
    seed: directives.seed ?? common.seed,
    negativePrompt: directives.negativePrompt ?? common.negativePrompt,
  }
}

function readPrompt(
  said: ResponsePrompt,
  directives: PromptDirectives,
  options: ResponseRequest,
): Pick<AskedImageJob, 'sources' | 'earlier'> {
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
  return images
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
 * model serves then, when the tool is listed.
 */
function isTextModel(name: string | undefined): boolean {
  return /^(?:gpt-[345](?!.*image)|chatgpt-4o|o[134](?:-|$)|codex)/i.test(name ?? '')
}

/** Without the tool a text model would have answered in words: there is none here, as in chat. */
function refuseTextModel(name: string | undefined): void {
  if (name === undefined || !isTextModel(name)) return
  throw new ProblemError({ kind: 'model_not_found', model: name, near: [] })
}

/**
 * Which images are worked on, as in a chat: those of the message itself, else the last one before it,
 * unless the text begins by asking for a new one. `action` leaves no doubt: `edit` takes both, `generate` what
 * came with the text, and nothing from before.
 */
function chooseSources(
  options: ResponseRequest,
  { text, sources, earlier: shown }: ResponsePrompt,
  { mode }: PromptDirectives,
): Pick<AskedImageJob, 'sources' | 'earlier'> {
  const earlier = shown ?? previousImage(options)
  const action = options.tools[0]?.action ?? 'auto'
  if (action === 'generate') return { sources, earlier: undefined }
  if (action === 'edit' || mode === 'edit') {
    const all = earlier === undefined ? sources : [earlier, ...sources]
    if (all.length > 0) return { sources: all, earlier: undefined }
    throw invalidRequest(
      'tools[0].action',
      'To edit needs a picture: an input_image, an image_generation_call or a previous_response_id.',
    )
  }
  return { sources, earlier: mode !== 'new' && meansEarlier(text, sources) ? earlier : undefined }
}

/** Whether a text is about the image before it: beside what was sent only when it brings that into it. */
function meansEarlier(text: string, sources: readonly ImageReference[]): boolean {
  return sources.length > 0 ? joinsImages(text) : !wantsNewImage(text)
}

function previousImage({ previous_response_id: id }: ResponseRequest): ImageReference | undefined {
  const isImages = typeof id === 'string' && id !== '' && !isWords(id)
  return isImages ? { kind: 'earlier', id } : undefined
}
