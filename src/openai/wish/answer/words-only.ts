/** Said when a message holds settings, a greeting or a question, but nothing to draw. */
export const NOTHING_TO_DRAW =
  'Please describe the picture you want, for example: "a cat in a spacesuit 16:9". ' +
  '请描述你想要的图片，例如：“一只宇航员猫咪在月球上 16:9”。'

/** Said to an order for a text that cannot be given. */
export const ONLY_PICTURES =
  'This model makes pictures, not texts: nothing was made and nothing is charged. ' +
  'To have your words drawn as they are, add --draw. ' +
  '该模型只生成图片，不写文字：本次没有生成，也不收费。若要照原话绘制，请加上 --draw。'

/** Said where the limit of tokens leaves no room for a picture's address. */
export const TOO_FEW_TOKENS =
  'The request allows fewer tokens than a picture’s address needs, so nothing was made and nothing is charged. ' +
  'Allow more, or add --draw. 该请求允许的 token 太少，放不下图片地址：本次没有生成，也不收费。请放宽限制，或加上 --draw。'

/** Said when a conversation ends with our own answer or with a tool's, and nobody has asked for more. */
export const NOTHING_MORE =
  'Nothing more was asked for. Say what to change, or describe the next picture. ' +
  '没有新的要求。请说明要修改什么，或描述下一张图片。'
