import type { AskedImageJob } from '../../job/image/image-job.ts'
import { addUpSizes } from '../../job/image/image-size.ts'
import { invalidRequest } from '../../job/problem.ts'
import type { Wish } from '../conversation/conversation.ts'
import { refuseSound } from '../conversation/refuse-sound.ts'
import { refuseVideo } from '../conversation/refuse-video.ts'
import { MAX_PROMPT_CHARACTERS, readImageOptions } from '../images/image-options.ts'
import {
  readPromptDirectives,
  sizesOf,
  type PromptDirectives,
} from '../prompt/prompt-directives.ts'
import type { RequestFacts } from '../surface.ts'
import { OF_IMAGES } from '../wish/answer/words-only.ts'
import { answerWithoutImage } from '../wish/words-or-image.ts'
import { joinsImages, wantsNewImage, type ChatPrompt } from './chat-prompt.ts'
import type { ChatRequest } from './chat-request.ts'
import { toAsked } from './to-conversation.ts'

/**
 * What a chat with an image model comes to.
 *
 * @throws ProblemError `invalid_request`
 */
export function readImageWish(
  said: ChatPrompt,
  options: ChatRequest,
  body: Readonly<Record<string, unknown>>,
  facts: RequestFacts,
): Wish {
  refuseSound(said)
  const directives = readPromptDirectives(said.text)
  const words = answerInWords(said, directives, options)
  if (words !== undefined) return { kind: 'words', words }
  refuseVideo(said)
  if (Array.from(directives.prompt).length > MAX_PROMPT_CHARACTERS) {
    throw invalidRequest(
      'messages',
      `The last message is too long: at most ${MAX_PROMPT_CHARACTERS} characters.`,
    )
  }
  const common = withDirectives(readImageOptions(options, body), directives, facts)
  const job = { ...common, ...chooseSources(said, directives) }
  return { kind: 'work', medium: 'image', job, said: job, form: 'url' }
}

/** @returns what is said instead of drawing; undefined: a picture is wished for */
function answerInWords(
  said: ChatPrompt,
  { prompt, draw }: PromptDirectives,
  options: ChatRequest,
): string | undefined {
  if (said.last === 'assistant' || said.last === 'tool') return said.answer || OF_IMAGES.nothingMore
  if (prompt === '' && said.sources.length === 0) return OF_IMAGES.nothing
  if (draw === true || prompt === '') return undefined
  return answerWithoutImage(toAsked(said, options))
}

/**
 * Images in the message itself are what is worked on, together with the last image of the conversation where
 * the text brings them into it. Without one it is that last image, unless the text begins by asking for a new one; `--new` and `--edit` leave no doubt.
 */
function chooseSources(
  { text, sources, earlier }: ChatPrompt,
  { mode }: PromptDirectives,
): Pick<AskedImageJob, 'sources' | 'earlier'> {
  if (sources.length > 0) {
    const joins = mode !== 'new' && (mode === 'edit' || joinsImages(text))
    return { sources, earlier: joins ? earlier : undefined }
  }
  if (mode === 'edit') {
    if (earlier !== undefined) return { sources: [earlier], earlier: undefined }
    throw invalidRequest('messages', '--edit needs a picture: none has been shown or sent before.')
  }
  const wanted = mode === 'new' || wantsNewImage(text) ? undefined : earlier
  return { sources: [], earlier: wanted }
}

/** What the prompt says wins over what the client's settings say. */
function withDirectives(
  options: Omit<AskedImageJob, 'prompt' | 'sources' | 'earlier' | 'mask'>,
  directives: PromptDirectives,
  { deployment }: RequestFacts,
): AskedImageJob {
  return {
    ...options,
    model: options.model ?? deployment,
    prompt: directives.prompt,
    sources: [],
    earlier: undefined,
    mask: undefined,
    size: addUpSizes([...sizesOf(directives), options.size]),
    count: directives.count ?? options.count,
    seed: directives.seed ?? options.seed,
    negativePrompt: directives.negativePrompt ?? options.negativePrompt,
  }
}
