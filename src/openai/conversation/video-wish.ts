import { invalidRequest } from '../../job/problem.ts'
import { MAX_VIDEOS } from '../../job/video/video-job.ts'
import { joinVideoSizes, parseVideoSize, type VideoSize } from '../../job/video/video-size.ts'
import {
  readPromptDirectives,
  VIDEO_FINDERS,
  type PromptDirectives,
} from '../prompt/prompt-directives.ts'
import { MAX_PROMPT_CHARACTERS } from '../videos/video-options.ts'
import { readVideoRequest } from '../videos/video-request.ts'
import { OF_VIDEOS } from '../wish/answer/words-only.ts'
import { answerWithoutImage } from '../wish/words-or-image.ts'
import type { Conversation, Wish } from './conversation.ts'
import { wantsNewVideo } from './wants-new-video.ts'

/** What fields of the videos' own routes are called in a conversation. */
const IN_MESSAGES = ['input_reference', 'last_frame', 'video', 'audio_url', 'prompt']

/**
 * A video is asked for as a picture is: its settings stand in the text or in fields, and the last picture of
 * the conversation begins it.
 *
 * @throws ProblemError `invalid_request`
 */
export function readVideoWish(said: Conversation): Wish {
  const directives = readPromptDirectives(said.text, VIDEO_FINDERS)
  const words = answerInWords(said, directives)
  if (words !== undefined) return { kind: 'words', words }
  const { prompt } = directives
  if (Array.from(prompt).length > MAX_PROMPT_CHARACTERS) {
    throw invalidRequest(
      said.param,
      `The last message is too long: at most ${MAX_PROMPT_CHARACTERS} characters.`,
    )
  }
  const { job, ...wanted } = readVideoRequest(
    { body: said.fields, files: undefined, deployment: said.model },
    'make',
    { video: [said.param, readVideo(said)], audio: [said.param, readSound(said)] },
  )
  refuseOwnVideos(wanted)
  const count = directives.count ?? job.count
  if (count > MAX_VIDEOS) {
    throw invalidRequest('n', `At most ${MAX_VIDEOS} videos are made at once, not ${count}.`)
  }
  const asked = {
    ...job,
    prompt,
    count,
    seconds: directives.seconds ?? job.seconds,
    size: joinVideoSizes([job.size, ...sizesIn(directives)].filter((one) => one !== undefined)),
    seed: directives.seed ?? job.seed,
    negativePrompt: directives.negativePrompt ?? job.negativePrompt,
    ...chooseImages(said, directives),
  }
  const fields = new Map(IN_MESSAGES.map((field) => [field, said.param]))
  return { kind: 'work', medium: 'video', job: asked, said: asked, form: 'url', fields }
}

/** @returns what is said instead of filming; undefined: a video is wished for */
function answerInWords(
  { isOver, answer, sources, isForced, asked }: Conversation,
  { prompt, draw }: PromptDirectives,
): string | undefined {
  if (isOver) return answer || OF_VIDEOS.nothingMore
  if (prompt === '' && sources.length === 0) return OF_VIDEOS.nothing
  if (draw === true || isForced || prompt === '') return undefined
  return answerWithoutImage(asked, OF_VIDEOS)
}

/** What the words ask for, the one that wins last. */
function sizesIn({
  size,
  resolution,
  lines,
}: PromptDirectives): readonly (VideoSize | undefined)[] {
  return [size, resolution, lines].map((one) =>
    one === undefined ? undefined : parseVideoSize(one),
  )
}

/** As with pictures: those in the message, else the last one, unless a new video is asked for. */
function chooseImages(
  { text, sources, earlier, param }: Conversation,
  { mode }: PromptDirectives,
): Pick<Conversation, 'sources' | 'earlier'> {
  if (sources.length > 0) return { sources, earlier: undefined }
  if (mode === 'edit' && earlier === undefined) {
    throw invalidRequest(param, '--edit needs a picture: none has been shown or sent before.')
  }
  const isNew = mode === 'new' || (mode === undefined && wantsNewVideo(text))
  return { sources, earlier: isNew ? undefined : earlier }
}

/** A sound that the video goes with: speech for lips, music. */
function readSound({ recordings: [only, ...more], param }: Conversation) {
  if (more.length > 0) throw invalidRequest(param, 'A video goes with one sound, not several.')
  return only
}

/** A video that is to be changed, or made longer. */
function readVideo({ videos: [only, ...more], param }: Conversation) {
  if (more.length > 0) throw invalidRequest(param, 'One video is worked on at a time, not several.')
  return only
}

function refuseOwnVideos({
  videoId,
  characterIds,
}: Pick<ReturnType<typeof readVideoRequest>, 'videoId' | 'characterIds'>): void {
  if (videoId === undefined && characterIds.length === 0) return
  const [param, path] =
    videoId === undefined ? ['characters', '/v1/videos'] : ['video', '/v1/videos/edits']
  throw invalidRequest(param, `'${param}' is understood by POST ${path}, not in a conversation.`)
}
