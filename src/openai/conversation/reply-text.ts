import type { AnyResult } from '../../job/any-result.ts'
import { parseImageSize, ratioName } from '../../job/image/image-size.ts'
import type { SpeechResult } from '../../job/sound/speech-job.ts'
import type { VideoResult } from '../../job/video/video-result.ts'
import { toImageText } from '../chat/chat-text.ts'

/** What was asked for, as far as the answer says it again. */
export interface Said {
  /** What was to be seen or heard. */
  readonly prompt: string
  /** The last image of the conversation, if it was meant; undefined: it was not, or there is none. */
  readonly earlier: unknown
}

/**
 * The assistant's text: what was made in a line, and then what was made, by the kind of the result.
 *
 * @param said undefined: what was asked for is not known any more
 */
export function toReplyText(result: AnyResult, said: Said | undefined): string {
  switch (result.medium) {
    case 'image':
      return toImageText(result, said)
    case 'video':
      return toVideoText(result, said)
    case 'speech':
      return toSpeechText(result, said)
    case 'transcript':
      return result.transcript.text
  }
}

/** A link by its ending is what some clients play, and the player in HTML what others do. */
function toVideoText(result: VideoResult, said: Said | undefined): string {
  const { videos, animated, seconds, model } = result
  const what = videos.length === 1 ? 'video' : `${videos.length} videos`
  const made = `Generated ${what}${animated === true ? ' of the picture' : ''}`
  const wish = said === undefined || said.prompt === '' ? '' : ` with prompt: "${said.prompt}"`
  const ratio = ratioOf(result)
  const shape = ratio === undefined ? '' : ` and aspect ratio: ${ratio}`
  const length = seconds === undefined ? '' : ` (${seconds} s)`
  const how = said?.earlier !== undefined && animated === false ? ONLY_WORDS : ''
  const shown = videos.map(({ url }) => toPlayer('Generated Video', 'video', url))
  return [`${made}${wish}${shape}${length} using ${model}${how}`, ...shown].join('\n\n')
}

/** Why the last image does not begin the video, where that would have been expected. */
const ONLY_WORDS =
  '\n\n(This model makes videos of words alone. To animate the last picture, choose a model that takes a first frame, such as sora-2. ' +
  '该模型只能由文字生成视频；要让上一张图片动起来，请选择支持首帧的模型，例如 sora-2。)'

function toSpeechText({ audio, model }: SpeechResult, said: Said | undefined): string {
  const wish = said === undefined ? '' : ` of: "${shorten(said.prompt)}"`
  return `Generated audio${wish} using ${model}\n\n${toPlayer('Generated Audio', 'audio', audio.url)}`
}

/** Read aloud, and so not read again as a whole. */
const MOST_CHARACTERS = 200

function shorten(text: string): string {
  const letters = Array.from(text.slice(0, 2 * MOST_CHARACTERS + 2))
  return letters.length > MOST_CHARACTERS ? `${letters.slice(0, MOST_CHARACTERS).join('')}…` : text
}

function toPlayer(label: string, element: 'video' | 'audio', url: string): string {
  const source = url.replaceAll('"', '%22')
  return `[${label}](${url})\n\n<${element} controls src="${source}"></${element}>`
}

/** The name of the shape that was made: `16:9`, or its pixels when it has no name. */
function ratioOf({ videos, size }: VideoResult): string | undefined {
  const made = videos[0]?.pixels ?? parseImageSize(size ?? 'auto')?.ratio
  if (made === undefined) return undefined
  return ratioName(made) ?? size ?? `${made.width}x${made.height}`
}
