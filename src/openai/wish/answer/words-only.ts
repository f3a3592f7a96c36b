/** What is said where nothing is made, in the two languages that most users read. */
export interface Phrases {
  /** To settings, a greeting or a question, but nothing to make anything of. */
  readonly nothing: string
  /** To an order for a text that cannot be given. */
  readonly notTexts: string
  /** Where the limit of tokens leaves no room for an address. */
  readonly fewTokens: string
  /** When a conversation ends with our own answer or with a tool's, and nobody has asked for more. */
  readonly nothingMore: string
}

export const OF_IMAGES: Phrases = {
  nothing:
    'Please describe the picture you want, for example: "a cat in a spacesuit 16:9". ' +
    '请描述你想要的图片，例如：“一只宇航员猫咪在月球上 16:9”。',
  notTexts:
    'This model makes pictures, not texts: nothing was made and nothing is charged. ' +
    'To have your words drawn as they are, add --draw. ' +
    '该模型只生成图片，不写文字：本次没有生成，也不收费。若要照原话绘制，请加上 --draw。',
  fewTokens:
    'The request allows fewer tokens than a picture’s address needs, so nothing was made and nothing is charged. ' +
    'Allow more, or add --draw. 该请求允许的 token 太少，放不下图片地址：本次没有生成，也不收费。请放宽限制，或加上 --draw。',
  nothingMore:
    'Nothing more was asked for. Say what to change, or describe the next picture. ' +
    '没有新的要求。请说明要修改什么，或描述下一张图片。',
}

export const OF_VIDEOS: Phrases = {
  nothing:
    'Please describe the video you want, for example: "a cat walks on the moon 16:9, 8s". ' +
    '请描述你想要的视频，例如：“一只猫在月球上行走 16:9，8秒”。',
  notTexts:
    'This model makes videos, not texts: nothing was made and nothing is charged. ' +
    'To have your words filmed as they are, add --draw. ' +
    '该模型只生成视频，不写文字：本次没有生成，也不收费。若要照原话生成视频，请加上 --draw。',
  fewTokens:
    'The request allows fewer tokens than a video’s address needs, so nothing was made and nothing is charged. ' +
    'Allow more, or add --draw. 该请求允许的 token 太少，放不下视频地址：本次没有生成，也不收费。请放宽限制，或加上 --draw。',
  nothingMore:
    'Nothing more was asked for. Describe the next video. 没有新的要求。请描述下一个视频。',
}

export const OF_SOUNDS: Phrases = {
  nothing: 'Please write what is to be heard. 请写出要朗读的内容。',
  notTexts:
    'This model speaks what is written, and writes nothing: nothing was made and nothing is charged. ' +
    '该模型只朗读文字，不写文字：本次没有生成，也不收费。',
  fewTokens:
    'The request allows fewer tokens than a sound’s address needs, so nothing was made and nothing is charged. ' +
    '该请求允许的 token 太少，放不下音频地址：本次没有生成，也不收费。',
  nothingMore:
    'Nothing more was asked for. Write what is to be heard next. 没有新的要求。请写出接下来要朗读的内容。',
}

export const OF_TRANSCRIPTS: Phrases = {
  nothing:
    'Please send a recording: this model writes down what is said in it. ' +
    '请发送一段录音：该模型会把其中的话写成文字。',
  notTexts:
    'This model writes down recordings, and no other texts: nothing was made and nothing is charged. ' +
    '该模型只把录音写成文字，不写其他文字：本次没有生成，也不收费。',
  fewTokens:
    'The request allows too few tokens, so nothing was made and nothing is charged. ' +
    '该请求允许的 token 太少：本次没有生成，也不收费。',
  nothingMore:
    'Nothing more was asked for. Send the next recording. 没有新的要求。请发送下一段录音。',
}
