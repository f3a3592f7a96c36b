import type { ImageResult } from '../../job/image/image-result.ts'
import { parseImageSize, ratioName } from '../../job/image/image-size.ts'

/**
 * The assistant's text, as the first Worker documented it: one line about the image, a blank line, and
 * every image as a markdown image. It says when an image was changed, and when it could not be.
 *
 * @param said undefined: what was asked for is not known any more
 */
export function toImageText(
  result: ImageResult,
  said: { readonly prompt: string; readonly earlier: unknown } | undefined,
): string {
  const count = result.images.length
  const made = result.edited === true ? 'Edited' : 'Generated'
  const what = count === 1 ? `${made} image` : `${made} ${count} images`
  const ratio = ratioOf(result)
  const shape = ratio === undefined ? '' : ` and aspect ratio: ${ratio}`
  const how = said?.earlier !== undefined && result.edited === false ? ONLY_NEW : ''
  const wish = said === undefined ? '' : ` with prompt: "${said.prompt}"`
  return `${what}${wish}${shape} using ${result.model}${how}\n\n${toMarkdown(result)}`
}

/** Why the last image was not changed, where that would have been expected. */
const ONLY_NEW =
  '\n\n(This model only makes new pictures. To change the last one, choose a model that can edit, such as nano-banana-2. ' +
  '该模型只能生成新图片；要修改上一张图片，请选择支持编辑的模型，例如 nano-banana-2。)'

function toMarkdown({ images }: ImageResult): string {
  return images.map(({ url }) => `![Generated Image](${url})`).join('\n\n')
}

/** The name of the shape that was made: `16:9`, or `1000x300` when it has no name. */
function ratioOf({ images, size }: ImageResult): string | undefined {
  const made = images[0]?.pixels ?? parseImageSize(size ?? 'auto')?.ratio
  if (made === undefined) return undefined
  return ratioName(made) ?? size ?? `${made.width}x${made.height}`
}
