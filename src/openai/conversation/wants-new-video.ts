import { once } from '../../lib/once.ts'

const VIDEO = String.raw`(?:videos?|clips?|films?|movies?|animations?|gifs?)`
const IMAGE = String.raw`(?:picture|image|photo|drawing|painting|frame|one)`

/** Words with which people begin when they want something new, not the last image moved. */
const wantsNew = once(
  () =>
    new RegExp(
      String.raw`^\s*(?:请|帮我|给我|再|重新)*(?:画|生成|创建|制作|绘制|拍)` +
        String.raw`|^\s*(?:please\s+)?(?:draw|generate|create|paint|film|shoot|make\s+(?:me\s+)?(?:a|an|another|some)\s+(?:\w+\s+)?${VIDEO}|new\s*:)`,
      'iu',
    ),
)

/** What is to be moved is what was shown: `a video of it`, `from the picture`, `用这张图`, `把它`. */
const meansShown = once(
  () =>
    new RegExp(
      String.raw`${VIDEO}\s+(?:of|from|out\s+of|with|using|based\s+on)\s+(?:it|this|that|these|those|him|her|them|(?:the|this|that)\s+(?:last\s+|previous\s+|first\s+)?${IMAGE})\b` +
        '|[把将將用让讓使](?:它|他|她|其|这|那|此|上|這)|[上这那该這該此]一?[张幅个個張]?[图圖照画畫]',
      'iu',
    ),
)

/** Nothing but the order: there is no other wish than for what was shown. */
const orderAlone = once(
  () =>
    new RegExp(
      String.raw`^\s*(?:please\s+)?(?:generate|create|make)(?:\s+me)?(?:\s+(?:a|an|the))?(?:\s+\w+)?\s+${VIDEO}(?:\s+please)?[\s.!]*$` +
        String.raw`|^\s*(?:请|帮我|给我|再|重新)*(?:生成|制作|创建|拍)(?:成|出)?(?:一?[个段条個條])?短?(?:视频|影片|动画|短片|視頻|動畫)[吧。！!\s]*$`,
      'iu',
    ),
)

/** Whether a text begins by asking for a new video, and means nothing that was shown. */
export function wantsNewVideo(text: string): boolean {
  return wantsNew().test(text) && !meansShown().test(text) && !orderAlone().test(text)
}
